import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filledTemplate, templateIn, templateOf } from './statement-template.ts'

describe('templateOf', () => {
  it.each([
    [
      "SELECT a FROM t1 WHERE b = 'x y'  AND c > 4 ;",
      "SELECT a FROM t1 WHERE b = '{1}' AND c > {2}",
      ['x y', '4'],
    ],
    ['a = 5 OR b = "5"', 'a = {1} OR b = "{1}"', ['5']],
    ['v1.2 x3 a.5', 'v1.2 x3 a.5', []],
  ])('%s', (statement, text, literals) => {
    expect(templateOf(statement)).toEqual({ text, literals })
  })

  it.each(['a {1}', 'x'.repeat(2_001)])('does not read %j', (statement) => {
    expect(templateOf(statement)).toBeUndefined()
  })
})

describe('templateIn', () => {
  const first = templateOf("a = 1 AND b = 'two'")
  it('numbers the literals as the first statement does', () => {
    expect(first && templateIn("SELECT x WHERE y = 'two' OR z = '1'", first)).toBe(
      "SELECT x WHERE y = '{2}' OR z = '{1}'",
    )
  })

  it('is not made where a literal is new', () => {
    expect(first && templateIn('a = 3', first)).toBeUndefined()
  })
})

describe('filledTemplate', () => {
  it('puts literals back', () =>
    expect(filledTemplate("a = '{2}' AND b > {1}", ['4', 'x'])).toBe("a = 'x' AND b > 4"))

  it.each([
    ['a = {1}', ['x OR 1=1']],
    ["a = '{1}'", ["it's"]],
    ['a = {2}', ['1']],
  ])('does not fill %s with %j', (template, literals) => {
    expect(filledTemplate(template, literals)).toBeUndefined()
  })

  it('gives back what was taken out', () => {
    const word = fc.constantFrom('a', '=', "'x y'", '"z"', '7', '7.5', 't1', ',')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const statement = words.join(' ')
        const template = templateOf(statement)
        return template !== undefined && filledTemplate(template.text, template.literals) === statement
      }),
    )
  })
})
