/** One-sided 95 % upper bound of a rate after k of n (Clopper and Pearson 1934); 1 where nothing was examined. */
export function upperBound(k: number, n: number): number {
  if (k >= n) return 1
  if (k === 0) return 1 - 0.05 ** (1 / n)
  let low = k / n
  let high = 1
  for (let step = 0; step < 50; step++) {
    const rate = (low + high) / 2
    if (atMost(k, n, rate) > 0.05) low = rate
    else high = rate
  }
  return high
}

/** P(at most k of n) at a rate in (0, 1). */
function atMost(k: number, n: number, rate: number): number {
  let log = n * Math.log1p(-rate)
  let sum = Math.exp(log)
  for (let hits = 1; hits <= k; hits++) {
    log += Math.log((n - hits + 1) / hits) + Math.log(rate / (1 - rate))
    sum += Math.exp(log)
  }
  return sum
}
