import { type Account, logEvidence, onlineLevel } from '../activation.ts'
import type { Kind } from '../intervention.ts'
import type { Json } from '../json.ts'
import { DEFAULT_FAMILY, type RegistryEntry, type StageRecord, stageFor } from '../registry.ts'
import type { Stage } from '../stage.ts'
import type { ToolFacts } from '../tool.ts'
import { computedEvidence } from './accounts.ts'
import type { FixtureVerdict } from './fixtures.ts'

export type StageLimits = {
  /** False discovery rate over all interventions that enter canary. */
  benefit: number
  /** Error level of "it harms": looser, because taking back is cheap. */
  harm: number
  /** Interventions in canary at a time. */
  canaries: number
  /** Share of episodes that are the control, in canary and when active. */
  control: number
  holdOut: number
  /** What form on dead calls needs to go active without a canary. */
  direct: { fixes: number; episodes: number; examined: number }
  /** Episodes with a guardrail signal that value and effect need, in each arm. */
  guardrail: number
  /** Episodes in canary after which no effect is taken for none. */
  noEffect: number
  /** Milliseconds after which what nothing touches any more is suspended, and after as long again retired. */
  expiryMs: number
}

export const STAGE_LIMITS: StageLimits = {
  benefit: 0.05,
  harm: 0.1,
  canaries: 5,
  control: 0.5,
  holdOut: 0.1,
  direct: { fixes: 20, episodes: 3, examined: 300 },
  guardrail: 10,
  noEffect: 1_000,
  expiryMs: 90 * 86_400_000,
}

/** What a decision depends on besides the entry: how many hypotheses were tested before it, over the whole registry. */
export type Ledger = {
  /** Records that are in canary now. */
  canaries: number
  /** Records that ever entered canary, and those that left it for active on their evidence. */
  entered: number
  discoveries: number
}

export type StageQuestion = {
  entry: RegistryEntry
  family: string
  kind: Kind | undefined
  facts: ToolFacts | undefined
  /** Verdict of the last replay; absent where there was none since. */
  validation?: { passes: boolean; reason: string; wrongRepairs: number; contradicted: number }
  /** Its fixtures under the new contract, where the contract has changed at its anchor. */
  fixtures?: FixtureVerdict
  /** When something last touched it; absent where nothing ever did. */
  lastTouched?: number
  ledger: Ledger
  now: number
  limits: StageLimits
}

/** `to` is the stage it stands at when only the reason changes. */
export type Decision = { to: Stage; record: StageRecord; evidence: Json }

/**
 * Where an intervention should stand for one model family, by DESIGN §6; undefined: as it is. Pure. At most one move at
 * a time: what follows from a move waits for the evidence that comes after it.
 */
export function decideStage(question: StageQuestion): Decision | undefined {
  const { entry, family } = question
  if (entry.pinned) return undefined
  const record = stageFor(entry, family)
  const decided = changedContract(question, record) ?? expired(question, record) ?? byStage(question, record)
  if (!decided) return undefined
  const { to, reason } = decided
  if (to === record.stage && reason === record.reason) return undefined
  return { to, record: recordAt(question, record, decided), evidence: evidenceOf(record.account) }
}

type Decided = { to: Stage; reason: string; direct?: boolean }

function byStage(question: StageQuestion, record: StageRecord): Decided | undefined {
  switch (record.stage) {
    case 'proposed':
      return fromProposed(question, record)
    case 'shadow':
      return fromShadow(question, record)
    case 'canary':
      return takenBack(question, record) ?? fromCanary(question, record)
    case 'active':
      return takenBack(question, record)
    case 'suspended':
      return fromSuspended(question, record)
    case 'retired':
      return undefined
  }
}

function fromProposed({ validation }: StageQuestion, { account }: StageRecord): Decided | undefined {
  if (!validation) return undefined
  if (account.shadow.breaks > 0) return { to: 'proposed', reason: wouldBreak(account) }
  return { to: validation.passes ? 'shadow' : 'proposed', reason: validation.reason }
}

function fromShadow(question: StageQuestion, { account, reason, stage }: StageRecord): Decided | undefined {
  const { validation, entry, family, kind, facts, ledger, limits } = question
  // Evidence that only became scarce (what works is no longer seen to fail) sends nothing back.
  if (validation && validation.wrongRepairs + validation.contradicted > 0)
    return { to: 'proposed', reason: validation.reason }
  if (account.shadow.breaks > 0) return { to: 'proposed', reason: wouldBreak(account) }
  // The default stands for families nothing is known of: it waits in shadow for each family's own evidence.
  if (family === DEFAULT_FAMILY || !kind) return undefined
  const seen = computedEvidence(account)
  const { direct } = limits
  const formOnly = entry.intervention.risk === 'form' && kind.validation === 'edit'
  const onDeadCalls = seen.dead > 0 && seen.dead === seen.fixes
  if (formOnly && onDeadCalls && facts && !facts.destructive) {
    const enough =
      seen.fixes >= direct.fixes && seen.episodes >= direct.episodes && seen.examined >= direct.examined
    const said =
      `would have fixed ${seen.fixes} dead calls in ${seen.episodes} episodes, ` +
      `and changed 0 of ${seen.examined} successes`
    if (enough) return { to: 'active', reason: said, direct: true }
  }
  if (ledger.canaries < limits.canaries && wasTouched(question))
    return { to: 'canary', reason: 'to be compared with episodes without it' }
  return { to: stage, reason }
}

/** A canary that no episode of the family would enter keeps others from theirs. */
function wasTouched({ lastTouched, entry, family }: StageQuestion): boolean {
  const { counted } = stageFor(entry, family).account
  return lastTouched !== undefined || counted !== undefined
}

function fromCanary({ entry, ledger, limits }: StageQuestion, { account }: StageRecord): Decided | undefined {
  const level =
    account.level > 0 ? account.level : onlineLevel(limits.benefit, ledger.entered + 1, ledger.discoveries)
  const { treated, control, guardrail } = account
  if (logEvidence(account.benefit) >= Math.log(1 / level)) {
    const helps = `helps: ${shareOf(treated)} with it, ${shareOf(control)} without`
    if (entry.intervention.risk === 'form') return { to: 'active', reason: helps }
    const guarded = Math.min(guardrail.treated.episodes, guardrail.control.episodes)
    if (guarded === 0)
      return { to: 'canary', reason: `${helps}; there is no guardrail signal: a person must approve it` }
    if (guarded < limits.guardrail)
      return {
        to: 'canary',
        reason: `${helps}; waits for ${limits.guardrail} episodes with a guardrail signal`,
      }
    return {
      to: 'active',
      reason: `${helps}; guardrail ${shareOf(guardrail.treated)}, ${shareOf(guardrail.control)} without`,
    }
  }
  if (treated.episodes + control.episodes >= limits.noEffect)
    return { to: 'suspended', reason: `no effect seen in ${treated.episodes + control.episodes} episodes` }
  return undefined
}

function takenBack({ validation, limits }: StageQuestion, { account }: StageRecord): Decided | undefined {
  const { treated, control, guardrail, harm } = account
  if (validation && validation.wrongRepairs > 0) return { to: 'suspended', reason: validation.reason }
  if (account.shadow.breaks > 0) return { to: 'suspended', reason: wouldBreak(account) }
  const enough = Math.log(1 / limits.harm)
  if (logEvidence(harm) >= enough)
    return { to: 'suspended', reason: `harms: ${shareOf(treated)} with it, ${shareOf(control)} without` }
  if (logEvidence(guardrail.harm) >= enough)
    return {
      to: 'suspended',
      reason: `the guardrail gets worse: ${shareOf(guardrail.treated)} with it, ${shareOf(guardrail.control)} without`,
    }
  return undefined
}

/** Back to shadow, with its old account, when nothing of what may have suspended it holds any more. */
function fromSuspended(question: StageQuestion, record: StageRecord): Decided | undefined {
  const { validation, fixtures, limits } = question
  const { treated, control } = record.account
  if (!validation?.passes || fixtures?.passes === false || takenBack(question, record)) return undefined
  if (treated.episodes + control.episodes >= limits.noEffect) return undefined
  return { to: 'shadow', reason: `once more: ${validation.reason}` }
}

function changedContract({ fixtures }: StageQuestion, { stage }: StageRecord): Decided | undefined {
  if (!fixtures || stage === 'proposed' || stage === 'suspended' || stage === 'retired') return undefined
  if (!fixtures.passes)
    return { to: 'suspended', reason: `its part of the contract changed: ${fixtures.reason}` }
  return { to: 'shadow', reason: `its part of the contract changed; ${fixtures.reason}` }
}

function expired(
  { validation, lastTouched, now, limits }: StageQuestion,
  { stage, since }: StageRecord,
): Decided | undefined {
  const idle = now - Math.max(since, lastTouched ?? 0)
  if (stage === 'retired' || idle < limits.expiryMs) return undefined
  const reason = `nothing touched it for ${Math.floor(idle / 86_400_000)} days`
  if (stage === 'proposed') return validation ? undefined : { to: 'retired', reason }
  return { to: stage === 'suspended' ? 'retired' : 'suspended', reason }
}

function recordAt(
  { now, limits, ledger }: StageQuestion,
  record: StageRecord,
  { to, reason, direct }: Decided,
): StageRecord {
  const { stage, since, controlShare, deadOnly, account } = record
  if (to === stage) return { ...record, reason }
  const level =
    to === 'canary' && account.level === 0
      ? onlineLevel(limits.benefit, ledger.entered + 1, ledger.discoveries)
      : account.level
  const shares: Partial<Record<Stage, number>> = { canary: limits.control, active: limits.holdOut }
  return {
    stage: to,
    since: to === stage ? since : now,
    reason,
    controlShare: to === stage ? controlShare : (shares[to] ?? 0),
    ...(direct || (to === stage && deadOnly) ? { deadOnly: true } : {}),
    account: { ...account, level },
  }
}

function evidenceOf({ treated, control, benefit, harm, guardrail, shadow, level }: Account): Json {
  return {
    treated: { ...treated },
    control: { ...control },
    benefit: Math.exp(logEvidence(benefit)),
    harm: Math.exp(logEvidence(harm)),
    guardrail: { treated: { ...guardrail.treated }, control: { ...guardrail.control } },
    shadow: { fixes: shadow.fixes, breaks: shadow.breaks },
    level,
  }
}

function shareOf({ successes, episodes }: { successes: number; episodes: number }): string {
  return `${successes} of ${episodes}`
}

function wouldBreak({ shadow }: Account): string {
  return `would have broken ${shadow.breaks} ${shadow.breaks === 1 ? 'call' : 'calls'} that succeeded as they were`
}
