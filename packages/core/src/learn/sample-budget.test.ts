import { describe, expect, it } from 'vitest'
import { mergeMined } from './merge-mined.ts'
import type { Mined } from './mine.ts'
import { episode, failed, minedFrom, ok } from './recording.test.support.ts'
import { type Sample, sampled } from './sample.ts'
import { keepWithin } from './sample-budget.ts'

/** Two common tools and a rare one, each of which fails half of the time and is then called rightly. */
const RECORDING = Array.from({ length: 1_500 }, (_, index) => {
  const tool = index % 50 === 0 ? 'rare' : index % 2 === 0 ? 'even' : 'odd'
  return episode(`e${index}`, [
    failed({ id: `W${index}` }, 'bad id', { tool }),
    ok({ id: `#W${index}` }, { tool }),
  ])
})

/** Names and members of all samples of calls. */
function samplesOf({ signatures, tools }: Mined): (readonly [string, Sample<unknown>])[] {
  const named = <Fold>(prefix: string, variants: ReadonlyMap<string, readonly Fold[]>) =>
    [...variants].flatMap(([variant, folds]) =>
      folds.map((fold, index) => [`${prefix} ${variant} ${index}`, fold] as const),
    )
  return [
    ...[...signatures.values()].flatMap(({ signature, variants }) =>
      named(signature, variants).flatMap(([name, { failures, pairs }]) => [
        [`${name} failures`, failures] as const,
        [`${name} pairs`, pairs] as const,
      ]),
    ),
    ...[...tools].flatMap(([key, { variants }]) =>
      named(key, new Map([...variants].map(([variant, { folds }]) => [variant, folds]))).map(
        ([name, { successes }]) => [name, successes] as const,
      ),
    ),
  ]
}

function pictureOf(mined: Mined): unknown {
  const members = samplesOf(mined).map(([name, sample]) => [
    name,
    sample.limit,
    sample.offered,
    sampled(sample),
  ])
  return new Map(members.map(([name, ...rest]) => [name, rest]))
}

/** In calls that succeeded, as the budget counts. */
function total(mined: Mined): number {
  const roomOf = (name: string) => (name.endsWith('pairs') ? 5 : name.endsWith('failures') ? 3 : 1)
  return samplesOf(mined).reduce((sum, [name, { members }]) => sum + roomOf(name) * members.length, 0)
}

describe('keepWithin', () => {
  it('leaves what fits as it is', async () => {
    const mined = await minedFrom(RECORDING)
    const before = pictureOf(mined)
    keepWithin(mined, { calls: 1_000_000, values: 1e6 })
    expect(pictureOf(mined)).toEqual(before)
  })

  it('halves the samples until they fit, and goes no further than a sixteenth', async () => {
    const mined = await minedFrom(RECORDING)
    const full = total(mined)
    keepWithin(mined, { calls: full - 1, values: 1e6 })
    expect(total(mined)).toBeLessThan(full)
    expect(total(mined)).toBeGreaterThan(full / 4)
    keepWithin(mined, { calls: 1, values: 1e6 })
    const common = samplesOf(mined).filter(([, { offered }]) => offered > 4)
    expect(common.length).toBeGreaterThan(30)
    for (const [name, { members }] of common) expect(members.length).toBe(name.endsWith('failures') ? 1 : 4)
  })

  it('keeps the same members however the work was divided, and whenever samples were made to fit', async () => {
    const whole = await minedFrom(RECORDING)
    // Fits with half of the share: no part of it fits with less.
    const budget = 900
    keepWithin(whole, { calls: budget, values: 1e6 })
    expect(total(whole)).toBeLessThanOrEqual(budget)
    const thirds = [0, 1, 2].map((third) =>
      RECORDING.filter((_, index) => (index % 50 === 0 ? third === 0 : index % 3 === third)),
    )
    const parts = await Promise.all(thirds.map((third) => minedFrom(third)))
    for (const part of parts.slice(1)) keepWithin(part, { calls: budget, values: 1e6 })
    const merged = mergeMined(parts)
    keepWithin(merged, { calls: budget, values: 1e6 })
    expect(pictureOf(merged)).toEqual(pictureOf(whole))
  })

  const values = async (...tools: string[]) => {
    const calls = (tool: string) =>
      Array.from({ length: 900 }, (_, index) =>
        episode(`${tool}${index}`, [ok({ id: `#${index}`, kind: index % 3 }, { tool })]),
      )
    return minedFrom(tools.flatMap(calls))
  }
  const countOf = ({ tools }: Mined) =>
    [...tools.values()].flatMap(({ variants }) =>
      [...variants.values()].flatMap(({ folds }) =>
        folds.map(({ profile }) =>
          [...profile.arguments].map(([path, { distinct }]) => [path, distinct.limit, sampled(distinct)]),
        ),
      ),
    )

  it('keeps half of the values of profiles where they do not fit, and no fewer', async () => {
    const mined = await values('a')
    keepWithin(mined, { calls: 1e6, values: 1 })
    const kept = countOf(mined).flat()
    expect(new Set(kept.map(([, limit]) => limit))).toEqual(new Set([32]))
    for (const [path, , members] of kept)
      expect(members).toHaveLength(path === '/id' ? 32 : path === '/kind' ? 3 : 0)
  })

  it('keeps the same values however the work was divided', async () => {
    const budget = { calls: 1e6, values: 1_000 }
    const whole = await values('a', 'b')
    keepWithin(whole, budget)
    const parts = [await values('a'), await values('b')]
    const before = parts.map(countOf)
    const merged = mergeMined(parts)
    keepWithin(merged, budget)
    expect(countOf(merged)).toEqual(countOf(whole))
    expect(parts.map(countOf)).toEqual(before)
    expect(
      countOf(merged)
        .flat()
        .some(([, limit]) => limit === 32),
    ).toBe(true)
  })
})
