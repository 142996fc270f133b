import { expect, it } from 'vitest'
import { bracketEnd, quoteEnd, readLeniently } from './lenient-json.ts'

it.each([
  ['{"a": 1}', { a: 1 }],
  ["{'a': 'x',}", { a: 'x' }],
  ['"text"', 'text'],
])('reads %s', (text, expected) => {
  expect(readLeniently(text)).toEqual(expected)
})

it.each(['{"a": 1', '{"a": 1, "a": 2}', '[9007199254740993]', '{"a": 1} {"b": 2}', 'text of prose'])(
  'does not read %s',
  (text) => {
    expect(readLeniently(text)).toBeUndefined()
  },
)

it.each<[string, number | undefined]>([
  ['{"a": "}"} rest', 10],
  ["[{'b': ')'}]", 12],
  ['{"a": [1}', undefined],
  ['{"a": 1', undefined],
  ['{"a": "', undefined],
])('finds the end of %s', (text, expected) => {
  expect(bracketEnd(text, 0)).toBe(expected)
})

it('finds the end of a quoted text', () => {
  expect(quoteEnd('"a\\"b" c', 0)).toBe(6)
  expect(quoteEnd('"a\\"b', 0)).toBeUndefined()
})
