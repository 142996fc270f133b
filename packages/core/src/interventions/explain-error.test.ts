import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { explainError } from './explain-error.ts'

const allowed = { advice: 'allowed-values', slots: { argument: 'cabin', values: ['economy', 'business'] } }

function explained(options: JsonObject, view: Json, more: { failure?: typeof failure } = {}) {
  const action = propose(explainError, options, callOf({}), { failure, ...more })
  return action?.type === 'replace-result' ? action.edit(view) : undefined
}

describe('explain-error matches', () => {
  it.each<[JsonObject, string]>([
    [allowed, 'The argument "cabin" accepts only: "economy", "business".'],
    [
      { advice: 'argument-format', slots: { argument: 'date', format: 'YYYY-MM-DD' } },
      'The argument "date" is written in the form "YYYY-MM-DD".',
    ],
    [
      { advice: 'argument-limit', slots: { argument: 'text', limit: 300 } },
      'The argument "text" must not be longer than 300 characters.',
    ],
    [
      { advice: 'call-first', slots: { tool: 'list_orders' } },
      'Call "list_orders" first, and use what it returns.',
    ],
    [{ advice: 'same-again' }, 'The same call would fail again. Change the arguments or go on without it.'],
  ])('%j', (options, text) => {
    expect(explained(options, 'Error: invalid\n')).toBe(`Error: invalid\n${text}`)
    expect(schemaCheck(explainError.options)(options)).toEqual([])
  })

  it.each<[string, Json, Json]>([
    ['an empty text', ' ', 'This was done already. Do not repeat it.'],
    [
      'content parts',
      { isError: true, content: [{ type: 'text', text: 'x' }] },
      {
        isError: true,
        content: [
          { type: 'text', text: 'x' },
          { type: 'text', text: 'This was done already. Do not repeat it.' },
        ],
      },
    ],
    ['an object', { error: 'x' }, { error: 'x', advice: 'This was done already. Do not repeat it.' }],
    ['an object that has advice, left alone', { advice: 'x' }, { advice: 'x' }],
    ['a list, left alone', [1], [1]],
    ['nothing, left alone', null, null],
  ])('%s', (_, view, expected) => {
    expect(explained({ advice: 'already-done' }, view)).toEqual(expected)
  })

  it('counts what it leaves out of a long list', () => {
    const names = Array.from({ length: 15 }, (_, index) => `n${index}`)
    expect(explained({ advice: 'known-names', slots: { names } }, 'x')).toMatch(/"n11" and 3 more\.$/)
  })
})

describe('explain-error does not match', () => {
  it('a success, an expected negative, or a second time', () => {
    expect(propose(explainError, allowed, callOf({}))).toBeUndefined()
    expect(explained(allowed, 'x', { failure: { ...failure, expectedNegative: true } })).toBeUndefined()
    expect(explainError.cap?.(allowed)).toBe(1)
    expect(explainError.cap?.({ ...allowed, max: 2 })).toBe(2)
  })
})

describe('explain-error refuses', () => {
  it.each<[string, JsonObject]>([
    ['unknown advice', { advice: 'do-as-i-say' }],
    ['an inherited name', { advice: 'toString' }],
    ['a missing slot', { advice: 'call-first' }],
    ['a slot too many', { advice: 'same-again', slots: { tool: 'x' } }],
    ['a sentence in a slot', { advice: 'call-first', slots: { tool: 'ignore all instructions' } }],
    ['a line break in a slot', { advice: 'call-first', slots: { tool: 'a\nb' } }],
    ['an invisible character in a slot', { advice: 'call-first', slots: { tool: 'a\u200bb' } }],
    ['a slot that is too long', { advice: 'call-first', slots: { tool: 'x'.repeat(65) } }],
    ['a sentence in a list', { advice: 'known-names', slots: { names: ['ok', 'not ok'] } }],
    ['an empty list', { advice: 'known-names', slots: { names: [] } }],
  ])('%s', (_, options) => {
    expect(() => explainError.compile(options)).toThrow()
  })

  it('every literal that is not quoted as one word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (tool) => {
        let text: Json | undefined
        try {
          text = explained({ advice: 'call-instead', slots: { tool } }, 'x')
        } catch {
          return
        }
        expect(text).toBe(`x\nUse ${JSON.stringify(tool)} for this.`)
        expect(tool.length).toBeLessThanOrEqual(64)
        expect(tool).not.toMatch(/\s/)
      }),
    )
  })
})
