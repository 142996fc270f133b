import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { mapValue } from './map-value.ts'

const options = { path: '/cabin', map: { Economy: 'economy', coach: 'economy', yes: true } }
const schema: JsonObject = {
  type: 'object',
  properties: { cabin: { type: 'string', enum: ['economy', 'business', 'coach'] } },
}

describe('map-value matches', () => {
  it.each<[Json, JsonObject | undefined, Json]>([
    ['Economy', undefined, 'economy'],
    ['Economy', schema, 'economy'],
    ['coach', undefined, 'economy'],
    ['yes', undefined, true],
  ])('%j', (value, contract, expected) => {
    expect(editedInput(mapValue, options, { cabin: value }, contract)).toEqual({ cabin: expected })
  })
})

describe('map-value does not match', () => {
  it.each<[string, Json, JsonObject | undefined]>([
    ['another case', 'ECONOMY', undefined],
    ['what is accepted already', 'economy', undefined],
    ['what the contract lists', 'coach', schema],
    ['a target that the contract refuses', 'yes', schema],
    ['a number', 1, undefined],
    ['an inherited name', 'toString', undefined],
  ])('%s', (_, value, contract) => {
    expect(editedInput(mapValue, options, { cabin: value }, contract)).toBeUndefined()
  })

  it('an approved call', () => {
    expect(propose(mapValue, options, callOf({ cabin: 'Economy' }, { approved: true }))).toBeUndefined()
  })
})

describe('map-value', () => {
  it('refuses a map that maps its own targets on', () => {
    expect(() => mapValue.compile({ path: '/a', map: { a: 'b', b: 'c' } })).toThrow()
  })

  it.each<[JsonObject, string]>([
    [{ Economy: 'economy', 'round trip': 'round_trip' }, 'form'],
    [{ coach: 'economy' }, 'value'],
    [{ yes: true }, 'value'],
  ])('%j is %s', (map, risk) => {
    expect(mapValue.riskFor?.({ path: '/a', map })).toBe(risk)
  })

  it('leaves its own output alone', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd')
    fc.assert(
      fc.property(fc.dictionary(word, word, { minKeys: 1 }), word, (map, value) => {
        fc.pre(Object.values(map).every((to) => !Object.hasOwn(map, to) || map[to] === to))
        const edited = editedInput(mapValue, { path: '/a', map }, { a: value })
        if (edited !== undefined) expect(editedInput(mapValue, { path: '/a', map }, edited)).toBeUndefined()
      }),
    )
  })
})
