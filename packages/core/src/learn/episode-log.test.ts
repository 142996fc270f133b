import { describe, expect, test } from 'vitest'
import type { Event } from '../event.ts'
import { episodeLog } from './episode-log.ts'

const MINUTE = 60_000

type Short =
  | { begin: string; at: number }
  | { call: string; at: number }
  | { end: string; at: number; success?: boolean }
  | { shown: string; hash: string; description?: string; at: number }

function event(short: Short, seq: number): Event {
  const { at } = short
  const base = { id: `event-${seq}`, at: at * MINUTE }
  if ('begin' in short) return { ...base, type: 'episode', episode: short.begin, family: 'some-model' }
  if ('end' in short)
    return {
      ...base,
      type: 'end',
      episode: short.end,
      ...(short.success === undefined ? {} : { success: short.success }),
    }
  if ('shown' in short) {
    const contracts = [{ tool: { origin: 'local', name: 'book' }, description: short.description ?? '' }]
    return {
      ...base,
      type: 'contracts',
      episode: short.shown,
      hash: short.hash,
      ...(short.description === undefined ? {} : { contracts }),
    }
  }
  return {
    ...base,
    type: 'tool',
    episode: short.call,
    call: {
      id: `call-${seq}`,
      tool: { origin: 'local', name: 'book' },
      ...{ turn: 0, index: 0, attempt: 1, approved: false, input: { seq } },
    },
    outcome: 'ok',
    view: 'a long result that outcomes do not need',
    ms: 3,
    applied: [],
  }
}

/** `id@closedAt:calls` of each episode, in the order in which they are over. */
function closed(shorts: readonly Short[]): string[] {
  const log = episodeLog(30 * MINUTE)
  return shorts
    .flatMap((short, index) => log.add(index + 1, event(short, index + 1)))
    .map(({ trajectory, closedAt }) => `${trajectory.id}@${closedAt}:${trajectory.steps.length}`)
}

describe('an episode is over', () => {
  test.each<[string, Short[], string[]]>([
    [
      'at its end',
      [
        { begin: 'a', at: 0 },
        { call: 'a', at: 1 },
        { end: 'a', at: 2 },
      ],
      ['a@3:1'],
    ],
    [
      'not before',
      [
        { begin: 'a', at: 0 },
        { call: 'a', at: 1 },
      ],
      [],
    ],
    [
      'when a later event shows that it was quiet',
      [
        { begin: 'a', at: 0 },
        { call: 'a', at: 1 },
        { begin: 'b', at: 31 },
      ],
      ['a@3:1'],
    ],
    [
      'not when it was quiet for less',
      [
        { begin: 'a', at: 0 },
        { call: 'a', at: 1 },
        { begin: 'b', at: 30 },
      ],
      [],
    ],
    [
      'the one that was quiet longest first',
      [
        { begin: 'a', at: 0 },
        { begin: 'b', at: 1 },
        { call: 'a', at: 2 },
        { begin: 'c', at: 60 },
      ],
      ['b@4:0', 'a@4:1'],
    ],
    [
      'once: what comes after is not counted',
      [
        { begin: 'a', at: 0 },
        { end: 'a', at: 1 },
        { call: 'a', at: 2 },
        { end: 'a', at: 3 },
      ],
      ['a@2:0'],
    ],
    [
      'only if its beginning is known',
      [
        { call: 'a', at: 1 },
        { end: 'a', at: 2 },
      ],
      [],
    ],
  ])('%s', (_, shorts, expected) => {
    expect(closed(shorts)).toEqual(expected)
  })
})

test('the last contract that was shown stands, also when it is named by its hash only', () => {
  const log = episodeLog(30 * MINUTE)
  const shown: Short[] = [
    { begin: 'a', at: 0 },
    { shown: 'a', hash: 'one', description: 'first', at: 1 },
    { shown: 'a', hash: 'two', description: 'second', at: 2 },
  ]
  for (const [index, short] of shown.entries()) log.add(index + 1, event(short, index + 1))
  expect(log.contracts.get('book')?.description).toBe('second')
  log.add(4, event({ shown: 'a', hash: 'one', at: 3 }, 4))
  expect(log.contracts.get('book')?.description).toBe('first')
})

test('results are let go', () => {
  const log = episodeLog(30 * MINUTE)
  const shorts: Short[] = [
    { begin: 'a', at: 0 },
    { call: 'a', at: 1 },
    { end: 'a', at: 2, success: true },
  ]
  const [only] = shorts.flatMap((short, index) => log.add(index + 1, event(short, index + 1)))
  const [step] = only!.trajectory.steps
  expect(step?.type === 'tool' && step.result.view()).toBeNull()
  expect(only?.trajectory.success).toBe(true)
})
