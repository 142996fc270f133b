import { logEvidence } from '../activation.ts'

/** One episode that was drawn: into which arm, and with what probability of treatment, in (0, 1). */
export type Draw = { treated: boolean; treatedShare: number }

export type SampleRatio = {
  episodes: number
  treated: number
  /** Episodes that should have been treated. */
  expected: number
  /** log of the e-value against "the arms were drawn as stated"; 0 where nothing was drawn. */
  logEvidence: number
}

/** Shifts of the log-odds of treatment over which the test is mixed, in both directions. */
const SHIFTS: readonly number[] = [-2.4, -1.2, -0.6, -0.3, 0.3, 0.6, 1.2, 2.4]

/**
 * Were the episodes drawn into the arms as they should have been? Where not, whoever enters an arm differs from who
 * enters the other, and no comparison of the two means anything (a host that gives one id to many runs, one that loses
 * the events of a failing arm). Each draw multiplies the wealth of a bet that the odds of treatment are shifted by
 * q(arm)/p(arm), a martingale under the stated probabilities, so that the mixture exceeds 1/α with probability ≤ α at
 * any time, however often somebody looks (Lindon & Malek, "Anytime-valid inference for multinomial count data", 2022).
 */
export function sampleRatio(draws: Iterable<Draw>): SampleRatio {
  const wealth = SHIFTS.map(() => 0)
  const counts = { episodes: 0, treated: 0, expected: 0 }
  for (const { treated, treatedShare } of draws) {
    counts.episodes++
    counts.expected += treatedShare
    if (treated) counts.treated++
    for (const [index, shift] of SHIFTS.entries()) {
      const odds = (treatedShare / (1 - treatedShare)) * Math.exp(shift)
      const shifted = odds / (1 + odds)
      const ratio = treated ? shifted / treatedShare : (1 - shifted) / (1 - treatedShare)
      wealth[index] = (wealth[index] as number) + Math.log(ratio)
    }
  }
  return { ...counts, logEvidence: logEvidence(wealth) }
}
