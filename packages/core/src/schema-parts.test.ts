import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from './json.ts'
import { schemaCheck } from './schema.ts'
import { addedIssues, breaksSchema } from './schema-parts.ts'

const separable: JsonObject = {
  type: 'object',
  properties: {
    a: { type: 'integer' },
    b: { $ref: '#/$defs/size' },
    c: { type: 'object', properties: { d: { type: 'string' } }, required: ['d'] },
  },
  required: ['a'],
  additionalProperties: false,
  $defs: { size: { enum: ['small', 'large'] } },
}
const dependent: JsonObject = { ...separable, dependentRequired: { b: ['c'] } }
const selfReference: JsonObject = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { $ref: '#/properties/a' } },
}

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(1, 'x', 'small', null, 1.5, [], { d: 'x' }, { d: 1 }, {}),
)
const input = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'e'), value, {
  maxKeys: 4,
}) as fc.Arbitrary<JsonObject>

describe.each([
  ['separable', separable],
  ['dependent', dependent],
  ['with references among its arguments', selfReference],
])('a schema that is %s', (_, schema) => {
  const keys = (issues: readonly { kind: string; path: string }[]) =>
    issues.map(({ kind, path }) => `${kind} ${path}`).sort()

  it('gives the same answers as validating the whole twice', () => {
    fc.assert(
      fc.property(input, input, fc.constantFrom('a', 'b', 'e'), (before, changes, lost) => {
        const { [lost]: _, ...after } = { ...before, ...changes }
        const check = schemaCheck(schema)
        const known = new Set(keys(check(before)))
        expect(keys(addedIssues(schema, before, after))).toEqual(
          keys(check(after)).filter((key) => !known.has(key)),
        )
        expect(breaksSchema(schema, after, 'a')).toBe(check(after).length > 0)
        expect(breaksSchema(schema, after)).toBe(check(after).length > 0)
      }),
    )
  })
})

it('counts every issue as added where there was nothing to parse', () => {
  expect(addedIssues(separable, undefined, { a: 'x' })).toMatchObject([{ kind: 'type', path: '/a' }])
})
