import { expect, it } from 'vitest'
import { upperBound } from './upper-bound.ts'

it.each([
  [0, 0, 1],
  [0, 100, 0.02951],
  [1, 100, 0.04656],
  [5, 50, 0.1988],
  [3, 3, 1],
])('bounds the rate of %i of %i', (k, n, bound) => expect(upperBound(k, n)).toBeCloseTo(bound, 3))
