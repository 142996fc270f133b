import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json } from '../json.ts'
import { respellValue } from './respell-value.ts'

const snake = { path: '/key', case: 'lower', mark: '_', first: ['L'], rest: ['L', 'DL'] }

describe('respell-value matches', () => {
  it.each([
    ['order_Anna', 'order_anna'],
    ['Gym 3x a week', 'gym_3x_a_week'],
  ])('%j → %j', (key, expected) => {
    expect(editedInput(respellValue, snake, { key, value: 'Kept As It Is' })).toEqual({
      key: expected,
      value: 'Kept As It Is',
    })
  })
})

describe('respell-value does not match', () => {
  it.each<Json>(['order_anna', 'q1_report', "Anna's order", 7, null, ['A b']])('%j', (key) => {
    expect(editedInput(respellValue, snake, { key })).toBeUndefined()
  })

  it('what would break the contract then', () => {
    const schema = { type: 'object', properties: { key: { type: 'string', pattern: '^[A-Z]' } } }
    expect(editedInput(respellValue, snake, { key: 'Order' }, schema)).toBeUndefined()
  })
})
