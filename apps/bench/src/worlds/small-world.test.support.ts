import type { Json, JsonObject } from '@lifeharness/core'
import {
  type Environment,
  type EnvironmentTool,
  type SolutionCall,
  taskAt,
} from '../../environments/environment.ts'
import { type VirtualClock, virtualClock } from '../../environments/virtual-clock.ts'

/** A shop with a door: it must be opened first, closes again after an hour, and takes whole numbers of things. */
export const OPEN_MS = 3_600_000
export const OPEN: SolutionCall = { tool: 'open', input: {}, role: 'prerequisite' }

export function order(thing: Json, count: Json): SolutionCall {
  return { tool: 'order', input: { thing, count } }
}

const TASKS = (['train', 'test'] as const).map((split) => {
  return { id: `lamps ${split}`, split, template: split, turns: ['Order two lamps.'] }
})

export function shop(clock: VirtualClock = virtualClock(0)): Environment {
  const plan = [OPEN, order('lamp', 2)]
  let openUntil = 0
  let orders: JsonObject[] = []
  const tools: EnvironmentTool[] = [
    {
      ...{ name: 'open', description: 'Opens the shop.' },
      inputSchema: { type: 'object', properties: {}, additionalProperties: false },
      execute() {
        openUntil = clock.now() + OPEN_MS
        return 'open'
      },
    },
    {
      ...{ name: 'order', description: 'Orders things.' },
      inputSchema: {
        type: 'object',
        properties: { thing: { type: 'string' }, count: {} },
        required: ['thing', 'count'],
        additionalProperties: false,
      },
      execute(input) {
        if (clock.now() >= openUntil) throw new Error('closed: open it first')
        if (typeof input.count !== 'number') throw new Error('count must be a number')
        orders.push(input)
        return `ordered ${input.count} of ${input.thing}`
      },
    },
  ]
  return {
    name: 'shop',
    tasks: TASKS,
    async reset(seed) {
      openUntil = 0
      orders = []
      return { task: taskAt(TASKS, seed), tools }
    },
    check: async () => (JSON.stringify(orders) === JSON.stringify([{ thing: 'lamp', count: 2 }]) ? 1 : 0),
    solution: () => plan,
  }
}
