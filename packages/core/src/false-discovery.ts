/** What the registry has spent and won by testing so far: all that a new level depends on. */
export type TestLedger = {
  /** What the hypotheses cost that were not rejected, or not yet: the sum of `priceOf` their levels. */
  spent: number
  /** Hypotheses rejected: interventions that came from canary to active on their evidence. */
  discoveries: number
}

/** No single candidate is promoted wrongly with a greater probability. */
const HIGHEST = 0.05
/** Part of what there is to spend that one candidate gets: levels fall slowly without discoveries, and rise with them. */
const PART = 0.05

/** What a test at this level costs from the moment it begins; whoever is discovered gets it back. */
export function priceOf(level: number): number {
  return level / (1 - level)
}

/**
 * The error level of the next hypothesis, by which the false discovery rate over all that the registry ever tests stays
 * ≤ `target`: with levels α₁, α₂, … and R discoveries so far,
 *
 *     Σ αᵢ / (1 − αᵢ), over those not discovered,  ≤  target · max(1, R)     at every assignment.
 *
 * Why: a valid test of what does nothing is rejected with probability ≤ αᵢ given all that went before, so it costs
 * ≥ (1 − αᵢ) · αᵢ / (1 − αᵢ) = αᵢ on average, which is no less than what it adds to the false promotions. Hence their
 * expected number is ≤ target · E[max(1, R)] under any dependence between the tests (mFDR: α-investing, Foster & Stine,
 * 2008); and the false discovery rate is ≤ target where the tests of what does nothing are independent, as here, where
 * each intervention's arms are drawn by themselves, because levels only rise with discoveries (SAFFRON with λᵢ = αᵢ;
 * Ramdas, Zrnic, Wainwright & Jordan, "SAFFRON: an adaptive algorithm for online control of the false discovery rate",
 * 2018), with always-valid tests (Yang, Ramdas, Jamieson & Wainwright, "A framework for multi-A(rmed)/B(andit) testing
 * with online FDR control", 2017), several at a time and decided in any order (Zrnic, Ramdas & Jordan, "Asynchronous
 * online testing of multiple hypotheses", 2021: only what is decided counts as won).
 *
 * Each hypothesis gets a fixed part of what is left, so levels never come to 0 and hover about target × the odds that a
 * candidate helps. e-LOND (target · γₜ · (R + 1), Xu & Ramdas, 2024) holds without independence, but its levels fall
 * with the number of candidates: at the 100th to a thousandth of what an effect of 10 points needs.
 */
export function onlineLevel(target: number, { spent, discoveries }: TestLedger): number {
  return Math.max(0, Math.min(HIGHEST, PART * (target * Math.max(1, discoveries) - spent)))
}
