import { describe, expect, it } from 'vitest'
import { FOLDS, foldOf } from './mine.ts'
import { episode, failed, minedFrom, ok, TOOL } from './recording.test.support.ts'
import { sampled } from './sample.ts'
import { FAILURES, PAIRS } from './sample-budget.ts'

const fail = (id: string) => failed({ order_id: id }, `order ${id} not found: 404`, { ms: 7 })
const good = (id: string) => ok({ order_id: id }, { result: id })

describe('mine', () => {
  it('counts what it saw, by signature and tool', async () => {
    const mined = await minedFrom([
      episode('a', [fail('W7239184'), good('#W7239184')]),
      episode('b', [fail('W1000000'), good('#W1000000'), good('#W2000000')], { family: 'other-model' }),
      episode('c', [good('#W3000000')]),
    ])
    expect(mined).toMatchObject({ episodes: 3, steps: 6, failures: 2, pairs: { same: 0, edited: 2 } })
    const [signature, ...others] = [...mined.signatures.values()]
    expect(others).toEqual([])
    expect(signature).toMatchObject({
      ...{ count: 2, episodes: 2, recovered: { same: 0, edited: 2 } },
      families: { 'some-model': 1, 'other-model': 1 },
      impact: { ms: 14, steps: 2, tokens: 0 },
    })
    expect(mined.tools.get(TOOL)).toMatchObject({ calls: 6, successes: 4, failures: 2 })
    const counts = mined.tools.get(TOOL)?.folds.map(({ profile }) => profile.calls) ?? []
    expect(counts.reduce((a, b) => a + b, 0)).toBe(4)
  })

  it('keeps the episodes of each fold apart', async () => {
    const trajectories = Array.from({ length: 40 }, (_, index) => {
      return episode(`e${index}`, [fail(`W${1_000_000 + index}`), good(`#W${1_000_000 + index}`)])
    })
    const mined = await minedFrom(trajectories)
    const [signature] = [...mined.signatures.values()]
    const folds = [...(signature?.variants.values() ?? [])][0] ?? []
    expect(folds).toHaveLength(FOLDS)
    for (const [fold, { pairs }] of folds.entries())
      for (const { failed } of sampled(pairs)) expect(foldOf(failed.episode)).toBe(fold)
    expect(folds.reduce((sum, { count }) => sum + count, 0)).toBe(40)
  })

  it('says which tools came between failure and success for the first time', async () => {
    const login = ok({}, { tool: 'login' })
    const list = ok({}, { tool: 'list' })
    const mined = await minedFrom([episode('a', [list, fail('W7239184'), login, list, good('#W7239184')])])
    const [signature] = [...mined.signatures.values()]
    const pairs = [...(signature?.variants.values() ?? [])].flat().flatMap(({ pairs }) => sampled(pairs))
    expect(pairs.map(({ newlyCalled }) => newlyCalled.map(({ tool }) => tool.name))).toEqual([['login']])
  })

  it('grows with signatures, not with steps', async () => {
    const one = (index: number) =>
      episode(`e${index}`, [fail(`W${1_000_000 + index}`), good(`#W${1_000_000 + index}`)])
    const mined = await minedFrom(Array.from({ length: 2_000 }, (_, index) => one(index)))
    const [signature] = [...mined.signatures.values()]
    expect(signature?.count).toBe(2_000)
    for (const { failures, pairs } of [...(signature?.variants.values() ?? [])].flat()) {
      expect(failures.members.length).toBeLessThanOrEqual(FAILURES)
      expect(pairs.members.length).toBeLessThanOrEqual(PAIRS)
    }
  })

  it('counts calls with huge arguments, but keeps none', async () => {
    const mined = await minedFrom([episode('a', [failed({ text: 'x'.repeat(20_000) }, 'too long')])])
    const [signature] = [...mined.signatures.values()]
    expect(signature?.count).toBe(1)
    expect(
      [...(signature?.variants.values() ?? [])].flat().flatMap(({ failures }) => sampled(failures)),
    ).toEqual([])
  })
})
