import type { Clock } from '@lifeharness/core'
import { localServer } from '../../src/errors/local-server.ts'
import { type Environment, taskAt } from '../environment.ts'
import { venueServer } from './server.ts'
import { newWorld } from './state.ts'
import { venueTasks } from './tasks.ts'
import { venueTools } from './tools.ts'
import { judged, OPENING, openVenue } from './venue.ts'

/** `clock` is the server's own: a layer that waits by it takes no time. */
export type ApiEnvironment = Environment & { clock: Clock }

/**
 * A venue that rents rooms, behind a real HTTP server on loopback: strict in what it takes, sometimes busy, now and then
 * not there. A task is judged by the venue alone.
 */
export function apiEnvironment(): ApiEnvironment {
  const tasks = venueTasks()
  let world = newWorld('none')
  let wanted: string | undefined
  let server: ReturnType<typeof localServer> | undefined
  /** Time in the worlds before this one: whoever uses the clock lives longer than a task. */
  let past = 0
  let worlds = 0
  return {
    name: 'api',
    tasks,
    clock: {
      now: () => OPENING + past + world.clock.monotonic(),
      monotonic: () => past + world.clock.monotonic(),
      sleep: (ms, signal) => world.clock.sleep(ms, signal),
    },
    async reset(seed) {
      const task = taskAt(tasks, seed)
      server ??= localServer(venueServer(() => world))
      const { url } = await server
      past += world.clock.monotonic()
      world = newWorld(`desk-key-${++worlds}`, task.options)
      const expected = openVenue()
      task.expect(expected)
      wanted = judged(expected)
      return { task, tools: venueTools(world, url) }
    },
    async check() {
      return judged(world.venue) === wanted ? 1 : 0
    },
    solution: (seed) => taskAt(tasks, seed).solution,
    async close() {
      const running = await server
      server = undefined
      await running?.close()
    },
  }
}
