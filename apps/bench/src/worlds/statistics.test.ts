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

  it('of a difference hold 0 where there is none, and not where there is much', () => {
    const half = Array.from({ length: 60 }, (_, index) => index % 2)
    expect(estimateDifference(half, half).low).toBeLessThan(0)
    expect(estimateDifference(half, half).high).toBeGreaterThan(0)
    expect(
      estimateDifference(
        half.map(() => 1),
        half,
      ).low,
    ).toBeGreaterThan(0.3)
  })

  it('of nothing are nothing', () => {
    expect(estimate([])).toEqual({ mean: 0, low: 0, high: 0 })
  })
})
