import type { LifeHarnessConfig } from '@lifeharness/core'
import {
  type Event,
  type Failure,
  type Intervention,
  type Json,
  type RegistryEntry,
  type RegistryState,
  type Stage,
  type StageRecord,
  toolKey,
} from '@lifeharness/core'
import {
  type Asked,
  changesBetween,
  describeGuard,
  describeIntervention,
  explainStep,
} from '@lifeharness/core/learn'
import type { FoundCall } from './find-call.ts'

type Applied = Extract<Event, { type: 'tool' }>['applied'][number]

/** What `explain` prints. Times are milliseconds since the epoch. */
export type Explanation = {
  format: 'lifeharness-explain/1'
  call: string
  event: string | null
  episode: string
  family: string
  tool: string
  at: number | null
  outcome: string
  input: Json
  /** What ran, where it is not what was emitted. */
  executed: Json | null
  /** The tool that ran, where it is not the one that was called. */
  executedTool: string | null
  error: string | null
  failure: {
    category: string
    signature: string
    template: string
    evidence: string
    detector: string
  } | null
  fired: FiredReport[]
  /** The others registered for this tool when the episode began, and why each did nothing. */
  others: OtherReport[]
  /** What came or changed since then, and would do something at this call today. */
  since: OtherReport[]
}

export type Change = { path: string; before: Json | null; after: Json | null }

export type FiredReport = {
  id: string
  version: number
  does: string
  arm: Applied['arm']
  action: string
  /** Probability with which the episode was drawn for treatment. */
  treatedShare: number | null
  guard: string | null
  /** Whether it answers the failure of this call by its signature; null where the call did not fail. */
  answers: boolean | null
  changes: Change[]
  /** The arguments of the call that it added beside the model's own. */
  added: Json | null
  note: string | null
  /** Where it stood when the episode began, and where it stands today. */
  stood: Standing | null
  stands: Standing | null
  origin: { inducer: string; pairs: number; failures: number; episodes: number; subjects: number }
}

type Standing = { stage: Stage; reason: string; since: number; evidence: string }

export type OtherReport = {
  id: string
  does: string
  stage: Stage
  because: string | null
  /** What it proposes, whether it acts or not. */
  would: { action: string; changes: Change[]; tool: string | null; added: Json | null } | null
}

export type Registries = {
  /** When the episode began. */
  earlier: RegistryState
  now: RegistryState
  versions: ReadonlyMap<string, RegistryEntry>
}

export function explanationOf(
  found: FoundCall,
  { earlier, now, versions }: Registries,
  config: LifeHarnessConfig,
  fault: (where: string, error: unknown) => void,
): Explanation {
  const { trajectory, index, step, event } = found
  const ask = (registry: RegistryState) => explainStep({ trajectory, step: index, registry, config, fault })
  const { judged, asked } = ask(earlier)
  const failure = event ? event.failure : judged.failure
  const { call, executed, result, applied } = step
  const fired = applied.map((one) =>
    firedReport(one, {
      failure,
      family: trajectory.family,
      earlier,
      now,
      entry: entryOf(one, { earlier, now, versions }),
    }),
  )
  const acted = new Set(applied.map(({ intervention }) => intervention))
  const others = asked.filter(({ entry }) => !acted.has(entry.intervention.id))
  const stood = new Map(asked.map((one) => [one.entry.intervention.id, one.record.stage]))
  const later = earlier === now ? [] : ask(now).asked
  return {
    format: 'lifeharness-explain/1',
    ...{ call: call.id, event: event?.id ?? null, episode: trajectory.id, family: trajectory.family },
    ...{ tool: toolKey(call.tool), at: event?.at ?? null, outcome: result.outcome },
    input: call.input ?? call.rawInput ?? null,
    executed: executed === call ? null : (executed.input ?? executed.rawInput ?? null),
    executedTool: toolKey(executed.tool) === toolKey(call.tool) ? null : toolKey(executed.tool),
    error: result.error?.message ?? null,
    failure: failure ? failureReport(failure, now) : null,
    fired,
    others: others.map((one) => otherReport(one, call.input ?? null, result.view())),
    since: later
      .filter(({ entry, record, action }) => {
        const { id } = entry.intervention
        return action && !acted.has(id) && stood.get(id) !== record.stage
      })
      .map((one) => otherReport(one, call.input ?? null, result.view())),
  }
}

function failureReport(
  { category, signature, evidence }: Failure,
  { templates }: RegistryState,
): NonNullable<Explanation['failure']> {
  const template = templates[signature] ?? ''
  return { category, signature, template, evidence: evidence.bytes, detector: evidence.detector }
}

/** The intervention as it was when it acted. */
function entryOf(
  { intervention, version }: Applied,
  { earlier, now, versions }: Registries,
): RegistryEntry | undefined {
  const is = ({ intervention: { id } }: RegistryEntry) => id === intervention
  return versions.get(`${intervention} ${version}`) ?? earlier.entries.find(is) ?? now.entries.find(is)
}

function firedReport(
  { intervention: id, version, arm, action, treatedShare, before, after, note }: Applied,
  about: {
    failure: Failure | undefined
    family: string
    earlier: RegistryState
    now: RegistryState
    entry: RegistryEntry | undefined
  },
): FiredReport {
  const { failure, family, entry } = about
  const intervention = entry?.intervention
  const origin = intervention?.origin
  return {
    ...{ id, version, arm, action, treatedShare: treatedShare ?? null, note: note ?? null },
    does: intervention ? describeIntervention(intervention) : 'it is not in the history of this registry',
    guard: intervention?.when ? describeGuard(intervention.when) : null,
    answers: failure && intervention ? answers(intervention, failure) : null,
    changes: action === 'insert-call' ? [] : changesOf(before, after),
    added: action === 'insert-call' ? (after ?? null) : null,
    stood: standingIn(about.earlier, id, family),
    stands: standingIn(about.now, id, family),
    origin: {
      inducer: origin?.inducer ?? 'unknown',
      pairs: origin?.support.pairs ?? 0,
      failures: origin?.support.failures ?? 0,
      episodes: origin?.support.episodes ?? 0,
      subjects: origin?.support.subjects ?? 0,
    },
  }
}

function answers({ signatures, category }: Intervention, failure: Failure): boolean {
  return signatures.length > 0 ? signatures.includes(failure.signature) : category === failure.category
}

function standingIn({ entries }: RegistryState, id: string, family: string): Standing | null {
  const entry = entries.find(({ intervention }) => intervention.id === id)
  const record = entry?.stages[family] ?? entry?.stages.default
  if (!record) return null
  const { stage, reason, since } = record
  return { stage, reason, since, evidence: evidenceOf(record) }
}

function evidenceOf({ account: { treated, control, shadow, replay } }: StageRecord): string {
  const parts = [
    treated.episodes + control.episodes > 0
      ? `${treated.successes} of ${treated.episodes} episodes went well with it, ${control.successes} of ${control.episodes} without`
      : '',
    shadow.fixes > 0 ? `computed, it would have fixed ${shadow.fixes} and broken ${shadow.breaks}` : '',
    replay ? `in replay it fixed ${replay.fixes} and left ${replay.examined} successes alone` : '',
  ]
  return parts.filter(Boolean).join('; ')
}

function otherReport({ entry, record, action, because }: Asked, input: Json, view: Json): OtherReport {
  const { intervention } = entry
  const before = action?.type === 'replace-result' ? view : input
  return {
    id: intervention.id,
    does: describeIntervention(intervention),
    stage: record.stage,
    because: because ?? null,
    would: action
      ? {
          action: action.type,
          changes: action.type === 'insert-call' ? [] : changesOf(before, action.after),
          tool: action.tool ? toolKey(action.tool) : null,
          added: action.type === 'insert-call' ? (action.after ?? null) : null,
        }
      : null,
  }
}

function changesOf(before: Json | undefined, after: Json | undefined): Change[] {
  if (after === undefined) return []
  return changesBetween(before ?? null, after).map(({ segments, before: was, after: is }) => ({
    path: segments.join('.'),
    before: was ?? null,
    after: is ?? null,
  }))
}
