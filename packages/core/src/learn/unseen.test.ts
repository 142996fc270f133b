import { expect, test } from 'vitest'
import { seeded } from '../seeded.test.support.ts'
import { estimateUnseen } from './unseen.ts'

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value)

test('all met often: next to nothing is to come', () => {
  const { share, signatures } = estimateUnseen([40, 30, 30], 60)
  expect(share.value).toBe(0)
  expect(share.high).toBeCloseTo(1 - 0.05 ** (1 / 100), 10)
  expect(signatures).toBe(0)
})

test('all met once: everything is to come', () => {
  const { share, signatures } = estimateUnseen(times(50, 1), 50)
  expect(share).toEqual({ value: 1, low: 1, high: 1 })
  expect(signatures).toBeCloseTo(((49 / 50) * (50 * 49)) / 2, 10)
})

test('nothing met: nothing is known', () => {
  expect(estimateUnseen([], 0)).toEqual({ share: { value: 0, low: 0, high: 1 }, signatures: 0 })
})

test('by the published formulas', () => {
  // 100 incidences: 10 met once, 5 twice, 8 ten times.
  const { share, signatures } = estimateUnseen([...times(10, 1), ...times(5, 2), ...times(8, 10)], 80)
  expect(share.value).toBeCloseTo(0.1, 10)
  expect(share.high - share.value).toBeCloseTo((1.96 * Math.sqrt(10 * 0.9 + 2 * 5)) / 100, 10)
  expect(signatures).toBeCloseTo(((79 / 80) * 10 * 9) / (2 * 6), 10)
})

test('the interval covers what is truly unseen in about 95 of 100 samples', () => {
  const random = seeded(7)
  // Zipf-like kinds of failures, drawn with replacement.
  const weights = times(200, 0).map((_, rank) => 1 / (rank + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const draw = (): number => {
    let left = random() * total
    return weights.findIndex((weight) => {
      left -= weight
      return left < 0
    })
  }
  let covered = 0
  const samples = 400
  for (let sample = 0; sample < samples; sample++) {
    const met = new Map<number, number>()
    for (let index = 0; index < 120; index++) {
      const kind = draw()
      met.set(kind, (met.get(kind) ?? 0) + 1)
    }
    const unseen = weights.reduce((sum, weight, kind) => sum + (met.has(kind) ? 0 : weight), 0) / total
    const { share } = estimateUnseen([...met.values()], 120)
    if (share.low <= unseen && unseen <= share.high) covered++
  }
  expect(covered / samples).toBeGreaterThan(0.9)
})
