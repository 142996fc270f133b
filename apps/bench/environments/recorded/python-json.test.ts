import { describe, expect, it } from 'vitest'
import { add, dumps, negate, parsePython, reprOfState, round, round2 } from './python-json.ts'

describe('what Python writes', () => {
  it.each([
    ['{"b":1,"a":2.0}', '{"b": 1, "a": 2.0}'],
    ['{"10":true,"9":null}', '{"10": true, "9": null}'],
    ['[1e16,0.00001,1e300,-0.5]', '[1e+16, 1e-05, 1e+300, -0.5]'],
    ['"é\\u0001\\n\\u007f"', '"\\u00e9\\u0001\\n\\u007f"'],
    ['{}', '{}'],
  ])('%s as JSON', (text, expected) => {
    expect(dumps(parsePython(text))).toBe(expected)
  })

  it.each([
    ['{"b":[1],"a":"x"}', "(('a', 'x'), ('b', (1,)))"],
    ['{"10":1,"9":2.0}', "(('10', 1), ('9', 2.0))"],
    ['"it\'s"', '"it\'s"'],
    ['[]', '()'],
  ])('%s as the text of a state', (text, expected) => {
    expect(reprOfState(parsePython(text))).toBe(expected)
  })

  it('keeps whole numbers and floats apart when it calculates', () => {
    const [one, half] = parsePython('[1,0.5]') as [never, never]
    expect(dumps(add(one, one))).toBe('2')
    expect(dumps(add(add(one, half), half))).toBe('2.0')
    expect(dumps(negate(add(half, half)))).toBe('-1.0')
    expect(dumps(round2(parsePython('7.979999999999997')))).toBe('7.98')
  })

  it.each([
    ['2.5', 0, '2.0'],
    ['3.5', 0, '4.0'],
    ['-2.5', 0, '-2.0'],
    ['2.675', 2, '2.67'],
    ['0.125', 2, '0.12'],
    ['0.375', 2, '0.38'],
    ['1250.0', -2, '1200.0'],
    ['1e22', 1, '1e+22'],
    ['7', 0, '7'],
  ])('round(%s, %d)', (number, places, expected) => {
    expect(dumps(round(parsePython(number), places))).toBe(expected)
  })
})
