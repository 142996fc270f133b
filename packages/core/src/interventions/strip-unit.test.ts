import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { stripUnit } from './strip-unit.ts'

const of = (type: Json): JsonObject => ({
  type: 'object',
  properties: { a: { type }, l: { type: 'array', items: { type } } },
})
const options = { path: '/a', units: ['km', '$', '%', 'passengers'] }

describe('strip-unit matches', () => {
  it.each<[string, string, number]>([
    ['number', '5 km', 5],
    ['number', '5km', 5],
    ['number', '-2.5 KM', -2.5],
    ['number', '$20', 20],
    ['integer', '$ 20', 20],
    ['integer', '30%', 30],
    ['integer', '2 passengers', 2],
  ])('%s: %j → %j', (type, value, expected) => {
    expect(editedInput(stripUnit, options, { a: value }, of(type))).toEqual({ a: expected })
  })

  it('every element, also beside plain numbers', () => {
    const each = { path: '/l/*', units: ['km'] }
    expect(editedInput(stripUnit, each, { l: ['5 km', 7] }, of('number'))).toEqual({ l: [5, 7] })
  })
})

describe('strip-unit does not match', () => {
  it.each<[string, Json, Json]>([
    ['another unit', 'number', '5 miles'],
    ['no unit', 'number', '5'],
    ['two units', 'number', '$5 km'],
    ['two numbers', 'number', '5-7 km'],
    ['a sum', 'number', '5 km 200 m'],
    ['grouped digits', 'number', '1,000 km'],
    ['a decimal comma', 'number', '2,5 km'],
    ['leading zeros', 'number', '007 km'],
    ['a fraction where a whole number is wanted', 'integer', '2.5 km'],
    ['a text where text is wanted', 'string', '5 km'],
    ['a text where text is allowed', ['string', 'number'], '5 km'],
    ['a flag', 'number', true],
    ['words before it', 'number', 'about 5 km'],
    ['a unit that its capitals make another', 'number', '5 kM'],
  ])('%s', (_, type, value) => {
    expect(editedInput(stripUnit, options, { a: value }, of(type))).toBeUndefined()
  })

  it('a list of which one element cannot be read', () => {
    const each = { path: '/l/*', units: ['km'] }
    expect(editedInput(stripUnit, each, { l: ['5 km', '7 mi'] }, of('number'))).toBeUndefined()
  })

  it('an approved call, and one without contract', () => {
    const call = callOf({ a: '5 km' }, { approved: true })
    expect(propose(stripUnit, options, call, { schema: of('number') })).toBeUndefined()
    expect(editedInput(stripUnit, options, { a: '5 km' })).toBeUndefined()
  })
})

it('strip-unit keeps the number that was written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.constantFrom('km', ' km', '%', ' passengers'),
      (n, unit) => {
        expect(editedInput(stripUnit, options, { a: `${n}${unit}` }, of('integer'))).toEqual({ a: n })
      },
    ),
  )
})
