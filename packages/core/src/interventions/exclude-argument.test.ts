import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { excludeArgument } from './exclude-argument.ts'

const options = { keep: '/parent/list', without: ['page', 'type'] }

describe('exclude-argument matches', () => {
  it.each<[JsonObject, Json, Json]>([
    [options, { parent: { page: 'p', type: 't', list: 'l' }, n: 1 }, { parent: { list: 'l' }, n: 1 }],
    [{ keep: '/id', without: ['name'] }, { id: 7, name: 'x' }, { id: 7 }],
  ])('%j: %j → %j', (given, input, expected) => {
    expect(editedInput(excludeArgument, given, input)).toEqual(expected)
  })
})

describe('exclude-argument does not match', () => {
  it.each<Json>([
    { parent: { list: 'l' } },
    { parent: { page: 'p', type: 't' } },
    { parent: { page: 'p', list: 'l' } },
    { parent: { page: 'p', type: 't', list: null } },
    { parent: 'l' },
    {},
  ])('%j', (input) => expect(editedInput(excludeArgument, options, input)).toBeUndefined())

  it('what the contract requires', () => {
    const schema = { type: 'object', properties: { id: {}, name: {} }, required: ['name'] }
    expect(
      editedInput(excludeArgument, { keep: '/id', without: ['name'] }, { id: 7, name: 'x' }, schema),
    ).toBeUndefined()
  })

  it('itself', () => {
    expect(() => excludeArgument.compile({ keep: '/id', without: ['id'] })).toThrow()
  })
})
