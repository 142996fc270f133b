import { expect, it } from 'vitest'
import { quantile } from './quantiles.ts'

it('takes the nearest rank and leaves the samples alone', () => {
  const samples = [5, 1, 4, 2, 3]
  expect(quantile(samples, 0.5)).toBe(3)
  expect(quantile(samples, 0.99)).toBe(5)
  expect(quantile(samples, 0)).toBe(1)
  expect(quantile([], 0.5)).toBeNaN()
  expect(samples).toEqual([5, 1, 4, 2, 3])
})
