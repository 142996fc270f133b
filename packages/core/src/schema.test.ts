import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from './json.ts'
import { allowedTypes, jsonType, schemaAt, schemaCheck } from './schema.ts'

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  ...more,
})

/** `kind path` of every issue, in order. */
function issues(schema: JsonObject, input: Json): string[] {
  return schemaCheck(schema)(input).map(({ kind, path }) => `${kind} ${path}`)
}

describe('schemaCheck', () => {
  const closed = object({ a: { type: 'integer' } }, { required: ['a'], additionalProperties: false })
  it.each<[string, JsonObject, Json, string[]]>([
    ['nothing wrong', closed, { a: 1 }, []],
    ['missing', closed, {}, ['missing /a']],
    ['missing, its name in quotes', object({}, { required: ['a"b'] }), {}, ['missing /a"b']],
    ['missing beside unexpected', closed, { b: 1 }, ['missing /a', 'unexpected /b']],
    ['type', closed, { a: '1' }, ['type /a']],
    ['not an integer', closed, { a: 1.5 }, ['type /a']],
    ['an integer may be written 1.0', closed, { a: 1.0 }, []],
    ['another container', closed, 'a', ['type ']],
    ['enum', object({ a: { enum: ['x'] } }), { a: 'y' }, ['value /a']],
    ['pattern', object({ a: { type: 'string', pattern: '^#' } }), { a: 'W1' }, ['value /a']],
    [
      'limits',
      object({ a: { minimum: 3 }, b: { maxLength: 1 } }),
      { a: 1, b: 'xx' },
      ['value /a', 'value /b'],
    ],
    ['names to be escaped', object({ 'a/b ~%': { type: 'string' } }), { 'a/b ~%': 1 }, ['type /a~1b ~0%']],
    [
      'nested in a list',
      object({ list: { type: 'array', items: object({ id: { type: 'string' } }, { required: ['id'] }) } }),
      { list: [{ id: 'x' }, {}, { id: 1 }] },
      ['missing /list/1/id', 'type /list/2/id'],
    ],
    [
      'behind references, also chained ones',
      {
        $ref: '#/$defs/A',
        $defs: { A: object({ b: { $ref: '#/$defs/B' } }), B: { $ref: '#/$defs/C' }, C: { type: 'string' } },
      },
      { b: 1 },
      ['type /b'],
    ],
    [
      'behind definitions',
      { ...object({ b: { $ref: '#/definitions/B' } }), definitions: { B: { type: 'string' } } },
      { b: 1 },
      ['type /b'],
    ],
    ['dependentRequired', object({}, { dependentRequired: { a: ['b'] } }), { a: 1 }, ['missing /b']],
    [
      'unevaluatedProperties',
      object({ a: {} }, { unevaluatedProperties: false }),
      { a: 1, c: 1 },
      ['unexpected /c'],
    ],
    [
      'a schema for the other names',
      object({}, { additionalProperties: { type: 'number' } }),
      { x: 'y' },
      ['type /x'],
    ],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    ['if, then', { if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1 }, ['missing /b']],
    ['contains', object({ a: { type: 'array', contains: { const: 1 } } }), { a: [2] }, ['value /a']],
  ])('%s', (_, schema, input, expected) => {
    expect(issues(schema, input)).toEqual(expected)
  })

  const nullable = object({
    n: { anyOf: [object({ k: { type: 'string' } }, { required: ['k'] }), { type: 'null' }] },
  })
  const tagged = object({
    s: {
      anyOf: [
        object({ kind: { const: 'a' }, x: { type: 'number' } }, { required: ['x'] }),
        object({ kind: { const: 'b' }, y: { type: 'number' } }, { required: ['y'] }),
      ],
    },
  })
  it.each<[string, JsonObject, Json, string[]]>([
    ['accepts a member', nullable, { n: null }, []],
    ['looks into the one member of the type', nullable, { n: { k: 1 } }, ['type /n/k']],
    ['and finds what is missing there', nullable, { n: {} }, ['missing /n/k']],
    ['is a type issue when no member has the type', nullable, { n: 3 }, ['type /n']],
    ['is told apart by constants', tagged, { s: { kind: 'b' } }, ['missing /s/y']],
    ['is a value issue when several members are possible', tagged, { s: { kind: 'c' } }, ['value /s']],
    [
      'oneOf that fits twice',
      object({ o: { oneOf: [{ type: 'number' }, { type: 'integer' }] } }),
      { o: 1 },
      ['value /o'],
    ],
    ['scalars', object({ u: { anyOf: [{ type: 'string' }, { type: 'null' }] } }), { u: 1 }, ['type /u']],
    [
      'in every element of a list',
      object({ l: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } } }),
      { l: [1, 'x', 2] },
      ['type /l/0', 'type /l/2'],
    ],
    [
      'an unexpected name inside a member',
      object({ n: { anyOf: [object({}, { additionalProperties: false }), { type: 'null' }] } }),
      { n: { z: 1 } },
      ['unexpected /n/z'],
    ],
  ])('a union: %s', (_, schema, input, expected) => {
    expect(issues(schema, input)).toEqual(expected)
  })

  it.each<[string, JsonObject, Json]>([
    [
      'type names of Python',
      { type: 'dict', properties: { a: { type: 'float' } }, required: ['a'] },
      { a: 1 },
    ],
    ['unknown type names', object({ a: { type: 'money' } }), { a: 'x' }],
    ['a pattern that does not compile', object({ a: { type: 'string', pattern: '(' } }), { a: 'x' }],
    [
      'a pattern of a laxer dialect',
      object({ a: { type: 'string', pattern: '^\\d{3}\\-\\d$' } }),
      { a: 'x' },
    ],
    ['a reference that leads nowhere', object({ a: { $ref: '#/$defs/Gone' } }), { a: 'x' }],
    ['required as a flag', object({ a: { type: 'string', required: true } }), { a: 'x' }],
    ['nullable', object({ a: { type: 'string', nullable: true, enum: ['x'] } }), { a: null }],
    [
      'properties named like keywords',
      object({ type: { type: 'string' }, required: { type: 'boolean' }, items: {} }),
      { type: 'x', required: true, items: [] },
    ],
    [
      'exclusive limits of draft 4',
      object({ a: { type: 'number', minimum: 0, exclusiveMinimum: true } }),
      { a: 5 },
    ],
    [
      'tuples of draft 7',
      object({ a: { type: 'array', items: [{ type: 'string' }, { type: 'number' }] } }),
      { a: ['x', 1, true] },
    ],
  ])('accepts with %s', (_, schema, input) => {
    expect(issues(schema, input)).toEqual([])
  })

  it.each<[string, JsonObject, Json, string[]]>([
    ['type names of Python', { type: 'dict', properties: { a: { type: 'int' } } }, { a: 'x' }, ['type /a']],
    [
      'exclusive limits of draft 4',
      object({ a: { type: 'number', minimum: 0, exclusiveMinimum: true } }),
      { a: 0 },
      ['value /a'],
    ],
    [
      'tuples of draft 7',
      object({ a: { type: 'array', items: [{ type: 'string' }], additionalItems: false } }),
      { a: [1, 2] },
      ['type /a/0', 'unexpected /a/1'],
    ],
    [
      'one bad pattern beside a good one',
      object({ a: { pattern: '(' }, b: { pattern: '^x' } }),
      { a: 'q', b: 'y' },
      ['value /b'],
    ],
  ])('still checks with %s', (_, schema, input, expected) => {
    expect(issues(schema, input)).toEqual(expected)
  })

  it('leaves the host’s schema as it was, and compiles it once', () => {
    const schema = object({ a: { $ref: '#/$defs/A' } }, { $defs: { A: { type: 'string' } } })
    const before = JSON.stringify(schema)
    expect(issues(schema, { a: 1 })).toEqual(['type /a'])
    expect(JSON.stringify(schema)).toBe(before)
    expect(Object.keys((schema.properties as JsonObject).a as JsonObject)).toEqual(['$ref'])
    expect(schemaCheck(schema)).toBe(schemaCheck(schema))
  })

  it('tells what the argument should have been', () => {
    const schema = object({ a: { $ref: '#/$defs/A' } }, { $defs: { A: { enum: ['x', 'y'] } } })
    expect(schemaCheck(schema)({ a: 'z' })[0]).toMatchObject({
      kind: 'value',
      keyword: 'enum',
      expected: { enum: ['x', 'y'] },
    })
    const required = object({ n: object({ k: { type: 'string' } }, { required: ['k'] }) })
    expect(schemaCheck(required)({ n: {} })[0]).toMatchObject({ path: '/n/k', expected: { type: 'string' } })
  })
})

describe('a schema that asks for a type alone', () => {
  const numbers = [0, -7, 1.5, 2 ** 60, JSON.parse('1e999'), JSON.parse('-1e999')]
  const values: unknown[] = [null, true, ...numbers, '', '12', [], [1], {}, { a: 1 }]
  const noJson = [undefined, Number.NaN, 1n, () => 1, Symbol('s')]
  it.each(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'])('%s', (type) => {
    const alone = { type, description: 'whatever', default: null }
    // `minLength: 0` and the like refuse nothing either, but with them the validator is asked.
    const asked = { ...alone, minLength: 0, minItems: 0, minProperties: 0 }
    const found = [...values, ...noJson].map((value) => {
      const issues = schemaCheck(alone)(value as Json)
      const same = schemaCheck(asked)(value as Json).map((issue) => ({ ...issue, expected: alone }))
      expect(issues).toEqual(same)
      return issues.length
    })
    expect(new Set(found)).toEqual(new Set([0, 1]))
  })
})

describe('schemaAt', () => {
  const schema: JsonObject = {
    ...object({
      a: { $ref: '#/$defs/A' },
      list: { type: 'array', items: object({ id: { type: 'string' } }) },
      maybe: { anyOf: [{ type: 'null' }, object({ x: { type: 'number' } })] },
      '0': { type: 'boolean' },
      map: { type: 'object', additionalProperties: { type: 'integer' } },
      pair: { prefixItems: [{ type: 'string' }], items: { type: 'number' } },
    }),
    $defs: { A: object({ b: { type: 'string' } }) },
  }
  it.each<[string, unknown]>([
    ['/a/b', { type: 'string' }],
    ['/list/*/id', { type: 'string' }],
    ['/list/3/id', { type: 'string' }],
    ['/maybe/x', { type: 'number' }],
    ['/0', { type: 'boolean' }],
    ['/map/anything', { type: 'integer' }],
    ['/pair/0', { type: 'string' }],
    ['/pair/1', { type: 'number' }],
    ['/none', undefined],
    ['/a/none', undefined],
    ['/list/id', undefined],
  ])('%s', (path, expected) => {
    expect(schemaAt(schema, path)).toEqual(expected)
  })

  it('ends where references go in circles', () => {
    expect(schemaAt({ $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/A' } } }, '/x/y')).toBeUndefined()
  })
})

describe('allowedTypes', () => {
  const root: JsonObject = { $defs: { S: { type: 'string' } } }
  it.each<[JsonObject | undefined, string[]]>([
    [undefined, []],
    [{}, []],
    [{ type: 'number' }, ['number', 'integer']],
    [{ type: ['string', 'null'] }, ['string', 'null']],
    [{ type: 'string', nullable: true }, ['string', 'null']],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, ['string', 'null']],
    [{ anyOf: [{ $ref: '#/$defs/S' }, { type: 'null' }] }, ['string', 'null']],
    [{ anyOf: [{}, { type: 'null' }] }, []],
    [{ enum: ['a', 1] }, ['string', 'integer']],
    [{ const: null }, ['null']],
    [{ type: 'dict' }, ['object']],
    [{ type: 'any' }, []],
  ])('%j', (schema, types) => {
    expect(allowedTypes(schema, root)).toEqual(types)
  })

  it('says nothing about a reference that it cannot follow', () => {
    expect(allowedTypes({ anyOf: [{ $ref: '#/$defs/S' }, { type: 'null' }] })).toEqual([])
  })
})

describe('jsonType', () => {
  it.each<[Json | undefined, string]>([
    [undefined, 'absent'],
    [null, 'null'],
    [[], 'array'],
    [{}, 'object'],
    [1, 'integer'],
    [1.5, 'number'],
    ['', 'string'],
    [false, 'boolean'],
  ])('%j', (value, type) => {
    expect(jsonType(value)).toBe(type)
  })
})
