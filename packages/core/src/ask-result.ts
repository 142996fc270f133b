import type { Action, Applied } from './action.ts'
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
  /** Whether an edited view can be written back; otherwise the value must be all that the view shows. */
  writes(edited: Json): boolean
  /**
   * The call that failed is a correction of the layer's own. Its error is not the model's to see, so nothing is added
   * to it; the next correction may go on from here.
   */
  corrected?: boolean
  /** Interventions whose correction of this call was tried: each has one chance. */
  tried?: Set<string>
}

/** What is to happen after a failure; `retry.call` is the correction that is to be executed instead. */
export type Asked = {
  applied: readonly Applied[]
  retry?: { afterMs: number; call?: ToolCall }
  edited?: Json
}

/** Asks the result-phase interventions of this failure: first a retry, else one edit of the result. */
export function askResult(
  context: EpisodeContext,
  { plans, mayRetry, writes, corrected = false, tried = new Set() }: Asking,
  step: ToolStep,
  failure: Failure,
): Asked {
  const applied = [...step.applied]
  const { restraint } = context
  const view = plans.context(step.executed, step.result, failure)
  let edited: Json | undefined
  for (const compiled of plans.matching(step.executed).result) {
    const { intervention } = compiled
    if (!answersTo(intervention, failure)) continue
    const action = plans.propose(compiled, view)
    const arm = action && plans.arm(compiled, failure.dead)
    if (!action || !arm) continue
    const record: Applied = {
      intervention: intervention.id,
      version: intervention.version,
      arm,
      ...(arm === 'shadow' || context.runtime.mode === 'frozen'
        ? {}
        : { treatedShare: 1 - compiled.stage.controlShare }),
      action: action.type,
      dead: failure.dead,
    }
    const seen = applied.some((earlier) => earlier.intervention === intervention.id)
    const onFault = (error: unknown) =>
      context.runtime.faults.report(`intervention ${intervention.id}`, error)
    if (action.type === 'retry') {
      if (step.executed.approved || !mayRetry(action.afterMs)) continue
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
    if (action.type === 'replace-result' && edited === undefined && !seen && !corrected) {
      if (arm === 'applied' && !restraint.mayRecover(intervention.id, step.executed.turn)) continue
      const before = step.result.view()
      const after = editedView(action, before, onFault)
      // What the view does not show would be lost (law 3).
      if (jsonEqual(before, after) || !(isValueItself(before, step.result) || writes(after))) continue
      applied.push({ ...record, before, after })
      if (arm !== 'applied') continue
      restraint.acted(intervention.id, intervention.tool)
      restraint.recovers(intervention.id, step.executed.turn)
      edited = after
    }
  }
  return edited === undefined ? { applied } : { applied, edited }
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

/** The view after an edit; the view itself where the edit throws. */
function editedView(
  { edit }: Extract<Action, { type: 'replace-result' }>,
  view: Json,
  onFault: (error: unknown) => void,
): Json {
  try {
    return edit(view)
  } catch (error) {
    onFault(error)
    return view
  }
}
