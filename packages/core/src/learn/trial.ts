import type { ReplayCount } from '../activation.ts'
import type { Fixture, Kind, Risk } from '../intervention.ts'
import { interventionId } from '../intervention.ts'
import type { ToolFacts } from '../tool.ts'
import type { Candidate } from './induce.ts'
import { literalsOf } from './literals.ts'
import { type Replayable, replayable } from './replay.ts'
import { openSample, type Sample } from './sample.ts'

/** One candidate while it is replayed. */
export type Trial = {
  /** As it is registered. */
  id: string
  candidate: Candidate
  kind: Kind | undefined
  risk: Risk
  /** What would be registered. */
  main: Replayable | undefined
  /** By fold: what was induced without that fold; the same object where that is what would be registered. */
  heldOut: readonly (Replayable | undefined)[]
  /** Why it cannot be replayed at all. */
  problem?: string
  /** As contract and configuration say; read-only and idempotent where they are of any call that failed. */
  facts?: ToolFacts
  /** A call of the tool that it adds was recorded which the layer may make, by the user's word. */
  mayInsert?: boolean
  /** Failed calls of its signatures in held-out episodes. */
  failures: number
  fixes: number
  weakFixes: number
  contradicted: number
  /** Edits of form at whose place the model itself came to another value, everything else being equal. */
  elsewhere: number
  examined: number
  wrongRepairs: number
  /** Episodes with a fix. */
  episodes: Set<string>
  families: Record<string, ReplayCount>
  fixtures: { fixes: Sample<Fixture>; leaves: Sample<Fixture> }
  literals: Map<string, LiteralUse>
}

/** Where a literal was met: in calls, for how many subjects and tenants (both bounded). */
export type LiteralUse = {
  contract: boolean
  calls: boolean
  /** It stands in a call, but in none before an untrusted tool's text had said it. */
  told: boolean
  subjects: Set<string>
  scopes: Set<string>
}

const FIXES = 8
const LEAVES = 12
/** Episode ids that are told apart per trial; more are only counted up to here. */
export const MAX_EPISODES = 1_000

export function openTrial(candidate: Candidate, kind: Kind | undefined): Trial {
  const id = interventionId(candidate.draft)
  const trial: Trial = {
    ...{ id, candidate },
    kind,
    risk: kind ? riskOf(candidate, kind) : 'effect',
    main: undefined,
    heldOut: [],
    failures: 0,
    fixes: 0,
    weakFixes: 0,
    contradicted: 0,
    elsewhere: 0,
    examined: 0,
    wrongRepairs: 0,
    episodes: new Set(),
    families: {},
    fixtures: { fixes: openSample(FIXES), leaves: openSample(LEAVES) },
    literals: new Map(),
  }
  if (!kind) return { ...trial, problem: `there is no kind ${candidate.draft.kind}` }
  try {
    const main = replayable(candidate.draft, kind)
    trial.main = main
    trial.heldOut = candidate.heldOut.map(
      (draft) => draft && (interventionId(draft) === id ? main : replayable(draft, kind)),
    )
    for (const literal of literalsOf(candidate.draft, kind)) trial.literals.set(literal, openLiteralUse())
    return trial
  } catch (error) {
    return {
      ...trial,
      main: undefined,
      problem: `it does not compile: ${error instanceof Error ? error.message : error}`,
    }
  }
}

function openLiteralUse(): LiteralUse {
  return { contract: false, calls: false, told: false, subjects: new Set(), scopes: new Set() }
}

export function familyCount({ families }: Trial, family: string): ReplayCount {
  const count = families[family] ?? { fixes: 0, dead: 0, episodes: [], examined: 0 }
  families[family] = count
  return count
}

function riskOf({ draft }: Candidate, kind: Kind): Risk {
  try {
    return kind.riskFor?.(draft.options) ?? kind.risk
  } catch {
    // Options that the kind cannot read do not compile either; until then the kind's own risk stands.
    return kind.risk
  }
}

/**
 * Once all is replayed: now and then the model means something new when it corrects a call; where it comes to another
 * value more often than to the edited one, the edit is not what it meant (`"12"` for 1200 cents, not 12).
 */
export function weighElsewhere(trial: Trial): void {
  if (trial.elsewhere <= trial.fixes) return
  trial.contradicted += trial.elsewhere
  trial.elsewhere = 0
}
