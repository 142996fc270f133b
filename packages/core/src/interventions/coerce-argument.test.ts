import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { coerceArgument } from './coerce-argument.ts'

const of = (schema: JsonObject, required = true): JsonObject => ({
  type: 'object',
  properties: { a: schema },
  ...(required ? { required: ['a'] } : {}),
})

describe('coerce-argument matches', () => {
  it.each<[string, Json, Json]>([
    ['integer', '42', 42],
    ['integer', '-7', -7],
    ['integer', '0', 0],
    ['integer', '9007199254740991', 9007199254740991],
    ['number', '4.5', 4.5],
    ['number', '19.90', 19.9],
    ['boolean', 'true', true],
    ['boolean', 'False', false],
    ['string', 42, '42'],
    ['string', true, 'true'],
    ['string', 0.5, '0.5'],
    ['json', '{"x":[1,null,"y"]}', { x: [1, null, 'y'] }],
    ['json', ' [1, 2] ', [1, 2]],
    ['array', 'x', ['x']],
    ['array', { b: 1 }, [{ b: 1 }]],
    ['element', ['x'], 'x'],
  ])('to %s: %j → %j', (to, value, expected) => {
    expect(editedInput(coerceArgument, { path: '/a', to }, { a: value, b: 1 })).toEqual({ a: expected, b: 1 })
  })

  it.each<[string, string, JsonObject, Json, Json]>([
    ['what the contract wants', 'integer', of({ type: 'integer' }), { a: '42' }, { a: 42 }],
    ['one of several types', 'number', of({ type: ['number', 'null'] }), { a: '1.5' }, { a: 1.5 }],
    [
      'a list behind a reference',
      'json',
      { ...of({ $ref: '#/$defs/L' }), $defs: { L: { type: 'array' } } },
      { a: '[1]' },
      { a: [1] },
    ],
    ['a null that is refused', 'absent', of({ type: 'string' }, false), { a: null, b: 1 }, { b: 1 }],
    ['the whole input', 'json', of({ type: 'string' }), '{"a":"x"}', { a: 'x' }],
  ])('%s', (_, to, schema, input, expected) => {
    const path = _ === 'the whole input' ? '' : '/a'
    expect(editedInput(coerceArgument, { path, to }, input, schema)).toEqual(expected)
  })

  it('every element', () => {
    expect(editedInput(coerceArgument, { path: '/l/*', to: 'integer' }, { l: ['1', 2, '3'] })).toEqual({
      l: [1, 2, 3],
    })
  })
})

describe('coerce-argument does not match', () => {
  it.each<[string, Json]>([
    ['integer', '042'],
    ['integer', '1e3'],
    ['integer', ' 42'],
    ['integer', '4.0'],
    ['integer', '-0'],
    ['integer', '+1'],
    ['integer', '0x10'],
    ['integer', '9007199254740993'],
    ['integer', ''],
    ['integer', '٤٢'],
    ['integer', true],
    ['integer', null],
    ['integer', 1.5],
    ['number', '1e3'],
    ['number', '.5'],
    ['number', 'NaN'],
    ['number', '1,5'],
    ['number', '0.1234567890123456'],
    ['boolean', 'yes'],
    ['boolean', 1],
    ['string', null],
    ['string', 1e21],
    ['string', { a: 1 }],
    ['json', '42'],
    ['json', '"x"'],
    ['json', '{"a":1,"a":2}'],
    ['json', '[9007199254740993]'],
    ['json', '{a:1}'],
    ['json', '[1'],
    ['array', 'a,b'],
    ['array', '["a"]'],
    ['array', null],
    ['element', []],
    ['element', ['a', 'b']],
    ['absent', null],
  ])('to %s: %j', (to, value) => {
    expect(editedInput(coerceArgument, { path: '/a', to }, { a: value })).toBeUndefined()
  })

  it.each<[string, string, JsonObject, Json]>([
    ['text where text is wanted', 'integer', of({ type: 'string' }), { a: '42' }],
    ['text where text is allowed too', 'integer', of({ type: ['string', 'integer'] }), { a: '42' }],
    ['JSON text where text is wanted', 'json', of({ type: 'string' }), { a: '{"x":1}' }],
    ['an object where a list is wanted', 'json', of({ type: 'array' }), { a: '{"x":1}' }],
    ['a value that breaks the limits then', 'integer', of({ type: 'integer', maximum: 10 }), { a: '42' }],
    ['a null that is required', 'absent', of({ type: 'string' }), { a: null }],
    ['a null that is allowed', 'absent', of({ type: ['string', 'null'] }, false), { a: null }],
    [
      'a list whose element does not fit',
      'array',
      of({ type: 'array', items: { type: 'number' } }),
      { a: 'x' },
    ],
  ])('%s', (_, to, schema, input) => {
    expect(editedInput(coerceArgument, { path: '/a', to }, input, schema)).toBeUndefined()
  })

  it('a list of which one element cannot be read', () => {
    expect(editedInput(coerceArgument, { path: '/l/*', to: 'integer' }, { l: ['1', '02'] })).toBeUndefined()
  })

  it('an approved call', () => {
    const call = callOf({ a: '42' }, { approved: true })
    expect(propose(coerceArgument, { path: '/a', to: 'integer' }, call)).toBeUndefined()
  })
})

describe('coerce-argument', () => {
  const targets = fc.constantFrom(
    'integer',
    'number',
    'boolean',
    'string',
    'json',
    'array',
    'element',
    'absent',
  )
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.integer().map(String),
    fc.double().map(String),
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('true', 'FALSE', '007', ' 1'),
  ) as fc.Arbitrary<Json>

  it('leaves its own output alone', () => {
    fc.assert(
      fc.property(targets, values, (to, value) => {
        const edited = editedInput(coerceArgument, { path: '/a', to }, { a: value })
        if (edited !== undefined)
          expect(editedInput(coerceArgument, { path: '/a', to }, edited)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it('writes numbers that can be written back as they were', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 6 }), fc.maxSafeInteger().map(String)), (text) => {
        const edited = editedInput(coerceArgument, { path: '/a', to: 'integer' }, { a: text }) as
          | JsonObject
          | undefined
        if (edited) expect(String(edited.a)).toBe(text)
      }),
    )
  })

  it('leaves alone what the contract accepts', () => {
    const schemas = fc.constantFrom<JsonObject>(
      { type: 'string' },
      { type: 'integer' },
      { type: ['string', 'null'] },
      { anyOf: [{ type: 'array' }, { type: 'string' }] },
    )
    fc.assert(
      fc.property(targets, schemas, values, (to, schema, value) => {
        const input = { a: value }
        const accepted = propose(coerceArgument, { path: '/a', to }, callOf(input), { schema: of(schema) })
        const types = [schema.type ?? ['array', 'string']].flat()
        const valid = types.some(
          (type) =>
            type === typeof value ||
            (type === 'null' && value === null) ||
            (type === 'array' && Array.isArray(value)) ||
            (type === 'integer' && Number.isInteger(value)),
        )
        if (valid) expect(accepted).toBeUndefined()
      }),
    )
  })

  it('refuses unknown targets', () => {
    expect(() => coerceArgument.compile({ path: '/a', to: 'date' })).toThrow()
  })
})
