import type { Action, ActionType, Applied, Arm, CallPlan, InsertedCall, PlannedEdit } from './action.ts'
import { anchorHolds } from './anchor.ts'
import type { EpisodeContext } from './episode.ts'
import type { Failure } from './failure.ts'
import { guardPasses } from './guard.ts'
import { unitHash } from './hash.ts'
import { isJsonObject, type Json, jsonEqual } from './json.ts'
import { illegalEdit, illegalRename } from './legal-edit.ts'
import { type HostVerdict, type ProposalContext, proposalContext } from './proposal-context.ts'
import { type CallMatching, type CompiledIntervention, type Matching, NOTHING } from './snapshot.ts'
import { type Tool, toolKey } from './tool.ts'
import { type ToolCall, type ToolResult, toolResult } from './trajectory.ts'

/** A call plan with what it began from and what the model must be told. */
export type PlannedCall = CallPlan & {
  /** As the model emitted it, before a repair at emission. */
  original: ToolCall
  notes: readonly string[]
}

export type Planner = {
  repairEmitted(call: ToolCall, verdict?: HostVerdict): { call: ToolCall; applied: readonly Applied[] }
  planCall(call: ToolCall, verdict?: HostVerdict): PlannedCall
  /** Remembers what a call was made of where it was emitted, until it is executed or refused. */
  keep(planned: PlannedCall): void
  /** The plan made when a call was emitted, where this is what became of it; taken out. */
  emitted(call: ToolCall): PlannedCall | undefined
  /** The plan where the host refused what the layer made of the call: it is executed as it was. */
  takenBack(planned: PlannedCall, call: ToolCall): PlannedCall
  /** A tool's interventions by phase, in order. */
  matching(of: Pick<ToolCall, 'tool'>): Matching
  context(call: ToolCall, result?: ToolResult, failure?: Failure): ProposalContext
  propose(compiled: CompiledIntervention, context: ProposalContext): Action | undefined
  arm(compiled: CompiledIntervention, dead: boolean): Arm | undefined
  /** Whether something of this tool's acts in this way on a dead call, in this episode. */
  mayAct(tool: Tool, action: ActionType): boolean
}

/** Actions before execution that tell the model how to go on. */
const RECOVERIES: ReadonlySet<ActionType> = new Set(['respond', 'stop', 'replace-result'])

/** Plans remembered between emission and execution. */
const EMITTED = 256
/** Tools whose interventions an episode remembers. */
const MATCHINGS = 1_024

export function planner(episode: EpisodeContext): Planner {
  const { runtime, info } = episode
  const emittedPlans = new Map<string, PlannedCall>()

  const matchings = new Map<string, Matching>()

  function matching({ tool }: Pick<ToolCall, 'tool'>): Matching {
    const key = toolKey(tool)
    let found = matchings.get(key)
    if (!found) {
      const { family, scope } = info
      found = runtime.settings(tool, episode.contract(tool)).never
        ? NOTHING
        : episode.snapshot.match(tool, { family, scope, actions: episode.actions })
      // A model may invent any number of names.
      if (matchings.size < MATCHINGS) matchings.set(key, found)
    }
    return found
  }

  /** Suspension and the kill switch act on the next call; all else is as the episode's own snapshot says. */
  function arm({ intervention, stage }: CompiledIntervention, dead: boolean): Arm | undefined {
    if (runtime.revoked(intervention.id, info.family)) return undefined
    // What was validated under another contract (law 9), or on dead calls only, does not act.
    const computedOnly =
      (stage.deadOnly && !dead) || !anchorHolds(intervention, episode.contract(intervention.tool))
    if (computedOnly) return runtime.mode === 'frozen' ? undefined : 'shadow'
    if (runtime.mode === 'frozen') return stage.stage === 'active' ? 'applied' : undefined
    if (runtime.mode === 'observe' || stage.stage === 'shadow') return 'shadow'
    const drawn = stage.controlShare > 0 && unitHash(`${intervention.id} ${info.id}`) < stage.controlShare
    return drawn ? 'control' : 'applied'
  }

  function propose(compiled: CompiledIntervention, context: ProposalContext): Action | undefined {
    const { id } = compiled.intervention
    try {
      if (episode.restraint.applications(id) >= compiled.cap) return undefined
      if (!guardPasses(compiled.intervention.when, context.call.input)) return undefined
      context.asked = id
      const action = compiled.propose(context)
      if (action && !compiled.kind.actions.includes(action.type))
        throw new Error(`kind ${compiled.kind.kind} proposed ${action.type}, which it does not declare`)
      return action
    } catch (error) {
      runtime.faults.report(`intervention ${id}`, error)
      return undefined
    }
  }

  const context = (call: ToolCall, result?: ToolResult, failure?: Failure) =>
    proposalContext(episode, call, { ...(result ? { result } : {}), failure })

  /**
   * @param verdict what the host itself says of the call as it is
   * @param treated this intervention acts even where the episode was drawn for its control arm
   * @param only kinds that may do this are asked
   */
  function plan(
    call: ToolCall,
    original: ToolCall,
    earlier: readonly Applied[],
    verdict?: HostVerdict,
    treated?: string,
    only?: ActionType,
  ): PlannedCall {
    const untouched = { before: [], call, after: [], applied: earlier, original, notes: [] }
    // What a person approved is executed byte for byte (law 10).
    if (call.approved) return untouched
    const interventions = matching(call).call
    if (interventions.length === 0) return untouched
    let asked = candidates(interventions, call.input)
    if (asked.length === 0) return untouched
    const fold: Fold = { ...untouched, before: [], after: [], applied: [...earlier], notes: [] }
    let view: ProposalContext | undefined
    for (let index = 0; index < asked.length; index++) {
      const compiled = asked[index] as CompiledIntervention
      if (earlier.some(({ intervention }) => intervention === compiled.intervention.id)) continue
      if (only && !compiled.kind.actions.includes(only)) continue
      view ??= proposalContext(episode, fold.call, fold.call === call ? { verdict } : {})
      const action = propose(compiled, view)
      if (!action) continue
      const dead = view.dead(compiled.needs)
      const drawn = arm(compiled, dead)
      const how = drawn === 'control' && treated === compiled.intervention.id ? 'applied' : drawn
      if (!how) continue
      if (!apply(fold, compiled, action, how, dead, view)) continue
      if (toolKey(fold.call.tool) !== toolKey(call.tool)) {
        // Another tool has interventions of its own.
        const next = plan(fold.call, original, fold.applied, undefined, treated, only)
        return { ...next, notes: [...fold.notes, ...next.notes] }
      }
      if (fold.call !== view.call) {
        // The edit may have brought in arguments that later interventions wait for.
        view = undefined
        asked = candidates(interventions, fold.call.input).filter(({ order }) => order > compiled.order)
        index = -1
      }
      if (fold.respond) break
    }
    return fold
  }

  function apply(
    fold: Fold,
    { intervention, kind, stage }: CompiledIntervention,
    action: Action,
    how: Arm,
    dead: boolean,
    view: ProposalContext,
  ): boolean {
    const record: Applied = {
      intervention: intervention.id,
      version: intervention.version,
      arm: how,
      // In frozen mode nothing is drawn.
      ...(how === 'shadow' || runtime.mode === 'frozen' ? {} : { treatedShare: 1 - stage.controlShare }),
      action: action.type,
      dead,
      ...(fold.call.input === undefined ? {} : { before: fold.call.input }),
    }
    switch (action.type) {
      case 'replace-call': {
        const reason =
          kind.renamesTool === true
            ? illegalRename(fold.call, action.call, view)
            : illegalEdit(fold.call, action.call, view)
        if (reason) {
          runtime.faults.report(`intervention ${intervention.id}`, new Error(reason))
          return false
        }
        if (kind.renamesTool !== true && jsonEqual(action.call.input, fold.call.input)) return false
        if (action.call.input !== undefined) record.after = action.call.input
        if (how === 'applied') {
          fold.call = action.call
          // The model is told of a live call that ran otherwise than it wrote it; silence is for form only.
          if (!dead && intervention.risk !== 'form') {
            const note = executedAs(action.call.input)
            record.note = note
            fold.notes.push(note)
          }
        }
        break
      }
      case 'respond':
        record.after = action.result.view()
        if (how === 'applied') fold.respond = action.result
        break
      case 'stop':
        record.after = action.reason
        if (how === 'applied') fold.respond = stopped(action.reason)
        break
      case 'insert-call': {
        const reason = runtime.loaded.illegalInsertion(fold.call, action.call, episode)
        if (reason) {
          runtime.faults.report(`intervention ${intervention.id}`, new Error(reason))
          return false
        }
        const { call: inserted, note, place } = action
        if (runtime.loaded.isAdded(action, fold, episode)) return false
        if (inserted.input !== undefined) record.after = inserted.input
        if (how === 'applied') fold[place].push({ call: inserted, note, intervention: intervention.id })
        break
      }
      case 'replace-result':
        if (how === 'applied') {
          fold.edits ??= []
          fold.edits.push({ intervention: intervention.id, edit: action.edit })
        }
        break
      default:
        runtime.faults.report(
          `intervention ${intervention.id}`,
          new Error(`${action.type} cannot act before execution`),
        )
        return false
    }
    fold.applied.push(record)
    return true
  }

  /** Caps count what acted, not what was only tried. */
  function counted(planned: PlannedCall, earlier: readonly Applied[]): PlannedCall {
    for (const record of planned.applied) {
      const { intervention } = record
      if (record.arm !== 'applied' || earlier.includes(record)) continue
      episode.restraint.acted(intervention, planned.call.tool)
      if (RECOVERIES.has(record.action)) episode.restraint.recovers(intervention, planned.call.turn)
    }
    return planned
  }

  /** Where a call is emitted it can be edited, and nothing else. */
  const edit = (call: ToolCall, verdict?: HostVerdict, treated?: string) =>
    plan(call, call, [], verdict, treated, 'replace-call')

  const revives = ({ call, respond }: PlannedCall) => respond === undefined && !context(call).dead()

  /**
   * What of a plan at emission stands: a repair that leaves the call dead is withheld. Then it is as if it had not
   * matched; and so it must be where it is only the control, or the arms would be compared on different calls.
   */
  function standing(call: ToolCall, planned: PlannedCall, verdict?: HostVerdict): PlannedCall {
    const repaired = revives(planned)
    const applied = planned.applied.filter(({ arm, intervention }) => {
      if (arm === 'applied') return repaired
      return arm === 'shadow' || revives(edit(call, verdict, intervention))
    })
    if (repaired) return { ...planned, applied }
    return { before: [], call, after: [], applied, original: planned.original, notes: [] }
  }

  return {
    mayAct(tool, action) {
      if (runtime.off) return false
      try {
        const { always, byArgument } = matching({ tool }).call
        const acts = (one: CompiledIntervention) =>
          one.kind.actions.includes(action) && arm(one, true) === 'applied'
        return [always, ...byArgument.values()].some((asked) => asked.some(acts))
      } catch (error) {
        runtime.faults.report('mayAct', error)
        return false
      }
    },
    matching,
    context,
    propose,
    arm,
    planCall(call, verdict) {
      const bare = { before: [], call, after: [], applied: [], original: call, notes: [] }
      if (runtime.off) return bare
      try {
        const { original, applied } = takenOver(call) ?? bare
        return counted(plan(call, original, applied, verdict), applied)
      } catch (error) {
        runtime.faults.report('planCall', error)
        return bare
      }
    },
    repairEmitted(emitted, verdict) {
      if (runtime.off) return { call: emitted, applied: [] }
      const { call, refold } = episode.unfold(emitted)
      // Hosts may use an id again: what was planned for another call is not for this one.
      emittedPlans.delete(call.id)
      try {
        if (call.approved || matching(call).call.length === 0) return { call: emitted, applied: [] }
        if (!proposalContext(episode, call, { verdict }).dead()) return { call: emitted, applied: [] }
        const kept = counted(standing(call, edit(call, verdict), verdict), [])
        keep(kept)
        return { call: kept.call === call ? emitted : refold(kept.call), applied: kept.applied }
      } catch (error) {
        runtime.faults.report('repairEmitted', error)
        return { call: emitted, applied: [] }
      }
    },
    keep,
    emitted: takenOver,
    takenBack(planned, call) {
      notExecuted(call)
      const applied = planned.applied.filter(({ arm }) => arm !== 'applied')
      return { before: [], call, after: [], applied, original: planned.original, notes: [] }
    },
  }

  function keep(planned: PlannedCall): void {
    if (emittedPlans.size >= EMITTED) emittedPlans.delete(emittedPlans.keys().next().value as string)
    emittedPlans.set(planned.call.id, planned)
  }

  /**
   * The plan made when a call was emitted, taken out. The host must have taken the rewrite over (law 8); if it did not,
   * nothing was applied.
   */
  function takenOver(call: ToolCall): PlannedCall | undefined {
    const remembered = emittedPlans.get(call.id)
    if (!remembered) return undefined
    emittedPlans.delete(call.id)
    const { call: wanted, original } = remembered
    const same = toolKey(wanted.tool) === toolKey(call.tool) && jsonEqual(wanted.input, call.input)
    if (same && wanted.rawInput === call.rawInput) return remembered
    if (wanted !== original) notExecuted(call)
    return undefined
  }

  function notExecuted({ tool }: ToolCall): void {
    runtime.faults.report('adapter', new Error(`tool ${toolKey(tool)}: the rewritten call was not executed`))
  }
}

/** Those of a tool's interventions whose argument stands in the call, in order. */
function candidates(
  { always, byArgument, length }: CallMatching,
  input: Json | undefined,
): readonly CompiledIntervention[] {
  if (always.length === length || !isJsonObject(input)) return always
  let found = always
  for (const name of Object.keys(input)) {
    const waiting = byArgument.get(name)
    if (!waiting) continue
    found = found.length === 0 ? waiting : [...found, ...waiting].sort((a, b) => a.order - b.order)
  }
  return found
}

type Fold = {
  before: InsertedCall[]
  call: ToolCall
  respond?: ToolResult
  after: InsertedCall[]
  edits?: PlannedEdit[]
  applied: Applied[]
  original: ToolCall
  notes: string[]
}

const NOTE_LENGTH = 300

/** The line that tells the model what ran instead of what it wrote. */
export function executedAs(input: Json | undefined): string {
  const text = JSON.stringify(input) ?? ''
  // Half of a character is none: a model's provider refuses the whole request for it.
  const shown = text.length > NOTE_LENGTH ? `${text.slice(0, NOTE_LENGTH).toWellFormed()}…` : text
  return `Note: this call was executed with the arguments ${shown}`
}

function stopped(reason: string): ToolResult {
  return toolResult('error', reason, { error: { message: reason, code: 'stopped' } })
}
