import { expect, test } from 'vitest'
import { nearestNames } from './nearest.ts'

const KNOWN = [
  'contract.type',
  'contract.value',
  'state.not_found',
  'state.conflict',
  'affix-value-0123456789ab',
]

test.each([
  ['contract.tipe', ['contract.type']],
  ['state.notfound', ['state.not_found']],
  ['State.Not_Found', ['state.not_found']],
  ['not_found', ['state.not_found']],
  ['afix-value', ['affix-value-0123456789ab']],
])('%s is near', (typed, [first]) => {
  expect(nearestNames(typed, KNOWN)[0]).toBe(first)
})

test.each(['something-else', 'zzz', 'payment.declined.twice'])('%s is near nothing', (typed) => {
  expect(nearestNames(typed, KNOWN)).toEqual([])
})
