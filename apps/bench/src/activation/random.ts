/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function wholeUpTo(most: number, random: () => number): number {
  return 1 + Math.floor(random() * most)
}

/** In random order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items]
  for (let at = left.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[left[at], left[other]] = [left[other] as T, left[at] as T]
  }
  return left
}

/** A rate about `mean`, beta-distributed so that two trials at it correlate by `correlation`. */
export function betaRate(mean: number, correlation: number, random: () => number): number {
  if (correlation <= 0) return mean
  const size = (1 - correlation) / correlation
  const successes = gamma(mean * size, random)
  const failures = gamma((1 - mean) * size, random)
  return successes + failures === 0 ? mean : successes / (successes + failures)
}

/** Marsaglia & Tsang, "A simple method for generating gamma variables" (2000). */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
