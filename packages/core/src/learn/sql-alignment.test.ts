import { expect, it } from 'vitest'
import { alignedNames } from './sql-alignment.ts'

const pairs = (before: string, after: string) =>
  alignedNames(before, after).map(([a, b]) => `${a.text} ${b.text}`)

it.each([
  ['SELECT a FROM shops', 'SELECT a FROM shop', ['a a', 'shops shop']],
  [
    'SELECT s.id, x FROM shop s',
    'SELECT s.Shop_ID, x FROM shop s WHERE y = 1',
    ['s s', 'id Shop_ID', 'x x', 'shop shop', 's s'],
  ],
  ['SELECT a FROM b', 'SELECT c.a FROM b', ['a a', 'b b']],
  ['SELECT a FROM b', 'SELECT c FROM d e', ['a c']],
  ['SELECT a FROM b', 'SHOW TABLES', []],
])('finds what stands in the place of what: %s, %s', (before, after, expected) => {
  expect(pairs(before, after)).toEqual(expected)
})
