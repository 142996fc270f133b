import { assert, jsonValue, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { compareTexts, rawSimilarity, similarity, tokenOverlap } from './similarity.ts'

const SAME = 0.6

describe('similarity', () => {
  it.each<[string, Json, Json]>([
    [
      'a file name made absolute',
      { path: 'a b.xlsx', sheet: 'One' },
      { path: '/data/a b.xlsx', sheet: 'One' },
    ],
    ['a renamed argument', { order: '#W7239184' }, { order_id: '#W7239184' }],
    [
      'a renamed argument below a list',
      { files: [{ path: '/a/b.csv' }] },
      { files: [{ file_path: '/a/b.csv' }] },
    ],
    ['a number out of its quotes', { id: '12345' }, { id: 12345 }],
    ['a number without its unit', { price: '$20' }, { price: 20 }],
    ['a date rewritten', { date: '05/13/2024' }, { date: '2024-05-13' }],
    ['a date with a name in it', { date: 'May 6, 2024' }, { date: '2024-05-06' }],
    ['another spelling', { cabin: 'Premium Economy' }, { cabin: 'premium_economy' }],
    ['an argument more', { query: 'blue shoes' }, { query: 'blue shoes', limit: 10 }],
    ['an argument less', { query: 'blue shoes', kind: 'any' }, { query: 'blue shoes' }],
    ['a wrapped value', { tags: 'urgent' }, { tags: ['urgent'] }],
    ['JSON in a text', { filter: '{"state":"open"}' }, { filter: { state: 'open' } }],
    [
      'a corrected statement',
      { sql: 'SELECT name FROM student WHERE id = 3' },
      { sql: 'SELECT name FROM students WHERE id = 3' },
    ],
    ['a slip of the pen', { city: 'Amsterdm' }, { city: 'Amsterdam' }],
  ])('matches %s', (_, before, after) => expect(similarity(before, after)).toBeGreaterThanOrEqual(SAME))

  it.each<[string, Json, Json]>([
    ['another order', { order_id: '#W2378156' }, { order_id: '#W2378157' }],
    ['another file', { path: '/data/a.csv' }, { path: '/data/b.csv' }],
    ['another page', { url: 'https://example.com/one' }, { url: 'https://example.org/two' }],
    ['a look at the tables', { sql: 'SELECT name FROM student WHERE id = 3' }, { sql: 'SHOW TABLES' }],
    ['another command', { command: 'cat notes.txt' }, { command: 'ls -la' }],
    ['another number', { id: 17 }, { id: 18 }],
    ['another price', { price: '$20' }, { price: 25 }],
  ])('does not match %s', (_, before, after) => expect(similarity(before, after)).toBeLessThan(SAME))

  it('is 1 for equal values, and lies between 0 and 1', () => {
    assert(
      property(jsonValue(), jsonValue(), (a, b) => {
        expect(similarity(a as Json, structuredClone(a) as Json)).toBe(1)
        const alike = similarity(a as Json, b as Json)
        expect(alike).toBeGreaterThanOrEqual(0)
        expect(alike).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('compares broken JSON with what it became', () => {
    expect(rawSimilarity('{"a": "one", "b": [1, 2,]', { a: 'one', b: [1, 2] })).toBeGreaterThan(0.8)
    expect(rawSimilarity('{"a": "one", "b": [1, 2,]', { c: 'quite', d: 'different' })).toBeLessThan(SAME)
  })

  const texts = stringMatching(/^[aAb_ 1\n.,é日-]{0,14}$/)

  it('counts the words and signs that two texts share, in any script', () => {
    const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []
    assert(
      property(texts, texts, (a, b) => {
        const rest = [...words(b)]
        const shared = words(a).filter((word) => {
          const at = rest.indexOf(word)
          return at >= 0 && rest.splice(at, 1)
        }).length
        const total = words(a).length + words(b).length
        expect(tokenOverlap(a, b)).toBe(total === 0 ? 0 : (2 * shared) / total)
      }),
      { numRuns: 2_000 },
    )
  })

  it('sees the same letters through case, space and signs, in any script', () => {
    const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
    assert(
      property(texts, texts, (a, b) => {
        const [short, long] = [a.length, b.length].sort((x, y) => x - y) as [number, number]
        if (letters(a) === letters(b) && letters(a) !== '' && long <= 2 * short + 8)
          expect(compareTexts(a, b)).toBe(0.95)
        else expect(compareTexts(a, b)).not.toBe(0.95)
      }),
      { numRuns: 2_000 },
    )
  })
})
