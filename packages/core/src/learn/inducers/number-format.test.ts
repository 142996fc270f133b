import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { numberFormatInducer } from './number-format.ts'

const price = (value: Json) => ({ price: value, item: 'a thing' })
const repair = (before: Json, after: Json) => [
  episode('e', [failed(price(before), 'not a number'), ok(price(after))]),
]

describe('number-format', () => {
  it.each<[Json, Json, string, string, Json, Json]>([
    ['1,234.50', 1234.5, '#,###.#', 'number', '2,000.25', 2000.25],
    ['1.234.567,5', '1234567.5', '#.###,#', 'text', '2.000,25', '2000.25'],
  ])('reads %j as %j', async (before, after, from, to, next, expected) => {
    const [draft, ...others] = await proposed(numberFormatInducer, repair(before, after))
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'reformat-value', options: { path: '/price', from, to } })
    expect(draft && edited(draft, price(next))).toEqual(price(expected))
  })

  it.each<[string, Json, Json]>([
    ['what could be a fraction', '1,234', 1234],
    ['another number', '1,234.50', 1235],
    ['a number without groups', '1234.50', 1234.5],
  ])('does not propose for %s', async (_, before, after) => {
    expect(await proposed(numberFormatInducer, repair(before, after))).toEqual([])
  })

  it('does not propose where the tool takes such numbers', async () => {
    const accepted = episode('s', [ok(price('2,000.25'))])
    expect(await proposed(numberFormatInducer, [accepted, ...repair('1,234.50', 1234.5)])).toEqual([])
  })
})
