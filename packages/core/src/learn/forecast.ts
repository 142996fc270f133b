import { type Account, helps } from '../activation.ts'
import type { StageRecord } from '../registry.ts'
import { computedEvidence } from './accounts.ts'
import { STAGE_LIMITS, type StageLimits } from './decide.ts'

/** When a record in canary or shadow will have been decided, if things go on as they did; or why nobody can say. */
export type Forecast = { days: number } | { unknown: string }

const DAY_MS = 86_400_000
/** Below, what was seen so far is no rate yet. */
const MIN_EPISODES = 8

/**
 * Days from now until a decision at the traffic since the record came to its stage. In canary: until the evidence for a
 * benefit reaches its level, or the episodes are so many that none is taken for none. In shadow, for form on dead
 * calls: until enough of them were seen. An estimate for people; nothing is decided by it.
 */
export function forecastDecision(
  { stage, since, account }: StageRecord,
  now: number,
  limits: StageLimits = STAGE_LIMITS,
): Forecast {
  const elapsed = (now - since) / DAY_MS
  if (stage === 'canary') {
    if (helps(account)) return { unknown: 'it helps, and waits for a guardrail signal or a person’s word' }
    const episodes = account.treated.episodes + account.control.episodes
    if (episodes < MIN_EPISODES || elapsed <= 0)
      return { unknown: `${episodes} episodes are too few to foresee it` }
    const { treated, control } = account
    if (treated.episodes === 0 || control.episodes === 0)
      return { unknown: `no episode ${treated.episodes === 0 ? 'with' : 'without'} it yet to compare with` }
    const needed = Math.min(episodesForBenefit(account), limits.noEffect)
    return { days: Math.max(0, needed - episodes) * (elapsed / episodes) }
  }
  if (stage !== 'shadow') return { unknown: 'there is nothing to decide' }
  const live = account.shadow
  if (live.fixes + live.examined === 0 || elapsed <= 0) return { unknown: 'no traffic since it is there' }
  const seen = computedEvidence(account)
  if (seen.dead < seen.fixes || live.fixes === 0) return { unknown: 'it waits for a place in canary' }
  const missing = Math.max(
    (limits.direct.fixes - seen.fixes) / live.fixes,
    live.examined > 0 ? (limits.direct.examined - seen.examined) / live.examined : 0,
  )
  return { days: Math.max(0, missing) * elapsed }
}

/**
 * Episodes after which the difference seen so far proves a benefit: with φ of its standard deviations between the arms,
 * evidence grows by φ²/2 an episode, and the test forgoes about 1 for not being told φ.
 */
function episodesForBenefit({ treated, control, level }: Account): number {
  const rate = (treated.successes + control.successes + 0.5) / (treated.episodes + control.episodes + 1)
  const gain = treated.successes / treated.episodes - control.successes / control.episodes
  const phi = gain / (2 * Math.sqrt(rate * (1 - rate)))
  return phi > 0 ? (2 * (Math.log(1 / level) + 1)) / phi ** 2 : Number.POSITIVE_INFINITY
}
