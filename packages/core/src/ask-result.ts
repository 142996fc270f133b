import type { Action, Applied, PlannedEdit } from './action.ts'
import { factsOf } from './config.ts'
import type { EpisodeContext } from './episode.ts'
import type { Failure } from './failure.ts'
import type { Intervention } from './intervention.ts'
import { type Json, jsonEqual } from './json.ts'
import { illegalEdit } from './legal-edit.ts'
import type { Planner } from './plan.ts'
import type { ProposalContext } from './proposal-context.ts'
import type { ToolCall, ToolResult, ToolStep } from './trajectory.ts'

export type Asking = {
  plans: Planner
  mayRetry(afterMs: number): boolean
  /**
   * Whether an edited view can be written back; otherwise the value must be all that the view shows, unless what is left
   * out is meant to be (`bounds`).
   */
  writes(edited: Json, bounds?: boolean): boolean
  /**
   * The call is a correction of the layer's own. Where it fails, its error is not the model's to see, so nothing is added
   * to it; the next correction may go on from here.
   */
  corrected?: boolean
  /** Interventions whose correction of this call was tried: each has one chance. */
  tried?: Set<string>
}

/**
 * What is to happen after a result; `retry.call` is the correction that is to be executed instead. `answered`: the model is
 * given `edited` as an error where the host would throw past it.
 */
export type Asked = {
  applied: readonly Applied[]
  retry?: { afterMs: number; call?: ToolCall }
  edited?: Json
  answered?: true
}

/**
 * Asks the result-phase interventions about a result, in order: a retry ends it; edits fold, each seeing what the last one
 * left, those that were planned before the call last of all; at most one hint is told.
 */
export function askResult(
  context: EpisodeContext,
  { plans, mayRetry, writes, corrected = false, tried = new Set() }: Asking,
  step: ToolStep,
  failure: Failure | undefined,
  planned: readonly PlannedEdit[],
): Asked {
  const asked = plans
    .matching(step.executed)
    .result.filter(
      ({ kind, intervention }) => kind.everyResult || (failure && answersTo(intervention, failure)),
    )
  // Most results concern nobody, and are not even looked at.
  if (asked.length === 0 && planned.length === 0) return { applied: step.applied }
  const { restraint } = context
  const shown = step.result.view()
  const { turn } = step.executed
  const reach: Reach = { step, writes, isWhole: isValueItself(shown, step.result), answered: false }
  let applied = [...step.applied]
  let edited: Json | undefined
  let isHinted = false
  const view = plans.context(step.executed, step.result, failure)
  for (const compiled of asked) {
    const { intervention, kind } = compiled
    const action = plans.propose(compiled, view)
    const arm = action && plans.arm(compiled, failure?.dead ?? false)
    if (!action || !arm) continue
    const record: Applied = {
      intervention: intervention.id,
      version: intervention.version,
      arm,
      ...(arm === 'shadow' || context.runtime.mode === 'frozen'
        ? {}
        : { treatedShare: 1 - compiled.stage.controlShare }),
      action: action.type,
      dead: failure?.dead ?? false,
    }
    const seen = applied.some((earlier) => earlier.intervention === intervention.id)
    const onFault = report(context, intervention.id)
    if (action.type === 'retry') {
      if (!failure || step.executed.approved || !mayRetry(action.afterMs)) continue
      if (action.call && tried.has(intervention.id)) continue
      const illegal = action.call && illegalCorrection(context, step.executed, action.call, view)
      if (illegal) {
        onFault(new Error(illegal))
        continue
      }
      if (!seen) applied.push({ ...record, ...beforeAndAfter(step, action.call, failure) })
      if (arm !== 'applied') continue
      if (!seen) restraint.acted(intervention.id, intervention.tool)
      const { afterMs, call } = action
      if (call) tried.add(intervention.id)
      return { applied, retry: { afterMs, ...(call ? { call } : {}) } }
    }
    if (seen || (corrected && failure)) continue
    if (action.type === 'respond' && failure && !reach.answered) {
      const after = action.result.view()
      applied.push({ ...record, before: shown, after })
      if (arm !== 'applied') continue
      restraint.acted(intervention.id, intervention.tool)
      reach.answered = true
      edited = after
    }
    if (action.type === 'replace-result') {
      const isHint = kind.validation === 'hint'
      if (isHint && (isHinted || (arm === 'applied' && !restraint.mayRecover(intervention.id, turn))))
        continue
      const before = edited ?? shown
      const after = editedWithin(reach, before, action, onFault)
      if (after === undefined) continue
      applied.push({ ...record, before, after })
      if (arm !== 'applied') continue
      restraint.acted(intervention.id, intervention.tool)
      edited = after
      if (!isHint) continue
      isHinted = true
      restraint.recovers(intervention.id, turn)
    }
  }
  // Last, for most of what is planned is a hint, and what shortens a result would cut it off. It is told of the model's
  // own call only: where a correction fails it waits for that one.
  for (const { intervention, edit } of corrected && failure ? [] : planned) {
    const after = corrected
      ? undefined
      : editedWithin(reach, edited ?? shown, { edit }, report(context, intervention))
    if (after !== undefined) edited = after
    applied = applied.flatMap((record) => {
      if (record.intervention !== intervention || record.action !== 'replace-result') return [record]
      return after === undefined ? [] : [{ ...record, before: shown, after }]
    })
  }
  return {
    applied,
    ...(edited === undefined ? {} : { edited }),
    ...(reach.answered ? { answered: true } : {}),
  }
}

/** How far an edit of a result reaches: whether its view shows all of it, and whether a new one can be written back. */
type Reach = Pick<Asking, 'writes'> & { step: ToolStep; isWhole: boolean; answered: boolean }

/** The edited view, or undefined where nothing changes, the edit throws, or what is not shown would be lost (law 3). */
function editedWithin(
  { writes, isWhole, answered }: Reach,
  before: Json,
  { edit, bounds = false }: Omit<Extract<Action, { type: 'replace-result' }>, 'type'>,
  onFault: (error: unknown) => void,
): Json | undefined {
  try {
    const after = edit(before)
    if (jsonEqual(before, after)) return undefined
    return isWhole || answered || writes(after, bounds) ? after : undefined
  } catch (error) {
    onFault(error)
    return undefined
  }
}

function report({ runtime }: EpisodeContext, intervention: string): (error: unknown) => void {
  return (error) => runtime.faults.report(`intervention ${intervention}`, error)
}

/** Law 5: what failed is sent again only where it changes nothing; so must be what is sent in its place. */
function illegalCorrection(
  context: EpisodeContext,
  failed: ToolCall,
  corrected: ToolCall,
  view: ProposalContext,
): string | undefined {
  const illegal = illegalEdit(failed, corrected, view)
  if (illegal) return illegal
  const settings = context.runtime.settings(failed.tool, context.contract(failed.tool))
  const reads = [failed, corrected].every((call) => factsOf(settings, call).readOnly)
  return reads ? undefined : 'a failed call may be corrected and sent again only where it is read-only'
}

function beforeAndAfter(
  { executed }: ToolStep,
  corrected: ToolCall | undefined,
  { evidence }: Failure,
): Pick<Applied, 'before' | 'after'> {
  if (corrected?.input === undefined) return { before: evidence.bytes }
  return { ...(executed.input === undefined ? {} : { before: executed.input }), after: corrected.input }
}

function isValueItself(view: Json, { outcome, value }: ToolResult): boolean {
  return outcome === 'ok' && jsonEqual(view, value)
}

/** A result-phase intervention answers its own signatures; without any, all of its category. */
function answersTo({ signatures, category }: Intervention, failure: Failure): boolean {
  return signatures.length > 0 ? signatures.includes(failure.signature) : category === failure.category
}
