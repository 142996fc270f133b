import { type Account, faded, harms, helps, skewed, testedAnew, watchedForFading } from '../activation.ts'
import { onlineLevel, type TestLedger } from '../false-discovery.ts'
import type { Kind } from '../intervention.ts'
import type { Json } from '../json.ts'
import { DEFAULT_FAMILY, type RegistryEntry, type StageRecord, stageFor } from '../registry.ts'
import { logEvidence } from '../sequential-test.ts'
import type { Stage } from '../stage.ts'
import type { ToolFacts } from '../tool.ts'
import { computedEvidence } from './accounts.ts'
import type { FixtureVerdict } from './fixtures.ts'

/** When an intervention moves between stages. */
export type StageLimits = {
  /** False discovery rate over all interventions that ever enter canary. */
  benefit: number
  /** Interventions in canary at a time. */
  canaries: number
  /** Share of episodes that are the control, in canary and when active. */
  control: number
  holdOut: number
  /** What form on dead calls needs to go active without a canary. */
  direct: { fixes: number; episodes: number; examined: number }
  /** Episodes with a guardrail signal that value and effect need, in each arm. */
  guardrail: number
  /** Episodes in canary, of both arms, after which no effect is taken for none. */
  noEffect: number
  /** The same already after so many episodes, when the evidence for a benefit has fallen to this part of what it was. */
  hopeless: { episodes: number; evidence: number }
  /** Milliseconds after which a canary that nothing touches gives up its place, where all are taken. */
  placeMs: number
  /** Milliseconds after which what nothing touches any more is suspended, and after as long again retired. */
  expiryMs: number
}

/** The limits that hold unless the learner is given others. */
export const STAGE_LIMITS: StageLimits = {
  benefit: 0.1,
  canaries: 5,
  control: 0.5,
  holdOut: 0.1,
  direct: { fixes: 20, episodes: 3, examined: 300 },
  guardrail: 10,
  noEffect: 2_000,
  hopeless: { episodes: 400, evidence: 0.01 },
  placeMs: 7 * 86_400_000,
  expiryMs: 90 * 86_400_000,
}

/** What a decision depends on besides the entry: what was tested before it, over the whole registry. */
export type Ledger = TestLedger & {
  /** Records that are in canary now. */
  canaries: number
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
  const before = stageFor(entry, family)
  const record =
    before.stage === 'canary' ? { ...before, account: levelled(before.account, question) } : before
  const decided = changedContract(question, record) ?? expired(question, record) ?? byStage(question, record)
  const { to, reason } = decided ?? { to: record.stage, reason: record.reason }
  if (to === record.stage && reason === record.reason && record.account === before.account) return undefined
  return {
    to,
    record: recordAt(question, record, decided ?? { to, reason }),
    evidence: evidenceOf(record.account),
  }
}

/** A hypothesis gets its error level once: when it enters canary, or when the learner finds it there by a person's word. */
function levelled(account: Account, { limits, ledger }: StageQuestion): Account {
  return account.level > 0 ? account : { ...account, level: onlineLevel(limits.benefit, ledger) }
}

/** `direct`: on the evidence of dead calls alone. `anew`: from here on it is another hypothesis. */
type Decided = { to: Stage; reason: string; direct?: true; anew?: true }

function byStage(question: StageQuestion, record: StageRecord): Decided | undefined {
  switch (record.stage) {
    case 'proposed':
      return fromProposed(question, record)
    case 'shadow':
      return fromShadow(question, record)
    case 'canary':
      return takenBack(question, record) ?? fromCanary(question, record)
    case 'active':
      return takenBack(question, record) ?? fromActive(record)
    case 'suspended':
      return fromSuspended(question, record)
    case 'retired':
      return undefined
  }
}

function fromProposed({ entry, validation }: StageQuestion, { account }: StageRecord): Decided | undefined {
  if (!validation) return undefined
  // Law 13, whatever replay says: a person approves it.
  if (entry.intervention.origin.trust === 'untrusted' && validation.passes)
    return { to: 'proposed', reason: 'its only source is an untrusted tool’s text' }
  if (account.shadow.breaks > 0) return { to: 'proposed', reason: wouldBreak(account) }
  return { to: validation.passes ? 'shadow' : 'proposed', reason: validation.reason }
}

function isShownWrong({
  passes,
  wrongRepairs,
  contradicted,
}: NonNullable<StageQuestion['validation']>): boolean {
  return !passes && wrongRepairs + contradicted > 0
}

function fromShadow(question: StageQuestion, { account, reason, stage }: StageRecord): Decided | undefined {
  const { validation, entry, family, kind, facts, ledger, limits } = question
  // Evidence that only became scarce (what works is no longer seen to fail) sends nothing back, nor do the few
  // contradictions with which a hint passes.
  if (validation && isShownWrong(validation)) return { to: 'proposed', reason: validation.reason }
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

/** A canary that no episode of the family would enter keeps others from theirs; so does one that gave up its place. */
function wasTouched({ lastTouched, entry, family }: StageQuestion): boolean {
  const { account, since } = stageFor(entry, family)
  if (account.level > 0) return lastTouched !== undefined && lastTouched >= since
  return lastTouched !== undefined || account.counted !== undefined
}

function fromCanary(question: StageQuestion, record: StageRecord): Decided | undefined {
  const { limits } = question
  const { account } = record
  const { treated, control, guardrail } = account
  if (helps(account)) {
    const said = `helps: ${shareOf(treated)} with it, ${shareOf(control)} without`
    if (callSuccessSuffices(question)) return { to: 'active', reason: said }
    const guarded = Math.min(guardrail.treated.episodes, guardrail.control.episodes)
    if (guarded === 0)
      return { to: 'canary', reason: `${said}; there is no guardrail signal: a person must approve it` }
    if (guarded < limits.guardrail)
      return {
        to: 'canary',
        reason: `${said}; waits for ${limits.guardrail} episodes with a guardrail signal`,
      }
    return {
      to: 'active',
      reason: `${said}; guardrail ${shareOf(guardrail.treated)}, ${shareOf(guardrail.control)} without`,
    }
  }
  if (withoutEffect(account, limits))
    return { to: 'suspended', reason: `no effect seen in ${treated.episodes + control.episodes} episodes` }
  return givesUpPlace(question, record)
}

/** What is met less than once a week learns nothing in a place that others wait for. Its account and its level stay. */
function givesUpPlace(question: StageQuestion, record: StageRecord): Decided | undefined {
  const { ledger, limits } = question
  const idle = idleFor(question, record)
  if (ledger.canaries < limits.canaries || idle < limits.placeMs) return undefined
  return { to: 'shadow', reason: `no episode met it for ${days(idle)}, while others wait for its place` }
}

/**
 * Form changes nothing of what was meant. Nor does the same call again, and of a tool that only reads it changes nothing
 * else either: its success is what the model asked for. That a tool is idempotent is no such word: whoever is wrong
 * there pays twice.
 */
function callSuccessSuffices({ entry, kind, facts }: StageQuestion): boolean {
  return entry.intervention.risk === 'form' || (kind?.validation === 'retry' && facts?.readOnly === true)
}

function withoutEffect({ treated, control, benefit }: Account, { noEffect, hopeless }: StageLimits): boolean {
  const episodes = treated.episodes + control.episodes
  if (episodes >= noEffect) return true
  return episodes >= hopeless.episodes && logEvidence(benefit) <= Math.log(hopeless.evidence)
}

/** Help that was needed once: it is tested anew, as another hypothesis. */
function fromActive({ account }: StageRecord): Decided | undefined {
  if (!faded(account)) return undefined
  const { treated, control } = account
  return {
    to: 'shadow',
    reason: `it no longer helps as it did: ${shareOf(treated)} with it, ${shareOf(control)} without, over all`,
    anew: true,
  }
}

function takenBack({ validation }: StageQuestion, { account }: StageRecord): Decided | undefined {
  const { treated, control, guardrail, allocation } = account
  if (validation && validation.wrongRepairs > 0) return { to: 'suspended', reason: validation.reason }
  if (account.shadow.breaks > 0) return { to: 'suspended', reason: wouldBreak(account) }
  const against = harms(account)
  if (against === 'outcome')
    return { to: 'suspended', reason: `harms: ${shareOf(treated)} with it, ${shareOf(control)} without` }
  if (against === 'guardrail')
    return {
      to: 'suspended',
      reason: `the guardrail gets worse: ${shareOf(guardrail.treated)} with it, ${shareOf(guardrail.control)} without`,
    }
  if (skewed(account)) {
    const episodes = treated.episodes + control.episodes
    const drawn = `${treated.episodes} of ${episodes} with it, ${Math.round(allocation.expected)} were drawn`
    return { to: 'suspended', reason: `episodes of one arm go missing: ${drawn}` }
  }
  return undefined
}

/** Back to shadow, with its old account, when nothing of what may have suspended it holds any more. */
function fromSuspended(question: StageQuestion, record: StageRecord): Decided | undefined {
  const { validation, fixtures, limits } = question
  if (!validation?.passes || fixtures?.passes === false || takenBack(question, record)) return undefined
  if (withoutEffect(record.account, limits)) return undefined
  return { to: 'shadow', reason: `once more: ${validation.reason}` }
}

function changedContract({ fixtures }: StageQuestion, { stage }: StageRecord): Decided | undefined {
  if (!fixtures || stage === 'proposed' || stage === 'suspended' || stage === 'retired') return undefined
  if (!fixtures.passes)
    return { to: 'suspended', reason: `its part of the contract changed: ${fixtures.reason}` }
  return { to: 'shadow', reason: `its part of the contract changed; ${fixtures.reason}` }
}

/** Milliseconds in which nothing has touched it, since it stands where it does. */
function idleFor({ lastTouched, now }: StageQuestion, { since }: StageRecord): number {
  return now - Math.max(since, lastTouched ?? 0)
}

function days(ms: number): string {
  return `${Math.floor(ms / 86_400_000)} days`
}

function expired(question: StageQuestion, record: StageRecord): Decided | undefined {
  const { entry, validation, limits } = question
  const { stage } = record
  const idle = idleFor(question, record)
  if (stage === 'retired' || idle < limits.expiryMs) return undefined
  const reason = `nothing touched it for ${days(idle)}`
  // A draft waits as long as replay knows anything of it; what was more once, and is shown wrong, waits for nothing.
  const wasTried = Object.keys(entry.stages).some((family) => family !== DEFAULT_FAMILY)
  const waits = validation !== undefined && !(wasTried && isShownWrong(validation))
  if (stage === 'proposed') return waits ? undefined : { to: 'retired', reason }
  return { to: stage === 'suspended' ? 'retired' : 'suspended', reason }
}

function recordAt(question: StageQuestion, record: StageRecord, decided: Decided): StageRecord {
  const { to, reason, direct, anew } = decided
  if (to === record.stage) return { ...record, reason }
  const shares: Partial<Record<Stage, number>> = {
    canary: question.limits.control,
    active: question.limits.holdOut,
  }
  return {
    stage: to,
    since: question.now,
    reason,
    controlShare: shares[to] ?? 0,
    ...(direct ? { deadOnly: true } : {}),
    account: accountAt(question, record, to, anew),
  }
}

function accountAt(
  question: StageQuestion,
  { stage, account }: StageRecord,
  to: Stage,
  anew?: true,
): Account {
  if (anew) return testedAnew(account)
  if (to === 'canary') return levelled(account, question)
  return stage === 'canary' && to === 'active' ? watchedForFading(account) : account
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
