import { seeded } from '../activation/random.ts'

/** A mean with its 95 % interval. */
export type Estimate = { mean: number; low: number; high: number }

const RESAMPLES = 2_000

/** Percentile bootstrap over independent units; of pairs, hand in one difference for each. */
export function estimate(values: readonly number[]): Estimate {
  return bootstrap((random) => mean(resampled(values, random)), mean(values))
}

/** Of the difference between the means of two independent groups. */
export function estimateDifference(a: readonly number[], b: readonly number[]): Estimate {
  const difference = mean(a) - mean(b)
  return bootstrap((random) => mean(resampled(a, random)) - mean(resampled(b, random)), difference)
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

function resampled(values: readonly number[], random: () => number): number[] {
  return values.map(() => values[Math.floor(random() * values.length)] as number)
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
