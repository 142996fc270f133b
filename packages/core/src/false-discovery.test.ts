import { describe, expect, test } from 'vitest'
import { onlineLevel, priceOf } from './false-discovery.ts'
import { seeded } from './seeded.test.support.ts'

/** The levels of a row of candidates, of which `discovers` says which are discovered, `running` candidates later. */
function levels(
  count: number,
  discovers: (index: number) => boolean,
  running = 0,
): { levels: number[]; held: boolean } {
  const will = Array.from({ length: count }, (_, index) => discovers(index))
  const given: number[] = []
  let held = true
  for (let index = 0; index < count; index++) {
    const discovered = given.map((_, before) => before < index - running && will[before] === true)
    const spent = given.reduce((sum, level, before) => (discovered[before] ? sum : sum + priceOf(level)), 0)
    const discoveries = discovered.filter(Boolean).length
    const level = onlineLevel(0.1, { spent, discoveries })
    held &&= spent + priceOf(level) <= 0.1 * Math.max(1, discoveries) + 1e-12
    given.push(level)
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
    for (const running of [0, 5]) expect(levels(500, discovers, running).held).toBe(true)
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
    expect(level).toBeLessThan(0.015)
  }
})

test('where every other one is discovered, levels rise to the highest: what is discovered costs nothing', () => {
  const { levels: given } = levels(300, (index) => index % 2 === 1)
  expect(given.at(-1)).toBe(0.05)
})

test('nothing is promoted falsely for less than it costs', () => {
  // Rejected with probability α at a price that comes back: what it costs on average is what it may add.
  for (const level of [0.001, 0.01, 0.05]) expect((1 - level) * priceOf(level)).toBeCloseTo(level, 12)
})

test('no candidate gets more than a twentieth, and none less than nothing', () => {
  expect(onlineLevel(0.1, { spent: 0, discoveries: 1_000 })).toBe(0.05)
  expect(onlineLevel(0.1, { spent: 9, discoveries: 1 })).toBe(0)
})
