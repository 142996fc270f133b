import {
  afterEpisode,
  informationOf,
  logEvidence,
  openWealth,
  type SequentialTest,
  stakeOn,
} from './sequential-test.ts'

/**
 * Is it helping, and is it hurting anyone? The evidence account of one intervention for one model family, over
 * always-valid tests (`sequential-test.ts`). The unit is the episode: its first call that the intervention would touch
 * decides its outcome in both arms.
 */

/**
 * "It helps." Deadlines in units of information, two for each episode of both even arms: most of the stake wants to know
 * by 600 episodes in each arm, less by 1,000, a little sooner or at once. No bettor is told how great the effect is.
 */
const BENEFIT: SequentialTest = {
  bettors: [
    { share: 0.05, deadline: 300 },
    { share: 0.68, deadline: 1_200 },
    { share: 0.17, deadline: 2_000 },
    { share: 0.05, effect: 0.25 },
    { share: 0.05, effect: 0.65 },
  ],
}

/** "It harms", and "the guardrail gets worse": sooner, at a looser level, and as long as it lives. */
const HARM: SequentialTest = {
  bettors: [
    { share: 0.5, deadline: 400, again: true },
    { share: 0.14, effect: 0.1 },
    { share: 0.13, effect: 0.3 },
    { share: 0.13, effect: 0.6 },
    { share: 0.1, effect: 0 },
  ],
  renewal: 1 / 4_000,
}

/** For what has no deadline: "more (or fewer) episodes come from one arm than were drawn", "it helps less than it did". */
const WATCH: SequentialTest = {
  bettors: [
    { share: 0.3, effect: 0.05 },
    { share: 0.3, effect: 0.15 },
    { share: 0.3, effect: 0.45 },
    { share: 0.1, effect: 0 },
  ],
  renewal: 1 / 4_000,
}

/** Error levels over a life. Taking back is cheap, so both kinds of harm together may be wrong in one of ten. */
export const HARM_LEVELS: { readonly outcome: number; readonly guardrail: number } = {
  outcome: 0.07,
  guardrail: 0.03,
}
/** Of a sample-ratio alarm, for each arm. */
const SKEW_LEVEL = 0.0005
/** Of "it helps less than half as much as when it was promoted". */
const FADE_LEVEL = 0.05
/** The highest level a hypothesis may get; bettors aim for it while none was assigned. */
const UNASSIGNED = 0.05

export type ArmCount = { episodes: number; successes: number }

export type Account = {
  treated: ArmCount
  control: ArmCount
  /** Information used up by the tests of benefit and harm, see `informationOf`. */
  information: number
  /** Wealth against "no benefit", one for each bettor. It stands still once it has reached 1/level. */
  benefit: number[]
  /** The same against "no harm". */
  harm: number[]
  /** Guardrail (value and effect): wealth against "the guardrail does not get worse", and how many episodes had one. */
  guardrail: { harm: number[]; treated: ArmCount; control: ArmCount; information: number }
  /**
   * Sample ratio: wealth against "the arms come in as they were drawn", for too many in each, and how many treated ones
   * were expected. (e-process for sample-ratio mismatch: Lindon & Malek, "Anytime-valid inference for multinomial count
   * data", 2022, with the probability of each draw known.)
   */
  allocation: { treated: number[]; control: number[]; expected: number }
  /** Since it was promoted: half the difference of success rates it had then, and wealth against "it has it still". */
  fade?: { gain: number; wealth: number[] }
  /**
   * What was counted while it was only computed: calls it would have fixed (of them dead ones), in which episodes (at
   * most 20 ids), calls it would have broken, and successes on which it had to be a no-op.
   */
  shadow: { fixes: number; dead?: number; episodes: string[]; breaks: number; examined: number }
  /** The same from the last replay of recorded episodes; it may have seen the same calls, so the two never add up. */
  replay?: ReplayCount
  /** Position in the event log up to which episodes have been counted: each counts once, whoever counts. */
  counted?: number
  /** Error level assigned when it entered canary (`onlineLevel`), 0 before. */
  level: number
}

/** What replay counted for one model family, on episodes that were held out. */
export type ReplayCount = { fixes: number; dead: number; episodes: string[]; examined: number }

export function openAccount(): Account {
  const arm = () => ({ episodes: 0, successes: 0 })
  return {
    treated: arm(),
    control: arm(),
    information: 0,
    benefit: openWealth(BENEFIT),
    harm: openWealth(HARM),
    guardrail: { harm: openWealth(HARM), treated: arm(), control: arm(), information: 0 },
    allocation: { treated: openWealth(WATCH), control: openWealth(WATCH), expected: 0 },
    shadow: { fixes: 0, episodes: [], breaks: 0, examined: 0 },
    level: 0,
  }
}

/** The account of a new hypothesis on the same intervention: what spoke against it stays, what spoke for it does not. */
export function testedAnew({ fade: _, ...account }: Account): Account {
  const { treated, control, information, benefit, level } = openAccount()
  return { ...account, treated, control, information, benefit, level }
}

/** From here on the account asks whether it goes on helping at least half as much as it did until now. */
export function watchedForFading(account: Account): Account {
  const gain = (rateOf(account.treated) - rateOf(account.control)) / 2
  return gain > 0 ? { ...account, fade: { gain, wealth: openWealth(WATCH) } } : account
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
  const { arm, success, guardrail, treatedShare: share } = outcome
  const { information, benefit, level, allocation, fade } = account
  const treated = arm === 'treated'
  const rate = foreseen(account)
  const next: Account = {
    ...account,
    information: information + informationOf(share),
    harm: afterEpisode(
      HARM,
      account.harm,
      stakeOn(-1, treated, share, success, rate),
      information,
      HARM_LEVELS.outcome,
    ),
    allocation: {
      treated: afterDraw(allocation.treated, treated, share),
      control: afterDraw(allocation.control, !treated, 1 - share),
      expected: allocation.expected + share,
    },
    [arm]: count(account[arm], success),
  }
  if (!helps(account))
    next.benefit = afterEpisode(
      BENEFIT,
      benefit,
      stakeOn(1, treated, share, success, rate),
      information,
      level || UNASSIGNED,
    )
  if (fade) next.fade = { ...fade, wealth: afterFading(fade, outcome, rate) }
  if (guardrail !== undefined) {
    const before = account.guardrail
    next.guardrail = {
      ...before,
      information: before.information + informationOf(share),
      harm: afterEpisode(
        HARM,
        before.harm,
        stakeOn(-1, treated, share, guardrail, foreseen(before)),
        before.information,
        HARM_LEVELS.guardrail,
      ),
      [arm]: count(before[arm], guardrail),
    }
  }
  return next
}

/** The evidence for a benefit has reached what its level asks; false while no level was assigned. */
export function helps({ benefit, level }: Pick<Account, 'benefit' | 'level'>): boolean {
  return level > 0 && logEvidence(benefit) >= -Math.log(level)
}

/** What speaks against it, by the looser levels; undefined while nothing does. */
export function harms({ harm, guardrail }: Account): 'outcome' | 'guardrail' | undefined {
  if (logEvidence(harm) >= -Math.log(HARM_LEVELS.outcome)) return 'outcome'
  return logEvidence(guardrail.harm) >= -Math.log(HARM_LEVELS.guardrail) ? 'guardrail' : undefined
}

/** Sample-ratio alarm: episodes of one arm go missing, so what the account says of the others proves nothing. */
export function skewed({ allocation }: Account): boolean {
  return Math.max(logEvidence(allocation.treated), logEvidence(allocation.control)) >= -Math.log(SKEW_LEVEL)
}

/** It no longer helps half as much as when it was promoted. */
export function faded({ fade }: Account): boolean {
  return fade !== undefined && logEvidence(fade.wealth) >= -Math.log(FADE_LEVEL)
}

function count(arm: ArmCount, success: boolean): ArmCount {
  return { episodes: arm.episodes + 1, successes: arm.successes + (success ? 1 : 0) }
}

function rateOf({ episodes, successes }: ArmCount): number {
  return episodes === 0 ? 0 : successes / episodes
}

/** The success rate of the next episode, whichever its arm: that of all so far, and never certainty. */
function foreseen({ treated, control }: { treated: ArmCount; control: ArmCount }): number {
  const rate = (treated.successes + control.successes + 0.5) / (treated.episodes + control.episodes + 1)
  return Math.min(0.99, Math.max(0.01, rate))
}

/** Bets on an arm that was drawn with the probability `share` to come in more often than that. */
function afterDraw(wealth: readonly number[], came: boolean, share: number): number[] {
  const spread = Math.sqrt(share * (1 - share))
  if (spread === 0) return [...wealth]
  return afterEpisode(
    WATCH,
    wealth,
    { pays: ((came ? 1 : 0) - share) / spread, worst: share / spread },
    0,
    SKEW_LEVEL,
  )
}

/**
 * Bets on a difference below `gain`: (A − π)(Y − m) / (π(1 − π)) has the true difference of success rates as its mean
 * (inverse-probability weighting with a regression adjustment that is foreseen).
 */
function afterFading(
  { gain, wealth }: NonNullable<Account['fade']>,
  { arm, success, treatedShare: share }: EpisodeOutcome,
  rate: number,
): number[] {
  const even = share * (1 - share)
  if (even === 0) return wealth
  const spread = Math.sqrt((rate * (1 - rate)) / even)
  const seen = (((arm === 'treated' ? 1 : 0) - share) * ((success ? 1 : 0) - rate)) / even
  const most = Math.max((1 - rate) / share, rate / (1 - share))
  return afterEpisode(
    WATCH,
    wealth,
    { pays: (gain - seen) / spread, worst: (most - gain) / spread },
    0,
    FADE_LEVEL,
  )
}

/**
 * The 95 % upper bound of a proportion of which 0 of `examined` were seen: 1 − 0.05^(1/n) (Clopper–Pearson; the
 * "rule of three" is its approximation). 1 where nothing was examined.
 */
export function zeroOfUpperBound(examined: number): number {
  return examined <= 0 ? 1 : 1 - 0.05 ** (1 / examined)
}
