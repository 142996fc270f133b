import { describe, expect, it } from 'vitest'
import { estimate, estimateDifference } from './statistics.ts'

describe('intervals', () => {
  it('hold the mean, and are the same each time', () => {
    const values = Array.from({ length: 100 }, (_, index) => (index % 4 === 0 ? 1 : 0))
    const once = estimate(values)
    expect(once.mean).toBe(0.25)
    // The normal approximation gives 0.165 to 0.335.
    expect(once.low).toBeCloseTo(0.165, 1)
    expect(once.high).toBeCloseTo(0.335, 1)
    expect(estimate(values)).toEqual(once)
  })

  const evenly = (values: readonly number[]) => values.map((value) => ({ value, share: 0.5 }))

  it('of a difference hold 0 where there is none, and not where there is much', () => {
    const half = Array.from({ length: 60 }, (_, index) => index % 2)
    expect(estimateDifference(evenly(half), evenly(half)).low).toBeLessThan(0)
    expect(estimateDifference(evenly(half), evenly(half)).high).toBeGreaterThan(0)
    const all = half.map(() => 1)
    expect(estimateDifference(evenly(all), evenly(half)).low).toBeGreaterThan(0.3)
  })

  it('of a difference are not moved by what is drawn more often', () => {
    // Half of the units always succeed and are drawn evenly, the other half never does and is mostly treated.
    const drawn = (count: number, value: number, share: number) => Array(count).fill({ value, share })
    const treated = [...drawn(50, 1, 0.5), ...drawn(90, 0, 0.9)]
    const control = [...drawn(50, 1, 0.5), ...drawn(10, 0, 0.1)]
    expect(estimateDifference(treated, control).mean).toBeCloseTo(0, 10)
  })

  it('of nothing are nothing', () => {
    expect(estimate([])).toEqual({ mean: 0, low: 0, high: 0 })
  })
})
