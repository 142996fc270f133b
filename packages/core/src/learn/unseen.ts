import { zeroOfUpperBound } from '../activation.ts'

/** An estimate with its 95 % interval. */
export type Estimate = { value: number; low: number; high: number }

export type Unseen = {
  /** Share of what comes next that has a signature never seen before. */
  share: Estimate
  /** Signatures that exist and were not seen yet, at least. */
  signatures: number
}

/**
 * What is still to come, from how often each signature was met. The sampling unit is the episode, as everywhere:
 * attempts within one repeat each other, and counted by the call everything would seem to be known. Hence `incidences`
 * holds, for each signature, the episodes that showed it.
 *
 * The share is Good and Turing's (Good, "The population frequencies of species and the estimation of population
 * parameters", Biometrika 1953): of all incidences, those of signatures met once. Its interval is Esty's normal limit
 * ("A normal limit law for a nonparametric estimator of the coverage of a random sample", Annals of Statistics 1983);
 * where all were met more than once its upper end is that of a proportion seen 0 times. The number is Chao's lower
 * bound for incidences, bias-corrected ("Estimating the population size for capture-recapture data with unequal
 * catchability", Biometrics 1987).
 */
export function estimateUnseen(incidences: readonly number[], episodes: number): Unseen {
  const total = incidences.reduce((sum, one) => sum + one, 0)
  if (total === 0) return { share: { value: 0, low: 0, high: 1 }, signatures: 0 }
  const once = incidences.filter((one) => one === 1).length
  const twice = incidences.filter((one) => one === 2).length
  const value = once / total
  const reach = (1.96 * Math.sqrt(once * (1 - value) + 2 * twice)) / total
  const shrunk = episodes > 0 ? (episodes - 1) / episodes : 0
  return {
    share: {
      value,
      low: Math.max(0, value - reach),
      high: Math.min(1, Math.max(value + reach, zeroOfUpperBound(total))),
    },
    signatures: once < 2 ? 0 : (shrunk * once * (once - 1)) / (2 * (twice + 1)),
  }
}
