import {
  anything,
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  double,
  integer,
  letrec,
  oneof,
  property,
  record,
  string,
} from 'fast-check'
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { plainlyValid } from './plainly-valid.ts'

const ORDER: JsonObject = {
  type: 'object',
  description: 'An order',
  properties: {
    id: { type: 'string', description: 'Its id' },
    kind: { type: 'string', enum: ['new', 'old'] },
    lines: { type: 'array', items: { type: 'object', properties: { count: { type: 'integer' } } } },
    paid: { type: 'boolean' },
  },
  required: ['id'],
  additionalProperties: false,
}

it.each<[Json, boolean]>([
  [{ id: 'W1' }, true],
  [{ id: 'W1', kind: 'old', lines: [{ count: 2, note: 'x' }, {}], paid: true }, true],
  [{}, false],
  [{ id: 1 }, false],
  [{ id: 'W1', kind: 'other' }, false],
  [{ id: 'W1', lines: [{ count: 2.5 }] }, false],
  [{ id: 'W1', more: 1 }, false],
  [[], false],
  ['{"id":"W1"}', false],
])('of %j says %j', (input, valid) => {
  expect(plainlyValid(ORDER, input)).toBe(valid)
})

it.each<JsonObject>([
  { type: 'string', format: 'date' },
  { type: ['string', 'null'] },
  { type: 'string', enum: ['a', 1], nullable: true },
  { type: 'object', properties: { toString: { type: 'string' } } },
  { type: 'array', items: [{ type: 'string' }] },
  { anyOf: [{ type: 'string' }] },
  { $ref: '#/$defs/a' },
  {},
])('leaves %j to the validator', (schema) => {
  for (const input of ['a', null, {}, ['a']]) expect(plainlyValid(schema, input)).toBe(false)
})

const name = constantFrom('a', 'b', 'constructor')
const { schema, value } = letrec((tie) => ({
  schema: oneof(
    { maxDepth: 3 },
    record(
      {
        type: constantFrom('string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'str'),
        enum: array(oneof(string({ maxLength: 1 }), integer({ max: 2, min: 0 })), { maxLength: 3 }),
        items: tie('schema'),
        properties: dictionary(name, tie('schema'), { maxKeys: 2 }),
        required: array(name, { maxLength: 2 }),
        additionalProperties: oneof(boolean(), tie('schema')),
        minLength: integer({ min: 0, max: 1 }),
        title: string(),
      },
      { requiredKeys: ['type'] },
    ),
    record({ type: constantFrom('string', 'integer', 'boolean', 'object') }),
  ),
  value: oneof(
    { maxDepth: 3 },
    string({ maxLength: 1 }),
    integer({ min: 0, max: 2 }),
    double({ noNaN: true, noDefaultInfinity: true }),
    boolean(),
    array(tie('value'), { maxLength: 2 }),
    dictionary(name, tie('value'), { maxKeys: 2 }),
  ),
}))

it('never says of a value that the validator refuses that it is valid', () => {
  let valid = 0
  assert(
    property(schema, oneof(value, anything({ maxDepth: 1, values: [string()] })), (of, input) => {
      if (!plainlyValid(of as JsonObject, input as Json)) return
      valid++
      expect(schemaCheck(of as JsonObject)(input as Json)).toEqual([])
    }),
    { numRuns: 1_500 },
  )
  expect(valid).toBeGreaterThan(50)
})
