import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { isExactNumber, parseExactly, saysTheSame, scanJsonText } from './json-text.ts'

describe('scanJsonText', () => {
  it.each([
    ['{"a": [1, "x"]}', 'balanced'],
    ['', 'balanced'],
    ['{"a": "x', 'truncated'],
    ['{"a": [1', 'truncated'],
    ["{'a': 'it\\'s'}", 'balanced'],
    ['{"a": [1}', 'mismatched'],
    ['{}}', 'mismatched'],
    ['{"a": "ends in a backslash \\', 'truncated'],
    ['{"a": [\\"x\\"]}', 'balanced'],
    ['{"a": [\\"x\\\\"y\\"]}', 'mismatched'],
  ])('%s is %s', (text, form) => {
    expect(scanJsonText(text).form).toBe(form)
  })

  it('reads texts without their quotes and escapes', () => {
    expect(scanJsonText('{a: "x\\n\\u0041\\"", b: -1.5e3}').tokens.map(({ text }) => text)).toEqual([
      '{',
      'a',
      'x\nA"',
      'b',
      '-1.5e3',
      '}',
    ])
  })

  it('ends on any text, in time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => scanJsonText(text).tokens.length <= text.length,
      ),
    )
    expect(scanJsonText('"'.repeat(100_001)).form).toBe('truncated')
  })
})

describe('saysTheSame', () => {
  it('holds for every value and its own text', () => {
    const values = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !/"\d+":|-0|[-.\d]{17,}|e[+-]?\d/.test(JSON.stringify(value)))
    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(value, null, 1)
        expect(saysTheSame(scanJsonText(text).tokens, JSON.parse(text) as Json)).toBe(true)
      }),
    )
  })

  it.each<[string, Json]>([
    ['{"a": 1}', { a: 2 }],
    ['{"a": 1}', { a: '1', b: 1 }],
    ['{"a": 1}', { a: [1] }],
    ['{"a": 1}', {}],
    ['{"a": "1"}', { a: 1 }],
    ['{"a": "true"}', { a: true }],
    ['{"a": "x y"}', { a: 'xy' }],
    ['[1, 2]', [2, 1]],
  ])('%s does not say %j', (text, value) => {
    expect(saysTheSame(scanJsonText(text).tokens, value)).toBe(false)
  })
})

describe('isExactNumber', () => {
  it.each<[string, number, boolean]>([
    ['42', 42, true],
    ['19.90', 19.9, true],
    ['9007199254740991', 9007199254740991, true],
    ['9007199254740993', 9007199254740992, false],
    ['0.1234567890123456789', 0.12345678901234568, false],
    ['-0', -0, false],
    ['1e999', Number.POSITIVE_INFINITY, false],
    ['42', 43, false],
    ['x', Number.NaN, false],
  ])('%s is %d: %s', (text, value, exact) => {
    expect(isExactNumber(text, value)).toBe(exact)
  })
})

describe('parseExactly', () => {
  it.each<[string, Json | undefined]>([
    ['{"a":[1,null]}', { a: [1, null] }],
    ['"x"', 'x'],
    ['{"a":1,"a":2}', undefined],
    ['9007199254740993', undefined],
    ['{a:1}', undefined],
    ['', undefined],
  ])('%s', (text, value) => {
    expect(parseExactly(text)).toEqual(value)
  })
})
