import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { dropArgument } from './drop-argument.ts'

const closed: JsonObject = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    items: { type: 'array', items: { type: 'object', properties: {}, additionalProperties: false } },
  },
  required: ['city'],
  additionalProperties: false,
}
const drop = { path: '/why' }
const empty = { path: '/why', only: 'empty' }

describe('drop-argument matches', () => {
  it.each<[JsonObject, Json, Json]>([
    [drop, { city: 'Paris', why: 'asked for' }, { city: 'Paris' }],
    [drop, { why: null, city: 'Paris' }, { city: 'Paris' }],
    [empty, { city: 'Paris', why: null }, { city: 'Paris' }],
    [empty, { city: 'Paris', why: '' }, { city: 'Paris' }],
    [empty, { city: 'Paris', why: [] }, { city: 'Paris' }],
    [empty, { city: 'Paris', why: {} }, { city: 'Paris' }],
    [{ path: '/items/*/x' }, { city: 'P', items: [{ x: 1 }, {}] }, { city: 'P', items: [{}, {}] }],
  ])('%j: %j → %j', (options, input, expected) => {
    expect(editedInput(dropArgument, options, input, closed)).toEqual(expected)
  })
})

describe('drop-argument does not match', () => {
  it.each<[string, JsonObject, Json, JsonObject | undefined]>([
    ['a call without it', drop, { city: 'Paris' }, closed],
    ['an argument that the contract knows', { path: '/city' }, { city: 1 }, closed],
    [
      'a contract that lets it pass',
      drop,
      { city: 'Paris', why: 'x' },
      { ...closed, additionalProperties: true },
    ],
    ['a call without contract', drop, { why: 'x' }, undefined],
    ['what says something', empty, { city: 'Paris', why: 'x' }, closed],
    ['what says no', empty, { city: 'Paris', why: false }, closed],
    ['what says zero', empty, { city: 'Paris', why: 0 }, closed],
  ])('%s', (_, options, input, schema) => {
    expect(editedInput(dropArgument, options, input, schema)).toBeUndefined()
  })

  it('an approved call', () => {
    const call = callOf({ city: 'Paris', why: 'x' }, { approved: true })
    expect(propose(dropArgument, drop, call, { schema: closed })).toBeUndefined()
  })
})

describe('drop-argument', () => {
  it('is form only where nothing is said', () => {
    expect(dropArgument.riskFor?.(empty)).toBe('form')
    expect(dropArgument.riskFor?.(drop)).toBe('value')
  })

  it.each([[{ path: '' }], [{ path: '/a/*' }]])('refuses the options %j', (given) => {
    expect(() => dropArgument.compile(given)).toThrow()
  })
})
