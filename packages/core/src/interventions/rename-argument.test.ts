import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { renameArgument } from './rename-argument.ts'

const options = { from: '/order', to: '/order_id' }
const schema: JsonObject = {
  type: 'object',
  properties: { order_id: { type: 'string' }, note: { type: 'string' } },
  required: ['order_id'],
  additionalProperties: false,
}

describe('rename-argument matches', () => {
  it.each<[string, JsonObject, Json, JsonObject | undefined, string]>([
    [
      'the wrong name, keeping the order',
      options,
      { note: 'x', order: 'W1', z: 1 },
      undefined,
      '{"note":"x","order_id":"W1","z":1}',
    ],
    ['what the contract misses', options, { order: 'W1' }, schema, '{"order_id":"W1"}'],
    [
      'beside other faults, which stay',
      options,
      { order: 'W1', note: 1 },
      schema,
      '{"order_id":"W1","note":1}',
    ],
    [
      'every element',
      { from: '/i/*/a', to: '/i/*/b' },
      { i: [{ a: 1 }, {}, { a: 2 }] },
      undefined,
      '{"i":[{"b":1},{},{"b":2}]}',
    ],
    [
      'a name in an object that the contract leaves open',
      { from: '/body/order', to: '/body/order_id' },
      { body: { order: 'W1' } },
      { type: 'object', properties: { body: { type: 'object' } } },
      '{"body":{"order_id":"W1"}}',
    ],
    ['a null', options, { order: null }, undefined, '{"order_id":null}'],
  ])('%s', (_, given, input, contract, expected) => {
    expect(JSON.stringify(editedInput(renameArgument, given, input, contract))).toBe(expected)
  })
})

describe('rename-argument does not match', () => {
  it.each<[string, JsonObject, Json, JsonObject | undefined]>([
    ['the right name', options, { order_id: 'W1' }, schema],
    ['both names', options, { order: 'W1', order_id: 'W2' }, undefined],
    ['a value that does not fit the new name', options, { order: 1 }, schema],
    ['a name that the contract knows', { from: '/note', to: '/order_id' }, { note: 'W1' }, schema],
    ['a new name that the contract does not know', { from: '/order', to: '/id' }, { order: 'W1' }, schema],
    [
      'an object of which the contract knows other names',
      { from: '/body/order', to: '/body/order_id' },
      { body: { order: 'W1' } },
      { type: 'object', properties: { body: { type: 'object', properties: { note: {} } } } },
    ],
    [
      'one element of which has both',
      { from: '/i/*/a', to: '/i/*/b' },
      { i: [{ a: 1 }, { a: 1, b: 2 }] },
      undefined,
    ],
    ['no object', options, 'W1', undefined],
    ['an inherited name', { from: '/toString', to: '/b' }, {}, undefined],
  ])('%s', (_, given, input, contract) => {
    expect(editedInput(renameArgument, given, input, contract)).toBeUndefined()
  })

  it('an approved call', () => {
    expect(propose(renameArgument, options, callOf({ order: 'W1' }, { approved: true }))).toBeUndefined()
  })

  it('arguments that did not parse', () => {
    expect(propose(renameArgument, options, callOf(undefined, { rawInput: '{' }))).toBeUndefined()
  })
})

describe('rename-argument', () => {
  it.each([
    [{ from: '/a', to: '/a' }],
    [{ from: '/a', to: '/b/c' }],
    [{ from: '', to: '/b' }],
    [{ from: '/a/*', to: '/a/b' }],
  ])('refuses the options %j', (given) => {
    expect(() => renameArgument.compile(given)).toThrow()
  })

  it('leaves its own output and every other call alone', () => {
    const calls = fc.dictionary(
      fc.constantFrom('order', 'order_id', 'note', '__proto__'),
      fc.jsonValue({ maxDepth: 2 }),
    )
    fc.assert(
      fc.property(calls, (input) => {
        const edited = editedInput(renameArgument, options, input as JsonObject)
        const concerned = Object.hasOwn(input, 'order') && !Object.hasOwn(input, 'order_id')
        expect(edited !== undefined).toBe(concerned)
        if (edited !== undefined) expect(editedInput(renameArgument, options, edited)).toBeUndefined()
      }),
    )
  })
})
