import type { Action, ActionType } from './action.ts'
import type { LifeHarnessConfig } from './config.ts'
import type { FaultLog } from './fault.ts'
import { type Intervention, type Kind, LAYERS, type Phase, type ResultContext } from './intervention.ts'
import { pathSegments } from './json.ts'
import { type RegistryEntry, type RegistryState, type StageRecord, stageFor } from './registry.ts'
import { schemaCheck } from './schema.ts'
import { type Tool, toolKey } from './tool.ts'

/** One intervention, ready to be asked. */
export type CompiledIntervention = {
  intervention: Intervention
  kind: Kind
  stage: StageRecord
  /** The top-level argument without which it cannot act, where there is one. */
  needs: string | undefined
  /** How often it acts in an episode at most. */
  cap: number
  /** Position among the tool's interventions: the order in which they are asked. */
  order: number
  propose(context: ResultContext): Action | undefined
}

/** Call-phase interventions of a tool: those asked at every call, and those that wait for an argument. */
export type CallMatching = {
  readonly length: number
  readonly always: readonly CompiledIntervention[]
  readonly byArgument: ReadonlyMap<string, readonly CompiledIntervention[]>
}

export type Matching = { readonly call: CallMatching } & {
  readonly [phase in Exclude<Phase, 'call'>]: readonly CompiledIntervention[]
}

/** The registry's immutable compiled form. An episode keeps the one it began with. */
export type Snapshot = {
  readonly version: number
  /** What may concern a tool, in the order in which it is asked: layer, then kind as passed in, then id. */
  match(
    tool: Tool,
    host: { family: string; actions: ReadonlySet<ActionType>; scope: string | undefined },
  ): Matching
}

export const NOTHING: Matching = matchingOf([])

/** Stages that are computed at all. */
const COMPUTED = new Set(['shadow', 'canary', 'active'])

/**
 * Compiles a registry. The work of a call does not depend on how many interventions concern other tools: entries are
 * indexed by tool, and a tool's are compiled when it is first called. One that does not compile is left out and
 * reported; it cannot break the others.
 */
export function compileSnapshot(
  state: RegistryState,
  kinds: readonly Kind[],
  config: LifeHarnessConfig,
  faults: FaultLog,
): Snapshot {
  const kindByName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const kindOrder = new Map(kinds.map(({ kind }, order) => [kind, order]))
  const byTool = new Map<string, RegistryEntry[]>()
  const offKinds = new Set(config.off?.kinds)
  const offCategories = new Set([...(config.off?.categories ?? []), ...(state.settings.disabled ?? [])])
  for (const entry of state.entries) {
    try {
      const { intervention } = entry
      if (offKinds.has(intervention.kind) || offCategories.has(intervention.category)) continue
      if (!Object.values(entry.stages).some((record) => COMPUTED.has(record.stage))) continue
      const key = toolKey(intervention.tool)
      const entries = byTool.get(key)
      if (entries) entries.push(entry)
      else byTool.set(key, [entry])
    } catch (error) {
      faults.report('registry entry', error)
    }
  }

  const compiled = new Map<string, Matching>()
  const proposals = new Map<string, CompiledIntervention['propose'] | undefined>()

  function proposalOf(intervention: Intervention, kind: Kind): CompiledIntervention['propose'] | undefined {
    if (proposals.has(intervention.id)) return proposals.get(intervention.id)
    let propose: CompiledIntervention['propose'] | undefined
    try {
      const [issue] = schemaCheck(kind.options)(intervention.options)
      if (issue) throw new Error(`options: ${issue.path || 'the whole'}: ${issue.message}`)
      propose = kind.compile(intervention.options)
    } catch (error) {
      faults.report(`intervention ${intervention.id}`, error)
    }
    proposals.set(intervention.id, propose)
    return propose
  }

  return {
    version: state.version,
    match(tool, { family, actions, scope }) {
      const key = toolKey(tool)
      const entries = byTool.get(key)
      if (!entries) return NOTHING
      const cacheKey = `${key}\n${family}\n${scope ?? ''}\n${[...actions].join()}`
      const known = compiled.get(cacheKey)
      if (known) return known
      const usable = entries.flatMap((entry): CompiledIntervention[] => {
        const { intervention } = entry
        const kind = kindByName.get(intervention.kind)
        if (!kind?.actions.every((action) => actions.has(action))) return []
        if (intervention.scope !== undefined && intervention.scope !== scope) return []
        try {
          const stage = stageFor(entry, family)
          if (!COMPUTED.has(stage.stage)) return []
          const propose = proposalOf(intervention, kind)
          if (!propose) return []
          const needs = pathSegments(kind.touches?.(intervention.options) ?? '')[0]
          const cap = kind.cap?.(intervention.options) ?? Number.POSITIVE_INFINITY
          return [{ intervention, kind, stage, needs, cap, order: 0, propose }]
        } catch (error) {
          faults.report(`intervention ${intervention.id}`, error)
          return []
        }
      })
      usable.sort(
        (a, b) =>
          LAYERS.indexOf(a.intervention.layer) - LAYERS.indexOf(b.intervention.layer) ||
          (kindOrder.get(a.intervention.kind) ?? 0) - (kindOrder.get(b.intervention.kind) ?? 0) ||
          compare(a.intervention.id, b.intervention.id),
      )
      for (const [order, one] of usable.entries()) one.order = order
      const matching = matchingOf(usable)
      if (compiled.size >= MATCHINGS) compiled.clear()
      compiled.set(cacheKey, matching)
      return matching
    },
  }
}

function matchingOf(interventions: readonly CompiledIntervention[]): Matching {
  const of = (phase: Phase) => interventions.filter(({ kind }) => kind.phase === phase)
  const [tools, turn, answer, result] = [of('tools'), of('turn'), of('answer'), of('result')]
  return { tools, turn, answer, call: callMatching(of('call')), result }
}

function callMatching(interventions: readonly CompiledIntervention[]): CallMatching {
  const byArgument = new Map<string, CompiledIntervention[]>()
  const always: CompiledIntervention[] = []
  for (const one of interventions) {
    const waiting = one.needs === undefined ? always : (byArgument.get(one.needs) ?? [])
    waiting.push(one)
    if (one.needs !== undefined) byArgument.set(one.needs, waiting)
  }
  return { length: interventions.length, always, byArgument }
}

/** Matchings kept: tools × families × scopes of a process. */
const MATCHINGS = 4096

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
