import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { wrapArgument } from './wrap-argument.ts'

const options = { path: '/body' }
const inner = { type: 'object', properties: { mode: { type: 'string' }, hours: { type: 'integer' } } }
const schema: JsonObject = { type: 'object', properties: { body: inner, note: {} }, required: ['body'] }

describe('wrap-argument matches', () => {
  it.each<[Json]>([[{ mode: 'cool' }], [{ hours: 2, mode: 'cool' }]])('%j', (input) => {
    expect(editedInput(wrapArgument, options, input, schema)).toEqual({ body: input })
  })
})

describe('wrap-argument does not match', () => {
  it.each<[string, Json, JsonObject | undefined]>([
    ['what is wrapped already', { body: { mode: 'cool' } }, schema],
    ['a name that belongs outside', { note: 'x', mode: 'cool' }, schema],
    ['a name that nobody knows', { mode: 'cool', speed: 1 }, schema],
    ['a value that does not fit inside', { mode: 1 }, schema],
    ['nothing', {}, schema],
    ['no object', ['cool'], schema],
    ['a call that fits the contract', { mode: 'cool' }, { ...schema, required: [] }],
    ['a call without contract', { mode: 'cool' }, undefined],
  ])('%s', (_, input, contract) => {
    expect(editedInput(wrapArgument, options, input, contract)).toBeUndefined()
  })

  it('an approved call', () => {
    const call = callOf({ mode: 'cool' }, { approved: true })
    expect(propose(wrapArgument, options, call, { schema })).toBeUndefined()
  })
})

it.each([[{ path: '' }], [{ path: '/a/b' }]])('wrap-argument refuses the options %j', (given) => {
  expect(() => wrapArgument.compile(given)).toThrow()
})
