/**
 * Always-valid tests of "arm and outcome have nothing to do with each other", by betting. Each bettor stakes a share of
 * its wealth on every episode before its arm and outcome are seen; the game is fair, or unfavourable, under the null
 * hypothesis, so the summed wealth exceeds 1/α with probability ≤ α at any time, under any peeking schedule (Ville's
 * inequality; Shafer, "Testing by betting", 2021; Ramdas, Grünwald, Vovk & Shafer, "Game-theoretic statistics and safe
 * anytime-valid inference", 2023).
 *
 * The game. An episode is treated with a known probability π, A is its arm and Y its outcome (0 or 1), m a success rate
 * foreseen from earlier episodes alone. Then
 *
 *     X = 2 (A − π)(Y − m) / √(m(1 − m))     has mean 2π(1 − π)(p₁ − p₀) / √(m(1 − m))
 *
 * whatever the success rates p₁ treated and p₀ control are, because the layer itself draws the arm: mean 0 without an
 * effect, ≤ 0 where treatment does worse. Wealth multiplies by 1 + f·X, f ≥ 0 fixed beforehand and small enough that
 * nothing can be lost beyond what is there. This is the generic e-variable of Turner, Ly & Grünwald, "Generic
 * E-variables for exact sequential k-sample tests that allow for optional stopping" (2024), with the arm drawn instead
 * of fixed in blocks: p_arm(Y) / (π·p₁(Y) + (1−π)·p₀(Y)) = 1 + f·X for f = (p₁ − p₀) / (2√(m(1 − m))).
 *
 * An episode carries 4π(1 − π) units of information: 1 where arms are even, 0.36 at a hold-out of a tenth.
 */

/**
 * `effect`: stakes the same f always, the best one for a difference of 2f standard deviations of the outcome.
 * `deadline`: stakes what makes it most probable to come to the goal before so much information is used up, for whatever
 * effect there is: the wealth it needs is that of an option that pays the goal if the z-statistic at the deadline is
 * significant (Browne, "Reaching goals by a deadline: digital options and continuous-time active portfolio management",
 * 1999), which makes it as powerful as the test of fixed size, and it is done as soon as the fixed-size test is
 * foreseeably won (stochastic curtailment; Lan, Simon & Halperin, 1982). `again`: the next deadline is as far away as
 * the last one was; otherwise twice as far.
 */
export type Bettor = { share: number } & ({ effect: number } | { deadline: number; again?: true })

export type SequentialTest = {
  /** Their shares of the initial wealth add up to 1. */
  bettors: readonly Bettor[]
  /**
   * Part of the whole wealth that is dealt out anew after each episode, in the initial shares: so that what changes its
   * nature late finds bettors that are not ruined yet (fixed share; Herbster & Warmuth, "Tracking the best expert",
   * 1998). Dealing out wealth changes no sum, so the test stays valid.
   */
  renewal?: number
}

/** One outcome as the bettors see it: what it pays per unit staked, and the most that could have been lost. */
export type Stake = { pays: number; worst: number }

/** The wealth of each bettor before anything was seen. */
export function openWealth({ bettors }: SequentialTest): number[] {
  return bettors.map(({ share }) => share)
}

/** log of the summed wealth: the evidence against the null hypothesis, 0 at the start. */
export function logEvidence(wealth: readonly number[]): number {
  return Math.log(sumOf(wealth))
}

function sumOf(wealth: readonly number[]): number {
  let sum = 0
  for (const one of wealth) sum += one
  return sum
}

/**
 * What an episode pays those who bet on a benefit (`direction` 1) or on harm (−1).
 * @param share π, the probability with which the episode was drawn for treatment
 * @param rate m, foreseen from the episodes before
 */
export function stakeOn(
  direction: 1 | -1,
  treated: boolean,
  share: number,
  success: boolean,
  rate: number,
): Stake {
  const unit = 2 / Math.sqrt(rate * (1 - rate))
  const pays = direction * unit * ((treated ? 1 : 0) - share) * ((success ? 1 : 0) - rate)
  const lost = direction > 0 ? rate : 1 - rate
  return { pays, worst: unit * Math.max((1 - share) * lost, share * (1 - lost)) }
}

export function informationOf(share: number): number {
  return 4 * share * (1 - share)
}

/**
 * The wealth after one more episode. Pure.
 * @param information what was used up before this episode
 * @param level the error level α: bettors with a deadline bet towards a sum of 1/α
 */
export function afterEpisode(
  { bettors, renewal = 0 }: SequentialTest,
  wealth: readonly number[],
  { pays, worst }: Stake,
  information: number,
  level: number,
): number[] {
  if (sumOf(wealth) > ENOUGH) return [...wealth]
  const boldest = BOLDEST / worst
  const next = wealth.map((own, index) => {
    const wanted = fraction(bettors[index] as Bettor, own * level, information)
    return own * (1 + Math.min(wanted, boldest) * pays)
  })
  if (renewal === 0) return next
  const dealt = renewal * sumOf(next)
  return next.map((own, index) => (1 - renewal) * own + dealt * (bettors[index] as Bettor).share)
}

/** No bettor risks more than this part of what it has. */
const BOLDEST = 0.9
/** A bettor with a deadline aims beyond the goal, and so arrives when the rest of the way is only probable: 1/1.15. */
const BEYOND = 1.15
/** Evidence beyond which nobody bets any more: there is nothing left to prove, and numbers have an end. */
const ENOUGH = 1e100

/** What a bettor stakes of its wealth, which is the part `reached` of the goal. */
function fraction(bettor: Bettor, reached: number, information: number): number {
  if ('effect' in bettor) return bettor.effect
  const part = reached / BEYOND
  return part >= 1 ? 0 : hazard(part) / Math.sqrt(Math.max(1, remaining(bettor, information)))
}

function remaining({ deadline, again }: { deadline: number; again?: true }, information: number): number {
  if (again) return deadline - (information % deadline)
  let next = deadline
  while (next <= information) next *= 2
  return next - information
}

/**
 * Density of the standard normal at the point above which it has the probability `tail`, over `tail`. The point by
 * Abramowitz & Stegun, "Handbook of mathematical functions" (1964), 26.2.22, to ± 0.003: any stake is a fair one, so its
 * last digits do not matter.
 */
function hazard(tail: number): number {
  const small = Math.max(Number.MIN_VALUE, Math.min(tail, 1 - tail))
  const t = Math.sqrt(-2 * Math.log(small))
  const point = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t)
  return Math.exp(-(point * point) / 2) / (Math.sqrt(2 * Math.PI) * Math.max(tail, Number.MIN_VALUE))
}
