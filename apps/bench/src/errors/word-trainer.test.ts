import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSamples } from './word-corpus.ts'
import { tableOf, tableSource } from './word-table.ts'
import { gramsOf, type Sample, trainWords, trustOf } from './word-trainer.ts'

const sample = (tool: string, category: Sample['category'], text: string, said?: string): Sample => ({
  ...{ tool, category, words: text.split(' ') },
  ...(said === undefined ? {} : { said }),
})

describe('trainWords', () => {
  const samples = ['a', 'b', 'c', 'd'].flatMap((tool) => [
    sample(tool, 'state.not_found', `no such file ${tool}x`),
    sample(tool, 'auth.denied', `not allowed to open file ${tool}y`),
  ])

  it('learns which words tell, and forgets those of one tool', () => {
    const { categories, weights } = trainWords(samples)
    expect(categories).toEqual(['auth.denied', 'state.not_found'])
    const [denied = 0, absent = 0] = weights.get('such') ?? []
    expect(absent).toBeGreaterThan(denied)
    expect(weights.has('ax')).toBe(false)
  })

  it('gives the same weights each time', () => {
    expect(trainWords(samples)).toEqual(trainWords(samples))
  })
})

describe('trustOf', () => {
  it('trusts what is right more than what is wrong, and counts only what was said in ignorance', () => {
    const trust = trustOf([
      ...Array.from({ length: 9 }, () => sample('a', 'state.not_found', 'x', 'phrase state.not_found')),
      ...Array.from({ length: 9 }, () => sample('a', 'contract.value', 'x', 'phrase state.precondition')),
      sample('a', 'contract.value', 'x'),
      sample('a', 'contract.value', 'x', ''),
    ])
    expect([...trust.keys()]).toEqual(['phrase state.not_found', 'phrase state.precondition'])
    expect(trust.get('phrase state.not_found')).toBeGreaterThan(
      trust.get('phrase state.precondition') as number,
    )
  })
})

it('reads words and pairs, and no mark alone', () => {
  expect(gramsOf(['^', 'no', 'such', 'no'])).toEqual(['no', 'such', '^ no', 'no such', 'such no'])
})

describe('the collection of wordings', () => {
  const samples = readSamples()

  it('is large and of many tools', () => {
    expect(samples.length).toBeGreaterThan(4_000)
    expect(new Set(samples.map(({ tool }) => tool)).size).toBeGreaterThan(200)
  })

  it('teaches the table that core reads, to the byte', () => {
    const table = new URL('../../../../packages/core/src/word-weights.generated.ts', import.meta.url)
    expect(tableSource(tableOf(trainWords(samples), trustOf(samples))) === readFileSync(table, 'utf8')).toBe(
      true,
    )
  })
})
