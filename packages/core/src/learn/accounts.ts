import { type Account, addOutcome } from '../activation.ts'
import type { InterventionOutcome } from './outcomes.ts'

/** An outcome with the position in the event log at which its episode was over. */
export type CountedOutcome = { at: number; outcome: InterventionOutcome }

/** Episodes whose ids an account keeps. */
const EPISODES = 20

/**
 * The account with the outcomes that it has not counted yet, in the order of the log; the same account when there are
 * none. Each episode counts once, however often the log is read and whoever reads it, because the account carries the
 * position up to which it has counted and is committed by compare-and-set.
 */
export function countOutcomes(account: Account, outcomes: readonly CountedOutcome[]): Account {
  const counted = account.counted ?? 0
  const fresh = outcomes.filter(({ at }) => at > counted).sort((a, b) => a.at - b.at)
  return fresh.reduce((sum, { at, outcome }) => ({ ...withOutcome(sum, outcome), counted: at }), account)
}

function withOutcome(account: Account, outcome: InterventionOutcome): Account {
  const { arm, treatedShare, success, guardrail, fixes, deadFixes, breaks, episode } = outcome
  const { shadow } = account
  const counted: Account = {
    ...account,
    shadow: {
      ...shadow,
      fixes: shadow.fixes + fixes,
      dead: (shadow.dead ?? 0) + deadFixes,
      breaks: shadow.breaks + breaks,
      episodes: fixes > 0 ? [...new Set([...shadow.episodes, episode])].slice(0, EPISODES) : shadow.episodes,
    },
  }
  // Without the probability of the draw there is nothing to bet on.
  if (arm === 'shadow' || treatedShare === undefined) return counted
  return addOutcome(counted, {
    arm,
    success,
    treatedShare,
    ...(guardrail === undefined ? {} : { guardrail }),
  })
}

/** What an account says of calls on which it was only computed, live or in replay: of each count the greater one. */
export function computedEvidence({ shadow, replay }: Account): {
  fixes: number
  dead: number
  episodes: number
  examined: number
  breaks: number
} {
  return {
    fixes: Math.max(shadow.fixes, replay?.fixes ?? 0),
    dead: Math.max(shadow.dead ?? 0, replay?.dead ?? 0),
    episodes: new Set([...shadow.episodes, ...(replay?.episodes ?? [])]).size,
    examined: Math.max(shadow.examined, replay?.examined ?? 0),
    breaks: shadow.breaks,
  }
}
