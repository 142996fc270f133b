import { describe, expect, it } from 'vitest'
import type { Event } from '../event.ts'
import { memoryStore } from '../memory-store.ts'
import type { ToolContract } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import { readTrajectories } from './from-store.ts'

const contract = (name: string, description = ''): ToolContract => ({
  tool: { origin: 'local', name },
  description,
})

let count = 0
/** Any event, with an id of its own. */
function event<T extends Event['type']>(
  type: T,
  fields: Omit<Extract<Event, { type: T }>, 'type' | 'id' | 'at'>,
): Event {
  return { type, id: `e${count++}`, at: count, ...fields } as unknown as Event
}

function tool(episode: string, id: string, more: Partial<Extract<Event, { type: 'tool' }>> = {}): Event {
  const call = {
    id,
    tool: { origin: 'local', name: 't' },
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
    input: {},
  }
  return event('tool', { episode, call, outcome: 'ok', view: 'x', ms: 5, applied: [], ...more })
}

async function trajectories(events: readonly Event[], after?: number): Promise<Trajectory[]> {
  const store = memoryStore()
  await store.append(events, 'batch')
  const read: Trajectory[] = []
  for await (const trajectory of readTrajectories(store, after === undefined ? {} : { after }))
    read.push(trajectory)
  return read
}

const summary = ({ id, steps }: Trajectory) =>
  `${id}: ${steps.map((step) => (step.type === 'tool' ? step.call.id : 'model')).join(' ')}`

describe('readTrajectories', () => {
  it('puts interleaved episodes together again, by their first event', async () => {
    const read = await trajectories([
      event('episode', { episode: 'a', family: 'f', agent: 'g', subject: 's', scope: 'o' }),
      event('episode', { episode: 'b', family: 'f' }),
      event('model', { episode: 'b', text: 'hi', finishReason: 'tool-calls' }),
      tool('b', '1'),
      tool('a', '2'),
      event('fault', { where: 'x', message: 'y' }),
      tool('b', '3'),
      event('end', { episode: 'b', success: false }),
      tool('a', '4'),
      event('end', { episode: 'a' }),
    ])
    expect(read.map(summary)).toEqual(['a: 2 4', 'b: model 1 3'])
    expect(read[0]).toMatchObject({ family: 'f', agent: 'g', subject: 's', scope: 'o', contracts: [] })
    expect(read[0]).not.toHaveProperty('success')
    expect(read[1]).toMatchObject({
      success: false,
      steps: [{ text: 'hi', finishReason: 'tool-calls' }, {}, {}],
    })
  })

  it('gives steps back as they were', async () => {
    const executed = {
      id: '1',
      tool: { origin: 'o', name: 't' },
      turn: 0,
      index: 0,
      attempt: 1,
      approved: false,
    }
    const error = { message: 'no', status: 404 }
    const [read] = await trajectories([
      tool('a', '1', { executed, outcome: 'error', view: { error: 'no' }, error, state: 3 }),
      tool('a', '2'),
    ])
    const [first, second] = read?.steps ?? []
    expect(first).toMatchObject({
      call: { id: '1' },
      executed,
      state: 3,
      result: { outcome: 'error', error, ms: 5 },
    })
    expect(first?.type === 'tool' && first.result.view()).toEqual({ error: 'no' })
    expect(second?.type === 'tool' && second.executed === second.call).toBe(true)
  })

  it('shares contracts between episodes, wherever they were recorded', async () => {
    const hashed = (episode: string, hash: string, ...contracts: ToolContract[]) =>
      event('contracts', { episode, hash, ...(contracts.length > 0 ? { contracts } : {}) })
    const read = await trajectories([
      hashed('a', 'h'),
      hashed('b', 'h', contract('t')),
      hashed('c', 'h'),
      hashed('c', 'i', contract('t', 'newer'), contract('u')),
      hashed('d', 'i'),
      hashed('d', 'h'),
      hashed('e', 'never recorded'),
    ])
    const [a, b, c, d, e] = read.map(({ contracts }) => contracts)
    expect(a).toEqual([contract('t')])
    expect(a).toBe(b)
    expect(c).toEqual([contract('t', 'newer'), contract('u')])
    expect(d).toEqual([contract('t'), contract('u')])
    expect(e).toEqual([])
  })

  it('reads after a cursor, what it then knows', async () => {
    const events = [
      event('episode', { episode: 'a', family: 'f' }),
      tool('a', '1'),
      tool('a', '2'),
      tool('b', '3'),
    ]
    const read = await trajectories(events, 2)
    expect(read.map(summary)).toEqual(['a: 2', 'b: 3'])
    expect(read[0]?.family).toBe('unknown:client')
  })

  it('reads a log longer than a page', async () => {
    const read = await trajectories(
      Array.from({ length: 2_500 }, (_, index) => tool(`e${index % 2}`, `${index}`)),
    )
    expect(read.map(({ steps }) => steps.length)).toEqual([1_250, 1_250])
  })

  it('finds nothing in an empty store', async () => {
    expect(await trajectories([])).toEqual([])
  })
})
