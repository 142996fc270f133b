import { describe, expect, it } from 'vitest'
import { collect } from './collect.ts'
import { classify } from './judge.ts'
import { accuracy, groupingAccuracy } from './measure.ts'
import type { Language, Source } from './provocation.ts'
import { aiSdk } from './sources/ai-sdk.ts'
import { SOURCES } from './sources/index.ts'
import { nodeFs } from './sources/node-fs.ts'
import { postgres } from './sources/postgres.ts'
import { sqlite } from './sources/sqlite.ts'

const RUNS = 3

describe('provoked errors', () => {
  // Floors well under what the bench measures: they catch a mask or a family that broke.
  it.for<[string, Source, Language]>([
    ['ai-sdk', aiSdk, 'en'],
    ['node-fs', nodeFs, 'en'],
    ['sqlite', sqlite, 'en'],
    ['postgres', postgres, 'en'],
    ['postgres in Chinese', postgres, 'zh'],
  ])('%s: grouped and named', { timeout: 60_000 }, async ([, source, language], { skip }) => {
    const { labelled, skipped, unprovoked } = await collect([source], language, RUNS)
    if (skipped.length > 0) skip(skipped[0]?.why)
    expect(unprovoked).toEqual([])
    const seen = classify(labelled, 'call')
    const groups = seen.map(({ template, signature }) => ({ truth: template, found: signature }))
    expect(groupingAccuracy(groups)).toBeGreaterThan(0.8)
    const categories = seen.map(({ category, found }) => ({ truth: category, found }))
    expect(accuracy(categories)).toBeGreaterThan(0.8)
  })

  it('has every tool in one half, and enough of them in the half for measuring', () => {
    const names = [...SOURCES.tune, ...SOURCES.final].map(({ tool }) => tool)
    expect(new Set(names).size).toBe(names.length)
    expect(SOURCES.final.length).toBeGreaterThanOrEqual(24)
  })
})
