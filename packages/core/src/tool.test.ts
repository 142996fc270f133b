import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from './json.ts'
import { anchorOf, argumentSchema, contractsHash, namesAreOpen, type ToolContract, toolKey } from './tool.ts'

const tool = { origin: 'local', name: 'search' }
const contract = (inputSchema: JsonObject, description = ''): ToolContract => ({
  tool,
  description,
  inputSchema,
})
const base = contract({
  type: 'object',
  properties: { q: { type: 'string', description: 'text' }, n: { type: 'integer' } },
  required: ['q'],
})

describe('toolKey', () => {
  it.each([
    [{ origin: 'local', name: 'a' }, 'a'],
    [{ origin: 'shop', name: 'a' }, 'shop/a'],
  ])('%j → %s', (of, key) => {
    expect(toolKey(of)).toBe(key)
  })
})

describe('argumentSchema', () => {
  it('follows the path, and finds nothing without a contract', () => {
    expect(argumentSchema(base, '/n')).toEqual({ type: 'integer' })
    expect(argumentSchema(base, '/none')).toBeUndefined()
    expect(argumentSchema(undefined, '/n')).toBeUndefined()
  })
})

describe('namesAreOpen', () => {
  const open = (body: Json) =>
    namesAreOpen(
      contract({ type: 'object', properties: { body } as JsonObject, required: ['body'] }),
      '/body',
    )

  it.each<[string, Json]>([
    ['an object of which nothing is said', { type: 'object' }],
    ['and that is described', { type: 'object', description: 'sent as it is', additionalProperties: true }],
  ])('holds for %s', (_, body) => expect(open(body)).toBe(true))

  it.each<[string, Json]>([
    ['declared names', { type: 'object', properties: { id: {} } }],
    ['required names', { type: 'object', required: ['id'] }],
    ['no names allowed', { type: 'object', additionalProperties: false }],
    ['values of one type', { type: 'object', additionalProperties: { type: 'string' } }],
    ['alternatives', { type: 'object', oneOf: [{ properties: { id: {} } }] }],
    ['what may be no object', {}],
    ['a text', { type: 'string' }],
  ])('does not hold for %s', (_, body) => expect(open(body)).toBe(false))

  it('does not hold where the contract knows no such argument, and holds without a contract', () => {
    expect(namesAreOpen(contract({ type: 'object', properties: {} }), '/body')).toBe(false)
    expect(namesAreOpen(undefined, '')).toBe(true)
    expect(namesAreOpen(contract({ type: 'object' }), '')).toBe(true)
  })
})

describe('anchorOf', () => {
  const of = (inputSchema: JsonObject) => anchorOf(contract(inputSchema), '/q')
  const anchor = anchorOf(base, '/q')
  it.each<[string, JsonObject]>([
    [
      'descriptions',
      { type: 'object', properties: { q: { type: 'string', description: 'other' } }, required: ['q'] },
    ],
    [
      'other arguments',
      { type: 'object', properties: { q: { type: 'string' }, z: {} }, required: ['z', 'q'] },
    ],
  ])('does not change with %s', (_, schema) => {
    expect(of(schema)).toBe(anchor)
  })

  it.each<[string, JsonObject]>([
    ['its type', { properties: { q: { type: 'number' } }, required: ['q'] }],
    ['its values', { properties: { q: { type: 'string', enum: ['a'] } }, required: ['q'] }],
    ['requiredness', { properties: { q: { type: 'string' } } }],
    ['its removal', { properties: {}, required: ['q'] }],
  ])('changes with %s', (_, schema) => {
    expect(of(schema)).not.toBe(anchor)
  })

  it('stands for the names of all arguments at the empty path', () => {
    const renamed = contract({
      properties: { query: { type: 'string' }, n: { type: 'integer' } },
      required: ['query'],
    })
    expect(anchorOf(renamed, '')).not.toBe(anchorOf(base, ''))
    expect(anchorOf(contract({ required: ['q'], properties: { n: {}, q: {} } }), '')).toBe(anchorOf(base, ''))
  })

  it('is none without a schema', () => {
    expect(anchorOf({ tool }, '/q')).toBe('none')
  })
})

describe('contractsHash', () => {
  it('does not depend on the order, and depends on the words', () => {
    const other = { ...base, tool: { origin: 'local', name: 'other' } }
    expect(contractsHash([base, other])).toBe(contractsHash([other, base]))
    expect(contractsHash([base])).not.toBe(contractsHash([{ ...base, description: 'new' }]))
  })
})
