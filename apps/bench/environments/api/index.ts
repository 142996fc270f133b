import { localServer } from '../../src/errors/local-server.ts'
import { type Environment, taskAt } from '../environment.ts'
import type { VirtualClock } from '../virtual-clock.ts'
import { venueServer } from './server.ts'
import { newWorld } from './state.ts'
import { venueTasks } from './tasks.ts'
import { venueTools } from './tools.ts'
import { judged, openVenue } from './venue.ts'

/**
 * A venue that rents rooms, behind a real HTTP server on loopback: strict in what it takes, sometimes busy, now and then
 * not there. A task is judged by the venue alone.
 * @param clock the server's; by default each task has one of its own
 */
export function apiEnvironment(clock?: VirtualClock): Environment {
  const tasks = venueTasks()
  let world = newWorld('none')
  let wanted: string | undefined
  let server: ReturnType<typeof localServer> | undefined
  let worlds = 0
  return {
    name: 'api',
    tasks,
    async reset(seed) {
      const task = taskAt(tasks, seed)
      server ??= localServer(venueServer(() => world))
      const { url } = await server
      world = newWorld(`desk-key-${++worlds}`, task.options, clock)
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
