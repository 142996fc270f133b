import { describe, expect, it } from 'vitest'
import { nearestWord, spellingDistance } from './nearest-word.ts'

const WORDS = ['git', 'grep', 'status', 'stash', 'python3', 'ls']

describe('the nearest word', () => {
  it.each([
    ['gti', 'git'],
    ['gitt', 'git'],
    ['stauts', 'status'],
    ['pyhton3', 'python3'],
    ['sl', 'ls'],
    // Begun and not ended.
    ['pyth', 'python3'],
  ])('of %s is %s', (typed, word) => expect(nearestWord(typed, WORDS)).toBe(word))

  it.each(['git', 'terraform', 'x', ''])('of %s is none', (typed) =>
    expect(nearestWord(typed, WORDS)).toBeUndefined(),
  )

  it('is the one that lacks a letter before one that is begun, and none where two are begun', () => {
    expect(nearestWord('--sta', ['--stat', '--staged'])).toBe('--stat')
    expect(nearestWord('prun', ['run', 'prune'])).toBe('prune')
    expect(nearestWord('com', ['commit', 'compose'])).toBeUndefined()
  })

  it('is none where two are equally near, unless their order says which comes first', () => {
    expect(nearestWord('cot', ['cat', 'cut'])).toBeUndefined()
    expect(nearestWord('cot', ['cat', 'cut'], { ranked: true })).toBe('cat')
  })
})

it('is as far from a word as that is from it', () => {
  for (const a of WORDS) for (const b of WORDS) expect(spellingDistance(a, b)).toBe(spellingDistance(b, a))
})
