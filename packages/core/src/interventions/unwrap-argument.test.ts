import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { unwrapArgument } from './unwrap-argument.ts'

const options = { path: '/arguments' }
const schema: JsonObject = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city'],
  additionalProperties: false,
}

describe('unwrap-argument matches', () => {
  it.each<[string, Json]>([
    ['an object around the arguments', { arguments: { city: 'Paris' } }],
    ['their JSON text', { arguments: '{"city": "Paris"}' }],
    ['almost JSON', { arguments: "{'city': 'Paris'}" }],
    ['an envelope', { id: 'c1', type: 'function', name: 'tool', arguments: { city: 'Paris' } }],
  ])('%s', (_, input) => {
    expect(editedInput(unwrapArgument, options, input, schema)).toEqual({ city: 'Paris' })
  })

  it('a value that is wrong inside as it was outside', () => {
    const inner = { city: 'Paris', days: '2' }
    const action = propose(unwrapArgument, options, callOf({ arguments: inner }), {
      schema,
      newIssues: () => [],
    })
    expect(action).toMatchObject({ call: { input: inner } })
  })
})

describe('unwrap-argument does not match', () => {
  it.each<[string, Json]>([
    ['arguments that stand where they should', { city: 'Paris' }],
    ['something else beside it', { arguments: { city: 'Paris' }, days: 2 }],
    ['a name beside it that is not the tool', { name: 'other', arguments: { city: 'Paris' } }],
    ['names that the contract does not know', { arguments: { town: 'Paris' } }],
    ['a text cut short', { arguments: '{"city": "Par' }],
    ['no object', { arguments: ['Paris'] }],
    ['another fault that it would bring in', { arguments: { city: 1 } }],
  ])('%s', (_, input) => {
    expect(editedInput(unwrapArgument, options, input, schema)).toBeUndefined()
  })

  it.each<[string, Json, JsonObject | undefined]>([
    ['a call without contract', { arguments: { city: 'Paris' } }, undefined],
    [
      'an argument of that name',
      { arguments: { city: 'Paris' } },
      { ...schema, properties: { arguments: { type: 'string' }, city: { type: 'string' } } },
    ],
    [
      'a call that fits the contract',
      { arguments: { city: 'Paris' } },
      { type: 'object', properties: { city: { type: 'string' } } },
    ],
  ])('%s', (_, input, contract) => {
    expect(editedInput(unwrapArgument, options, input, contract)).toBeUndefined()
  })

  it('an approved call', () => {
    const call = callOf({ arguments: { city: 'Paris' } }, { approved: true })
    expect(propose(unwrapArgument, options, call, { schema })).toBeUndefined()
  })
})

describe('unwrap-argument', () => {
  it.each([[{ path: '' }], [{ path: '/a/b' }], [{ path: '/a/*' }]])('refuses the options %j', (given) => {
    expect(() => unwrapArgument.compile(given)).toThrow()
  })

  it('leaves its own output alone', () => {
    const edited = editedInput(unwrapArgument, options, { arguments: { city: 'Paris' } }, schema)
    expect(editedInput(unwrapArgument, options, edited as Json, schema)).toBeUndefined()
  })
})
