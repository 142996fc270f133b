import { openAccount } from '../activation.ts'
import { type LifeHarnessConfig, toolSettings } from '../config.ts'
import { priceOf } from '../false-discovery.ts'
import type { Intervention, Kind } from '../intervention.ts'
import { jsonEqual } from '../json.ts'
import {
  DEFAULT_FAMILY,
  type RegistryEntry,
  type RegistryState,
  type StageRecord,
  stageFor,
  type Transition,
} from '../registry.ts'
import { anchorOf, type ToolContract, toolKey } from '../tool.ts'
import { type CountedOutcome, countOutcomes } from './accounts.ts'
import { conflictsOf } from './conflicts.ts'
import { type Decision, decideStage, type Ledger, type StageLimits } from './decide.ts'
import { type FixtureVerdict, replayFixtures } from './fixtures.ts'
import type { Validated } from './validate.ts'

/** All that a commit of the learner follows from. */
export type Findings = {
  state: RegistryState
  /** What the last replay found, most costly failures first. */
  validated: readonly Validated[]
  /** Of each intervention, in the order of the log; what was counted before is passed over. */
  outcomes: ReadonlyMap<string, readonly CountedOutcome[]>
  /** When an intervention last touched a call, by `id family`. */
  touched: ReadonlyMap<string, number>
  /** The contract of each tool that was shown last, by tool key. */
  contracts: ReadonlyMap<string, ToolContract>
  /** Ids that were registered once: what is retired does not come back. */
  registered: ReadonlySet<string>
  templates: Readonly<Record<string, string>>
  ledger: Ledger
  kinds: readonly Kind[]
  config: LifeHarnessConfig
  limits: StageLimits
  now: number
}

/** The transitions that follow from what was found; none where nothing is new. Pure. */
export function changesFrom(findings: Findings): Transition[] {
  const { state, validated, registered, now } = findings
  const changes: Transition[] = []
  const ledger = { ...findings.ledger }
  const known = new Map(state.entries.map((entry) => [entry.intervention.id, entry]))
  const replayed = new Map(validated.map((one) => [one.intervention.id, one]))
  for (const found of validated) {
    const { id } = found.intervention
    const one = withoutRival(found, known, replayed, findings)
    replayed.set(id, one)
    if (known.has(id) || registered.has(id)) continue
    const entry = proposal(one, now)
    known.set(id, entry)
    changes.push({
      type: 'stage',
      entry,
      family: DEFAULT_FAMILY,
      to: 'proposed',
      reason: one.reason,
      by: 'learner',
      at: now,
      evidence: { ...one.replay, families: {} },
    })
  }
  // Categories enter by impact: what costs most asks first for the few places in canary.
  const order = [...new Set([...validated.map(({ intervention }) => intervention.id), ...known.keys()])]
  for (const id of order) {
    const entry = known.get(id)
    if (entry) changes.push(...changesOf(entry, replayed.get(id), findings, ledger))
  }
  const templates = Object.entries(findings.templates).filter(([key]) => state.templates[key] === undefined)
  if (templates.length > 0)
    changes.push({ type: 'templates', templates: Object.fromEntries(templates), at: now })
  return changes
}

/**
 * What would make something else of an argument than one that is in use, or comes before it, stays proposed, whatever
 * replay says.
 */
function withoutRival(
  found: Validated,
  known: ReadonlyMap<string, RegistryEntry>,
  replayed: ReadonlyMap<string, Validated>,
  { validated, kinds, contracts }: Findings,
): Validated {
  const { intervention } = found
  const own = known.get(intervention.id)
  if (!found.passes || (own && isInUse(own))) return found
  const before = new Set(validated.slice(0, validated.indexOf(found)).map((one) => one.intervention.id))
  const rivals = [...known.values()].filter((entry) => {
    const { id } = entry.intervention
    return isInUse(entry) || (before.has(id) && replayed.get(id)?.passes)
  })
  const others = rivals.map((entry) => entry.intervention)
  const [conflict] = conflictsOf(intervention, others, kinds, contracts.get(toolKey(intervention.tool)))
  if (!conflict) return found
  return { ...found, passes: false, reason: `${conflict.other} makes something else of ${conflict.argument}` }
}

function isInUse({ stages }: RegistryEntry): boolean {
  return Object.values(stages).some(
    ({ stage }) => stage === 'shadow' || stage === 'canary' || stage === 'active',
  )
}

function proposal({ intervention, reason }: Validated, now: number): RegistryEntry {
  const record = { stage: 'proposed' as const, since: now, reason, controlShare: 0, account: openAccount() }
  return { intervention, stages: { [DEFAULT_FAMILY]: record } }
}

function changesOf(
  before: RegistryEntry,
  replayed: Validated | undefined,
  findings: Findings,
  ledger: Ledger,
): Transition[] {
  const { now, limits, kinds, config } = findings
  const { id, tool } = before.intervention
  const contract = findings.contracts.get(toolKey(tool))
  const fixtures = fixturesUnder(before, contract, kinds)
  let entry: RegistryEntry = {
    ...before,
    intervention: renewed(before, replayed, fixtures?.passes ? contract : undefined),
  }
  const moves: Transition[] = []
  const decide = (family: string) => {
    const record = stageFor(entry, family)
    const touched = lastTouched(findings.touched, id, family)
    const decision = decideStage({
      entry,
      family,
      kind: kinds.find(({ kind }) => kind === entry.intervention.kind),
      facts: toolSettings(config, tool, contract).facts,
      ...(replayed
        ? { validation: { ...replayed.replay, passes: replayed.passes, reason: replayed.reason } }
        : {}),
      ...(fixtures ? { fixtures } : {}),
      ...(touched === undefined ? {} : { lastTouched: touched }),
      ledger,
      now,
      limits,
    })
    if (!decision) return
    entry = { ...entry, stages: { ...entry.stages, [family]: decision.record } }
    noteDecision(ledger, record, decision)
    if (decision.to === record.stage) return
    const { reason } = decision.record
    moves.push({
      type: 'stage',
      entry,
      family,
      from: record.stage,
      to: decision.to,
      reason,
      by: 'learner',
      at: now,
      evidence: decision.evidence,
    })
  }
  decide(DEFAULT_FAMILY)
  entry = withEvidence(entry, replayed, findings.outcomes.get(id) ?? [])
  for (const family of Object.keys(entry.stages)) if (family !== DEFAULT_FAMILY) decide(family)
  if (moves.length === 0) return jsonEqual(before, entry) ? [] : [{ type: 'account', entry, at: now }]
  // The last move carries the whole entry; those before it must not show what comes after them.
  const last = moves.at(-1) as Extract<Transition, { type: 'stage' }>
  return jsonEqual(last.entry, entry) ? moves : [...moves, { type: 'account', entry, at: now }]
}

/** The outcomes that are new, and what replay counted, each at its family's record; families get one when they need it. */
function withEvidence(
  entry: RegistryEntry,
  replayed: Validated | undefined,
  outcomes: readonly CountedOutcome[],
): RegistryEntry {
  const byFamily = new Map<string, CountedOutcome[]>()
  for (const one of outcomes) {
    const { family } = one.outcome
    byFamily.set(family, [...(byFamily.get(family) ?? []), one])
  }
  const inReplay = Object.entries(replayed?.replay.families ?? {}).filter(
    ([family, { fixes }]) =>
      Boolean(entry.stages[family]) || (fixes > 0 && entry.stages[DEFAULT_FAMILY]?.stage !== 'proposed'),
  )
  const stages = { ...entry.stages }
  for (const family of new Set([...byFamily.keys(), ...inReplay.map(([family]) => family)])) {
    const record = stages[family] ?? { ...stageFor(entry, family), account: openAccount() }
    const replay = replayed?.replay.families[family] ?? record.account.replay
    const account = countOutcomes(record.account, byFamily.get(family) ?? [])
    stages[family] = { ...record, account: replay ? { ...account, replay } : account }
  }
  return { ...entry, stages }
}

/**
 * The intervention with the evidence of the last replay. While it is only proposed it is replaced as a whole; later its
 * anchor moves only when its fixtures hold under the new contract.
 */
function renewed(
  { intervention, stages }: RegistryEntry,
  replayed: Validated | undefined,
  contract: ToolContract | undefined,
): Intervention {
  const fresh = replayed?.intervention
  const proposed = stages[DEFAULT_FAMILY]?.stage === 'proposed'
  const { path } = intervention.anchor ?? {}
  const anchor =
    fresh && proposed
      ? fresh.anchor
      : contract && path !== undefined
        ? { path, hash: anchorOf(contract, path) }
        : intervention.anchor
  const signatures = fresh
    ? [...new Set([...intervention.signatures, ...fresh.signatures])].sort()
    : intervention.signatures
  const next: Intervention = {
    ...intervention,
    ...(fresh ? { origin: fresh.origin } : {}),
    ...(anchor ? { anchor } : {}),
    signatures,
  }
  const same = jsonEqual(anchor, intervention.anchor) && signatures.length === intervention.signatures.length
  return same ? next : { ...next, version: intervention.version + 1 }
}

function fixturesUnder(
  { intervention }: RegistryEntry,
  contract: ToolContract | undefined,
  kinds: readonly Kind[],
): FixtureVerdict | undefined {
  const { anchor } = intervention
  if (!anchor || !contract || anchorOf(contract, anchor.path) === anchor.hash) return undefined
  return replayFixtures(intervention, kinds, contract)
}

/** The default is touched when any family touches it. */
function lastTouched(touched: ReadonlyMap<string, number>, id: string, family: string): number | undefined {
  if (family !== DEFAULT_FAMILY) return touched.get(`${id} ${family}`)
  const times = [...touched].filter(([key]) => key.startsWith(`${id} `)).map(([, at]) => at)
  return times.length > 0 ? Math.max(...times) : undefined
}

/** What is decided next in the same commit must know of it. */
function noteDecision(ledger: Ledger, { stage, account }: StageRecord, { to, record }: Decision): void {
  const price = priceOf(record.account.level)
  if (account.level === 0) ledger.spent += price
  if (to === stage) return
  if (to === 'canary') ledger.canaries++
  if (stage !== 'canary') return
  ledger.canaries--
  if (to !== 'active') return
  ledger.discoveries++
  ledger.spent -= price
}
