import { expect, it } from 'vitest'
import { plainSpelling } from './spelling.ts'

it.each([
  ['orderId', 'order_id'],
  ['Order ID', 'order-id'],
  ['IN_PROGRESS', 'in progress'],
  ['get__user', 'getUser'],
  ['math.gcd', 'math_gcd'],
  ['v1_beta', 'v1beta'],
  [' economy ', 'Economy'],
  ['Größe_cm', 'größeCm'],
])('%s and %s are one spelling', (one, other) => {
  expect(plainSpelling(one)).toBe(plainSpelling(other))
})

it.each([
  ['-5', '5'],
  ['1-2', '12'],
  ['1.5', '15'],
  ['<=', '<'],
  ['A-', 'A'],
  ['user', 'users'],
  ['c', 'c++'],
  ['_id', 'id'],
  ['résumé', 'resume'],
])('%s and %s are two', (one, other) => {
  expect(plainSpelling(one)).not.toBe(plainSpelling(other))
})
