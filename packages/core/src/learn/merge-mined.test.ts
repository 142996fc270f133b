import { describe, expect, it } from 'vitest'
import { seeded } from '../seeded.test.support.ts'
import type { Trajectory } from '../trajectory.ts'
import { mergeMined } from './merge-mined.ts'
import type { Mined, ToolFold } from './mine.ts'
import { contract, episode, failed, minedFrom, ok } from './recording.test.support.ts'
import { type Sample, sampled } from './sample.ts'
import { FAILURES } from './sample-budget.ts'

const MESSAGES = ['order W1 not found: 404', 'timed out', 'missing required argument: id', 'odd']
const CONTRACTS = [
  [contract({ type: 'object', properties: { id: { type: 'string' } } }, 'a')],
  [contract({ type: 'object', properties: { id: { type: 'string' }, day: { type: 'string' } } }, 'a')],
]

/** Enough to overflow every sample: some 8 calls each, two thirds of them of one tool under two schemas. */
function recording(episodes: number): Trajectory[] {
  const random = seeded(3)
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
  const calls = () =>
    Array.from({ length: 4 + random() * 8 }, () => {
      const input = {
        id: `W${Math.floor(random() * 1e6)}`,
        [pick(['day', 'note', 'x'])]: pick([1, 'one', null]),
      }
      const about = { tool: pick(['a', 'a', 'b']), ms: Math.floor(random() * 9) }
      return random() < 0.5 ? failed(input, pick(MESSAGES), about) : ok(input, about)
    })
  return Array.from({ length: episodes }, (_, index) =>
    episode(`e${index}`, calls(), {
      contracts: pick(CONTRACTS),
      family: pick(['one', 'two']),
      source: pick(['x', 'y']),
    }),
  )
}

/** All that can be read of a result, without the order in which it was seen. */
function pictureOf(mined: Mined): unknown {
  const sample = (of: Sample<unknown>) => [
    of.offered,
    sampled(of),
    of.members.map(({ key, count }) => [key, count]),
  ]
  const byKey = <Value>(map: ReadonlyMap<string, Value>, of: (value: Value) => unknown) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, of(value)])
  const fold = ({ profile, successes }: ToolFold) => ({
    calls: profile.calls,
    arguments: byKey(profile.arguments, ({ types, shapes, distinct, ...rest }) => ({
      ...rest,
      types: Object.entries(types).sort(),
      shapes: sample(shapes),
      distinct: sample(distinct),
    })),
    successes: sample(successes),
  })
  return {
    ...mined,
    signatures: byKey(mined.signatures, ({ first: _, variants, ...stats }) => ({
      ...stats,
      variants: byKey(variants, (folds) =>
        folds.map(({ failures, pairs, ...counts }) => ({
          ...counts,
          failures: sample(failures),
          pairs: sample(pairs),
        })),
      ),
    })),
    tools: byKey(mined.tools, ({ contract: _, folds, variants, ...stats }) => ({
      ...stats,
      folds: folds.map(fold),
      variants: byKey(variants, ({ folds: own, ...about }) => ({ ...about, folds: own.map(fold) })),
    })),
    sources: byKey(mined.sources, (counts) => counts),
  }
}

describe('mergeMined', () => {
  it.each([2, 8])('makes of %i miners what one pass makes', async (miners) => {
    const trajectories = recording(900)
    const random = seeded(miners)
    const parts = trajectories.map(() => Math.floor(random() * miners))
    const mined = await Promise.all(
      Array.from({ length: miners }, (_, part) =>
        minedFrom(trajectories.filter((_, index) => parts[index] === part)),
      ),
    )
    const whole = await minedFrom(trajectories)
    const folds = [...whole.signatures.values()].flatMap(({ variants }) => [...variants.values()].flat())
    expect(folds.some(({ failures }) => failures.offered > 2 * FAILURES)).toBe(true)
    expect(pictureOf(mergeMined(mined))).toEqual(pictureOf(whole))
    expect(pictureOf(mergeMined([mergeMined(mined.slice(1)), ...mined.slice(0, 1)]))).toEqual(
      pictureOf(whole),
    )
  })

  it('keeps the order of first appearance where the parts follow each other', async () => {
    const trajectories = recording(60)
    const parts = await Promise.all([minedFrom(trajectories.slice(0, 7)), minedFrom(trajectories.slice(7))])
    const firsts = ({ signatures }: Mined) => new Map([...signatures].map(([key, { first }]) => [key, first]))
    expect(firsts(mergeMined(parts))).toEqual(firsts(await minedFrom(trajectories)))
  })

  it('of nothing is nothing', () => {
    expect(mergeMined([])).toMatchObject({ episodes: 0, steps: 0, failures: 0 })
  })
})
