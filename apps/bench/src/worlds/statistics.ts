import { seeded } from '../activation/random.ts'

/** A mean with its 95 % interval. */
export type Estimate = { mean: number; low: number; high: number }

const RESAMPLES = 2_000

/** Percentile bootstrap over independent units; of pairs, hand in one difference for each. */
export function estimate(values: readonly number[]): Estimate {
  return bootstrap((random) => mean(resampled(values, random)), mean(values))
}

/** What came of one unit, and the probability with which it was drawn for its arm. */
export type Drawn = { value: number; share: number }

/**
 * Of the difference between the means of two groups that were drawn with different probabilities: each counts for those
 * like it that were drawn for the other arm. Otherwise what is drawn more often would be compared with something else.
 */
export function estimateDifference(a: readonly Drawn[], b: readonly Drawn[]): Estimate {
  const difference = weighted(a) - weighted(b)
  return bootstrap((random) => weighted(resampled(a, random)) - weighted(resampled(b, random)), difference)
}

function weighted(drawn: readonly Drawn[]): number {
  const weights = drawn.reduce((sum, { share }) => sum + 1 / share, 0)
  return drawn.length === 0 ? 0 : drawn.reduce((sum, { value, share }) => sum + value / share, 0) / weights
}

function bootstrap(draw: (random: () => number) => number, value: number): Estimate {
  const random = seeded(1)
  const drawn = Array.from({ length: RESAMPLES }, () => draw(random)).sort((a, b) => a - b)
  return {
    mean: value,
    low: drawn[Math.floor(0.025 * RESAMPLES)] as number,
    high: drawn[Math.ceil(0.975 * RESAMPLES) - 1] as number,
  }
}

function resampled<Value>(values: readonly Value[], random: () => number): Value[] {
  return values.map(() => values[Math.floor(random() * values.length)] as Value)
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
