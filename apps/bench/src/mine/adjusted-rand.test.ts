import { expect, it } from 'vitest'
import { adjustedRand } from './adjusted-rand.ts'

const groups = (...names: string[]) => new Map(names.map((name, index) => [`item ${index}`, name]))

it('is 1 for the same groups by other names', () => {
  expect(adjustedRand(groups('a', 'a', 'b', 'b', 'c'), groups('x', 'x', 'y', 'y', 'z'))).toBe(1)
  expect(adjustedRand(new Map(), new Map())).toBe(1)
})

it('is as computed by hand where groups differ', () => {
  // Together in both: 1 pair; in a: 2; in b: 4; of 6. Expected 8/6, at most 3.
  expect(adjustedRand(groups('a', 'a', 'b', 'b'), groups('x', 'x', 'x', 'y'))).toBeCloseTo(
    (1 - 1) / (2.5 - 1),
    10,
  )
  expect(adjustedRand(groups('a', 'a', 'a', 'b', 'b'), groups('x', 'x', 'y', 'y', 'y'))).toBeCloseTo(
    1 / 6,
    10,
  )
})

it('is far below 1 where one lost an item of a group', () => {
  expect(adjustedRand(groups('a', 'a', 'a', 'a'), groups('x', 'x', 'x'))).toBeLessThan(0.6)
})
