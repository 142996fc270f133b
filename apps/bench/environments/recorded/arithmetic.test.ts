import { describe, expect, it } from 'vitest'
import { evaluate } from './arithmetic.ts'
import { calculate } from './calculate.ts'

describe('the calculator', () => {
  it.each([
    ['2 + 3 * 4', '14.0'],
    ['(2 + 3) * -4', '-20.0'],
    ['-2 ** 2', '-4.0'],
    ['7 // 2 + 0.125', '3.12'],
    ['1127.69', '1127.69'],
  ])('%s', (expression, expected) => {
    expect(calculate(expression)).toBe(expected)
  })

  it.each(['', '2 +', '(1', '1 2', '.'])('refuses %j', (expression) => {
    expect(() => evaluate(expression)).toThrow(SyntaxError)
  })

  it('says what is wrong', () => {
    expect(calculate('1 / 0')).toBe('Error: division by zero')
    expect(calculate('import os')).toBe('Error: invalid characters in expression')
  })
})
