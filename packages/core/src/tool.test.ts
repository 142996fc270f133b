import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { anchorOf, argumentSchema, contractsHash, type ToolContract, toolKey } from './tool.ts'

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
