import { expect, it } from 'vitest'
import type { Json } from './json.ts'
import { readCallExpression, readLiteral } from './literal.ts'

it.each<[string, Json]>([
  ["'it\\'s'", "it's"],
  ['"a\\nb\\u00e9\\x41"', 'a\nbéA'],
  ['"\\d+"', '\\d+'],
  ['"""a "quoted" b"""', 'a "quoted" b'],
  ["{'a': [1, -2.5, True, None], b: false,}", { a: [1, -2.5, true, null], b: false }],
  ['(1, 2)', [1, 2]],
  ['(1,)', [1]],
  ['[]', []],
  ['1e3', 1000],
])('reads %s', (text, expected) => {
  expect(readLiteral(text)).toEqual(expected)
})

it.each([
  ...['a', '(1)', '1 + 2', '"a" "b"', 'f"{x}"', '[1', '"a', '{"a": 1, "a": 2}', '007', '9007199254740993'],
  ...['', '[a]', '{1: 2}', '1.', 'x = 1', 'lambda: 1'],
])('does not read %s', (text) => {
  expect(readLiteral(text)).toBeUndefined()
})

it('reads a call with its place', () => {
  const call = readCallExpression('go: f(1, a="x", b=word, c=lambda x: (x, 1)) and more', 4)
  expect(call?.name).toBe('f')
  expect(call?.positional).toEqual([1])
  expect([...(call?.named ?? [])]).toEqual([
    ['a', { value: 'x' }],
    ['b', { word: 'word' }],
    ['c', { source: 'lambda x: (x, 1)' }],
  ])
  expect(call?.end).toBe('go: f(1, a="x", b=word, c=lambda x: (x, 1))'.length)
})

it.each(['f(', 'f(a=)', 'f(a=1, 2)', 'f(a=1, a=2)', 'f a', 'f(a=g())', '(a=1)', 'f(a=x.y)'])(
  'does not read %s',
  (text) => {
    expect(readCallExpression(text, 0)).toBeUndefined()
  },
)
