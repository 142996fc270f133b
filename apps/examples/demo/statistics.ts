/** An average with its 95 % interval. */
export type Estimate = { mean: number; low: number; high: number }

const RESAMPLES = 4_000

/**
 * Percentile bootstrap over independent units (here: seeds). For a paired difference, hand in one difference for each
 * unit. The same values give the same interval.
 */
export function estimate(values: readonly number[]): Estimate {
  const random = generator(values.length)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let draw = 0; draw < values.length; draw++)
      sum += values[Math.floor(random() * values.length)] as number
    return sum / values.length
  }).sort((a, b) => a - b)
  return { mean: mean(values), low: means[0.025 * RESAMPLES]!, high: means[0.975 * RESAMPLES - 1]! }
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The 95 % upper bound of a proportion of which 0 of n were seen (Clopper–Pearson). */
export function upperBoundOfNone(examined: number): number {
  return examined === 0 ? 1 : 1 - 0.05 ** (1 / examined)
}
