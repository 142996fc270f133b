import { describe, expect, test } from 'vitest'
import { onlineLevel } from './false-discovery.ts'
import { seeded } from './seeded.test.support.ts'

/** The levels of a row of candidates, of which `discovers` says which are discovered. */
function levels(count: number, discovers: (index: number) => boolean): { levels: number[]; held: boolean } {
  const given: number[] = []
  let spent = 0
  let discoveries = 0
  let held = true
  for (let index = 0; index < count; index++) {
    const level = onlineLevel(0.1, { spent, discoveries })
    given.push(level)
    spent += level
    held &&= spent <= 0.1 * Math.max(1, discoveries) + 1e-12
    if (discovers(index)) discoveries++
  }
  return { levels: given, held }
}

describe('what is spent never exceeds what discoveries bear', () => {
  test.each<[string, (index: number) => boolean]>([
    ['nothing is discovered', () => false],
    ['everything is', () => true],
    ['every tenth is', (index) => index % 10 === 9],
    [
      'some are',
      (
        (random) => () =>
          random() < 0.2
      )(seeded(3)),
    ],
    ['only at the end', (index) => index > 400],
  ])('when %s', (_, discovers) => {
    expect(levels(500, discovers).held).toBe(true)
  })
})

test('levels never come to nothing, and rise with each discovery after the first', () => {
  const without = levels(300, () => false).levels
  expect(without.every((level) => level > 0)).toBe(true)
  expect(without[299]).toBeLessThan(without[0] as number)
  expect(onlineLevel(0.1, { spent: 0.08, discoveries: 1 })).toBe(
    onlineLevel(0.1, { spent: 0.08, discoveries: 0 }),
  )
  expect(onlineLevel(0.1, { spent: 0.08, discoveries: 2 })).toBeGreaterThan(
    onlineLevel(0.1, { spent: 0.08, discoveries: 1 }),
  )
})

test('where every tenth is discovered, a typical level is near a hundredth, however many came before', () => {
  const { levels: given } = levels(2_000, (index) => index % 10 === 9)
  for (const level of given.slice(200)) {
    expect(level).toBeGreaterThan(0.006)
    expect(level).toBeLessThan(0.013)
  }
})

test('no candidate gets more than a twentieth, and none less than nothing', () => {
  expect(onlineLevel(0.1, { spent: 0, discoveries: 1_000 })).toBe(0.05)
  expect(onlineLevel(0.1, { spent: 9, discoveries: 1 })).toBe(0)
})
