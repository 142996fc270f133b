/** What the registry has spent and won by testing so far: all that a new level depends on. */
export type TestLedger = {
  /** Sum of the levels that were assigned, to whatever became of it. */
  spent: number
  /** Hypotheses rejected: interventions that came from canary to active on their evidence. */
  discoveries: number
}

/** No single candidate is promoted wrongly with a greater probability. */
const HIGHEST = 0.05
/** Part of what there is to spend that one candidate gets: levels fall slowly without discoveries, and rise with them. */
const PART = 0.05

/**
 * The error level of the next hypothesis, by which the false discovery rate over all that the registry ever tests stays
 * ≤ `target`: with levels α₁, α₂, … and R discoveries so far,
 *
 *     α₁ + … + αₜ ≤ target · max(1, R)        at every assignment, whatever is still being tested.
 *
 * Then the expected number of false promotions is ≤ target · E[max(1, R)] at any time, under any dependence between the
 * tests, because each is valid given all that went before (mFDR: Foster & Stine, "α-investing", 2008); and the false
 * discovery rate is ≤ target where the tests of what does nothing are independent, as here, where each intervention's
 * arms are drawn by themselves: LORD++ (Ramdas, Yang, Wainwright & Jordan, "Online control of the false discovery rate
 * with decaying memory", 2017) with always-valid tests (Yang, Ramdas, Jamieson & Wainwright, "A framework for
 * multi-A(rmed)/B(andit) testing with online FDR control", 2017), several at a time and decided in any order (Zrnic,
 * Ramdas & Jordan, "Asynchronous online testing of multiple hypotheses", 2021: only what is decided counts as won).
 *
 * Each hypothesis gets a fixed part of what is left, so levels never come to 0 and hover about target × the share of
 * candidates that help. e-LOND (target · γₜ · (R + 1), Xu & Ramdas, 2024) holds without independence, but its levels
 * fall with the number of candidates: at the 100th to a thousandth of what an effect of 10 points needs.
 */
export function onlineLevel(target: number, { spent, discoveries }: TestLedger): number {
  return Math.max(0, Math.min(HIGHEST, PART * (target * Math.max(1, discoveries) - spent)))
}
