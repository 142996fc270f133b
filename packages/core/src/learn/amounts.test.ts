import { expect, it } from 'vitest'
import { numbersIn, sumOf } from './amounts.ts'

it('reads the numbers of a message', () => {
  expect(numbersIn('total price is 1,375.50, but paid 299')).toEqual([1375.5, 299])
  expect(numbersIn('none')).toEqual([])
})

it('adds amounts to the cent, and nothing else', () => {
  expect(sumOf([0.1, 0.2])).toBe(0.3)
  expect(sumOf([])).toBeUndefined()
  expect(sumOf([1, '2'])).toBeUndefined()
})
