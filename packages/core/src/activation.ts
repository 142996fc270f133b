/**
 * Is it helping, and is it hurting anyone? The evidence account of one intervention for one model family, and the
 * always-valid test over it. The unit is the episode: its first call that the intervention would touch decides its
 * outcome in both arms.
 *
 * The test. Episodes are drawn into the treated arm with a known probability π. Under the hypothesis of no effect,
 * arm and outcome are independent, so for any success rates (p₁ treated, p₀ control) chosen from the past alone,
 *
 *     E = p_arm(y) / (π·p₁(y) + (1−π)·p₀(y))
 *
 * has expectation 1 (it sums to 1 over the drawn arm for every y), and at most 1 when treatment truly does worse and
 * p₁ > p₀. The product over episodes is a test martingale, so by Ville's inequality it exceeds 1/α with probability
 * ≤ α at any time, under any peeking schedule. Construction: Turner, Ly & Grünwald, "Generic E-variables for exact
 * sequential k-sample tests that allow for optional stopping" (2024), with the arm drawn instead of fixed in blocks;
 * mixed over effect sizes so that it is tuned to none.
 */

/** log-odds differences over which the test is mixed. */
const EFFECTS: readonly number[] = [0.3, 0.6, 1.2, 2.4, 4.8]

export type ArmCount = { episodes: number; successes: number }

export type Account = {
  treated: ArmCount
  control: ArmCount
  /** log of the wealth against "no benefit", one for each effect size of the mixture. */
  benefit: number[]
  /** The same against "no harm". */
  harm: number[]
  /** Guardrail (value and effect): wealth against "the guardrail does not get worse", and how many episodes had one. */
  guardrail: { harm: number[]; treated: ArmCount; control: ArmCount }
  /**
   * What was counted while it was only computed: calls it would have fixed (of them dead ones), in which episodes (at
   * most 20 ids), calls it would have broken, and successes on which it had to be a no-op.
   */
  shadow: { fixes: number; dead?: number; episodes: string[]; breaks: number; examined: number }
  /** The same from the last replay of recorded episodes; it may have seen the same calls, so the two never add up. */
  replay?: ReplayCount
  /** Position in the event log up to which episodes have been counted: each counts once, whoever counts. */
  counted?: number
  /** Error level assigned when it entered canary (e-LOND), 0 before. */
  level: number
}

/** What replay counted for one model family, on episodes that were held out. */
export type ReplayCount = { fixes: number; dead: number; episodes: string[]; examined: number }

export function openAccount(): Account {
  const arm = () => ({ episodes: 0, successes: 0 })
  const even = () => EFFECTS.map(() => 0)
  return {
    treated: arm(),
    control: arm(),
    benefit: even(),
    harm: even(),
    guardrail: { harm: even(), treated: arm(), control: arm() },
    shadow: { fixes: 0, episodes: [], breaks: 0, examined: 0 },
    level: 0,
  }
}

/** The outcome of one episode in the test. */
export type EpisodeOutcome = {
  arm: 'treated' | 'control'
  success: boolean
  /** Whether the guardrail held, where a signal for it exists. */
  guardrail?: boolean
  /** Probability with which the episode was drawn for treatment, in (0, 1). */
  treatedShare: number
}

/** The account after one more episode. Pure. */
export function addOutcome(account: Account, outcome: EpisodeOutcome): Account {
  const next: Account = {
    ...account,
    benefit: bet(account.benefit, account, outcome, outcome.success, 1),
    harm: bet(account.harm, account, outcome, outcome.success, -1),
    [outcome.arm]: count(account[outcome.arm], outcome.success),
  }
  if (outcome.guardrail === undefined) return next
  const { guardrail } = account
  next.guardrail = {
    ...guardrail,
    harm: bet(guardrail.harm, guardrail, outcome, outcome.guardrail, -1),
    [outcome.arm]: count(guardrail[outcome.arm], outcome.guardrail),
  }
  return next
}

function count(arm: ArmCount, success: boolean): ArmCount {
  return { episodes: arm.episodes + 1, successes: arm.successes + (success ? 1 : 0) }
}

/** One bet of the martingale for each effect size; the rates come from the episodes before this one. */
function bet(
  wealth: readonly number[],
  past: { treated: ArmCount; control: ArmCount },
  { arm, treatedShare }: EpisodeOutcome,
  success: boolean,
  direction: 1 | -1,
): number[] {
  const episodes = past.treated.episodes + past.control.episodes
  const pooled = (past.treated.successes + past.control.successes + 0.5) / (episodes + 1)
  return wealth.map((logWealth, index) => {
    const { treated, control } = ratesFor(pooled, direction * (EFFECTS[index] as number), treatedShare)
    const mixed = treatedShare * treated + (1 - treatedShare) * control
    const rate = arm === 'treated' ? treated : control
    return logWealth + Math.log(success ? rate / mixed : (1 - rate) / (1 - mixed))
  })
}

/** The two success rates that differ by an effect in log-odds and mix to the pooled rate. */
function ratesFor(
  pooled: number,
  effect: number,
  treatedShare: number,
): { treated: number; control: number } {
  let low = -20
  let high = 20
  const at = (logit: number) => ({ treated: logistic(logit + effect), control: logistic(logit) })
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    const { treated, control } = at(middle)
    if (treatedShare * treated + (1 - treatedShare) * control < pooled) low = middle
    else high = middle
  }
  return at((low + high) / 2)
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** log of the mixed e-value: the evidence against the null hypothesis, 0 at the start. */
export function logEvidence(wealth: readonly number[]): number {
  const top = Math.max(...wealth)
  return top + Math.log(wealth.reduce((sum, w) => sum + Math.exp(w - top), 0) / wealth.length)
}

/**
 * The error level of the `index`-th hypothesis (from 1) after `discoveries` earlier ones: e-LOND, which controls the
 * false discovery rate at `alpha` under any dependence (Xu & Ramdas, "Online multiple testing with e-values", 2024),
 * with γₜ = 6 / (π² t²).
 */
export function onlineLevel(alpha: number, index: number, discoveries: number): number {
  return (alpha * 6 * (discoveries + 1)) / (Math.PI ** 2 * index ** 2)
}

/**
 * The 95 % upper bound of a proportion of which 0 of `examined` were seen: 1 − 0.05^(1/n) (Clopper–Pearson; the
 * "rule of three" is its approximation). 1 where nothing was examined.
 */
export function zeroOfUpperBound(examined: number): number {
  return examined <= 0 ? 1 : 1 - 0.05 ** (1 / examined)
}
