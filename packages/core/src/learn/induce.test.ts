import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  oneof,
  record,
  tuple,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interventionId } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Trajectory } from '../trajectory.ts'
import { byImpact, gatherEvidence, induce } from './induce.ts'
import { builtinInducers } from './inducers/index.ts'
import { FOLDS, foldOf } from './mine.ts'
import { contract, edited, episode, failed, minedFrom, ok, type Written } from './recording.test.support.ts'

const order = (id: string) => ({ order_id: id })
const repaired = (index: number) =>
  episode(`e${index}`, [
    failed(order(`W${7_000_000 + index}`), 'order not found'),
    ok(order(`#W${7_000_000 + index}`)),
  ])
const recording = Array.from({ length: 30 }, (_, index) => repaired(index))

describe('induce', () => {
  it('induces each draft anew without the episodes it will be checked on', async () => {
    const candidates = induce(await minedFrom(recording), builtinInducers)
    const affix = candidates.filter(({ draft }) => draft.kind === 'affix-value')
    expect(affix).toHaveLength(1)
    const [{ draft, heldOut, evidence }] = affix as [(typeof affix)[number]]
    expect(evidence).toMatchObject({ failures: 30, episodes: 30, families: { 'some-model': 30 } })
    expect(heldOut).toHaveLength(FOLDS)
    for (const [fold, without] of heldOut.entries()) {
      expect(without && interventionId(without)).toBe(interventionId(draft))
      for (const id of without?.origin.episodes ?? []) expect(foldOf(id)).not.toBe(fold)
      const inFold = recording.filter(({ id }) => foldOf(id) === fold).length
      expect(without?.origin.support.episodes).toBe(30 - inFold)
    }
  })

  it('has nothing to show for a fold whose episodes were all the evidence', async () => {
    const successes = recording.map(({ steps, ...rest }) => ({ ...rest, steps: steps.slice(1) }))
    const [first] = recording as [Trajectory]
    const candidates = induce(await minedFrom([first, ...successes.slice(1)]), builtinInducers)
    const affix = candidates.find(({ draft }) => draft.kind === 'affix-value')
    for (const [fold, without] of affix?.heldOut.entries() ?? [])
      expect(without === undefined).toBe(fold === foldOf(first.id))
    expect(affix?.draft.origin.support).toMatchObject({ pairs: 1, episodes: 1 })
  })

  it('does not mix what a tool shows under different schemas', async () => {
    const schema = (...required: string[]): JsonObject => ({
      type: 'object',
      properties: Object.fromEntries(required.map((name) => [name, { type: 'string' }])),
      required,
    })
    const under = (id: string, name: string, input: JsonObject, error?: string) =>
      episode(id, [error === undefined ? ok(input) : failed(input, error)], {
        contracts: [contract(schema(name))],
      })
    const mined = await minedFrom([
      under('a', 'key', { key: 'x' }, 'full'),
      under('b', 'text', { text: 'y' }, 'full'),
    ])
    expect(gatherEvidence(mined).map(({ failures }) => failures.map(({ input }) => input))).toEqual([
      [{ key: 'x' }],
      [{ text: 'y' }],
    ])
    expect(induce(mined, builtinInducers)).toEqual([])
  })

  it('passes over an inducer that throws, and says so', async () => {
    const broken = {
      name: 'broken',
      propose: () => {
        throw new Error('no')
      },
    }
    const faults: string[] = []
    const mined = await minedFrom(recording)
    const candidates = induce(mined, [broken, ...builtinInducers], {
      fault: (inducer) => faults.push(inducer),
    })
    expect(new Set(faults)).toEqual(new Set(['broken']))
    expect(candidates).toHaveLength(induce(mined, builtinInducers).length)
  })

  it('puts first what wastes most', async () => {
    const slow = [
      failed({ q: 1 }, '503 Service Unavailable', { tool: 'slow', ms: 9_000 }),
      ok({ q: 1 }, { tool: 'slow' }),
    ]
    const mined = await minedFrom([...recording, episode('slow', slow)])
    expect(byImpact(induce(mined, builtinInducers))[0]?.draft.tool.name).toBe('slow')
  })
})

/** Calls of a tool that wants one way of writing; models write one of several. */
const cabin = constantFrom('economy', 'Economy', 'business', 'Business', 'premium economy')
const date = constantFrom('2024-05-13', '05/13/2024', '13.05.2024', '5/6/2024', 'May 6, 2024')
const id = oneof(
  integer({ min: 1_000_000, max: 1_000_020 }),
  integer({ min: 1_000_000, max: 1_000_020 }).map((n) => `W${n}`),
  integer({ min: 1_000_000, max: 1_000_020 }).map((n) => `#W${n}`),
)
const path = tuple(
  constantFrom('', '/data/', '/data/in/', '../', 'C:'),
  constantFrom('a', 'b2', 'c d', 'Long_Name'),
).map(([folder, name]) => `${folder}${name}.csv`)
const input = record(
  { cabin, date, id, path, order: id, all: oneof(boolean(), constantFrom('true', 'no')) },
  { requiredKeys: [] },
) as unknown as ReturnType<typeof record<JsonObject>>
const written = tuple(input, constantFrom('', '', 'refused', 'invalid value', '503 Service Unavailable')).map(
  ([given, error]): Written => (error === '' ? ok(given) : failed(given, error)),
)
const episodes = array(array(written, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 })
const schema: JsonObject = {
  type: 'object',
  properties: {
    cabin: { type: 'string', enum: ['economy', 'business', 'premium_economy'] },
    date: { type: 'string', format: 'date' },
    id: { type: 'string' },
    path: { type: 'string' },
    all: { type: 'boolean' },
  },
}

describe('whatever is recorded', () => {
  it('no draft changes a call that succeeded', async () => {
    let drafts = 0
    await assert(
      asyncProperty(episodes, boolean(), async (calls, known) => {
        const contracts = known ? [contract(schema)] : []
        const trajectories = calls.map((one, index) => episode(`e${index}`, one, { contracts }))
        const successes = calls
          .flat()
          .flatMap((call): Json[] => (call.error === undefined ? [call.input] : []))
        for (const { draft } of induce(await minedFrom(trajectories), builtinInducers)) {
          drafts++
          for (const success of successes) expect(edited(draft, success, contracts[0])).toBeUndefined()
        }
      }),
      { numRuns: 80 },
    )
    expect(drafts).toBeGreaterThan(25)
  }, 60_000)
})
