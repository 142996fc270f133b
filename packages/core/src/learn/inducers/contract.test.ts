import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import { contract, edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { contractInducer } from './contract.ts'

const schema: JsonObject = {
  type: 'object',
  properties: { city: { type: 'string' }, distance: { type: 'number', description: 'Distance in km' } },
  required: ['city', 'distance'],
  additionalProperties: false,
}
const refused = (input: Json) =>
  episode('e', [failed(input, 'invalid arguments'), ok({ city: 'Paris', distance: 3 })], {
    contracts: [contract(schema)],
  })

describe('contract', () => {
  it('takes arguments out of an object around them', async () => {
    const [draft, ...others] = await proposed(contractInducer, [
      refused({ arguments: { city: 'Rome', distance: 5 } }),
    ])
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'unwrap-argument', options: { path: '/arguments' } })
    const call = { arguments: { city: 'Oslo', distance: 7 } }
    expect(draft && edited(draft, call, contract(schema))).toEqual({ city: 'Oslo', distance: 7 })
  })

  it('reads a number beside its unit', async () => {
    const [draft] = await proposed(contractInducer, [refused({ city: 'Rome', distance: '5 km' })])
    expect(draft).toMatchObject({ kind: 'strip-unit', options: { path: '/distance' } })
  })

  it.each<[string, Json]>([
    ['a call that is another', { town: 'Rome' }],
    ['a unit that is not the argument’s', { city: 'Rome', distance: '5 miles' }],
    ['a call that fits', { city: 'Rome', distance: 5 }],
  ])('does not propose for %s', async (_, input) => {
    expect(await proposed(contractInducer, [refused(input)])).toEqual([])
  })
})
