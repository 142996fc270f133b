import type { Action, ActionType, Applied, InsertedCall } from './action.ts'
import { attemptCall, type HostCodec, isAccepted } from './attempt.ts'
import type { EpisodeContext } from './episode.ts'
import type { Failure } from './failure.ts'
import type { Intervention } from './intervention.ts'
import { type Json, jsonEqual } from './json.ts'
import type { PlannedCall, Planner } from './plan.ts'
import { schemaCheck } from './schema.ts'
import type { ToolCall, ToolResult, ToolStep } from './trajectory.ts'

export type RunOptions = {
  /** Ends waiting between retries; the host's own abort passes through `execute` anyway. */
  signal?: AbortSignal
  /** Time from the start after which no retry begins, in milliseconds. Default 60,000. */
  deadlineMs?: number
  host?: HostCodec
  /** The host has checked the call and executes it as it is: it is live, whatever its contract says. */
  accepted?: boolean
  /** The host's own check of a rewritten call; one that it refuses is not executed, the call goes through as it was. */
  accepts?(rewritten: ToolCall): boolean | Promise<boolean>
}

export type RunResult = {
  /** The final result; `value` is the host's own object by reference. */
  result: ToolResult
  /** `execute` threw, and `result.value` is what it threw: the adapter rethrows it unless `edited`. */
  thrown: boolean
  /** The new view that the model shall see instead (a string for errors); the adapter writes it in its host's form. */
  edited?: Json
  /** What really ran; the emitted call where nothing was executed. */
  executed: ToolCall
  /** Lines the model is told beside the result. */
  notes: readonly string[]
  applied: readonly Applied[]
}

const DEADLINE_MS = 60_000
/** Over all interventions: one failing call is never sent more often than this. */
const MAX_ATTEMPTS = 6

/** Actions that are of no effect where nothing is executed. */
const EXECUTING: ReadonlySet<ActionType> = new Set(['replace-call', 'insert-call'])

type Engine = { context: EpisodeContext; plans: Planner }

/** Runs one call through the layer; switched off it only executes. Throws control flow of the host only. */
export async function runCall(
  { context, plans }: Engine,
  call: ToolCall,
  execute: (call: ToolCall) => unknown,
  options: RunOptions,
): Promise<RunResult> {
  const { clock, faults, off } = context.runtime
  const attemptOf = (planned: ToolCall) => attemptCall(planned, execute, options, clock, faults)
  if (off) {
    const { result, thrown, controlFlow } = await attemptOf(call)
    if (controlFlow) throw result.value
    return { result, thrown, executed: call, notes: [], applied: [] }
  }
  const started = clock.monotonic()
  const { call: inner, refold } = context.unfold(call)
  let planned = plans.planCall(inner, options.accepted ? 'accepted' : undefined)
  if (
    planned.call !== inner &&
    !planned.respond &&
    !(await isAccepted(refold(planned.call), options, faults))
  )
    planned = plans.takenBack(planned, inner)
  if (planned.respond) {
    // Nothing is executed: what was edited before the answer is of no effect, and the model is told of no arguments.
    const applied = planned.applied.filter(({ arm, action }) => arm !== 'applied' || !EXECUTING.has(action))
    const { outcome } = settle(context, { ...planned, applied, notes: [] }, inner, planned.respond)
    return { ...outcome, thrown: planned.respond.outcome === 'error', edited: planned.respond.view() }
  }
  async function insert(calls: readonly InsertedCall[], when: string): Promise<void> {
    for (const { call: added, note } of calls) {
      const { result, controlFlow } = await attemptOf(refold(added))
      // What a host interrupts here it interrupts for the model's own call.
      if (controlFlow) throw result.value
      if (note)
        planned = {
          ...planned,
          notes: [...planned.notes, context.runtime.guidance.insertedNote(added, when, result)],
        }
    }
  }
  await insert(planned.before, 'before')
  let executed = planned.call
  for (;;) {
    const attempt = await attemptOf(refold(executed))
    if (attempt.controlFlow) {
      recordInterrupted(context, planned, executed, attempt.result)
      throw attempt.result.value
    }
    const ran = attempt.result.outcome === 'ok' ? planned : withoutAfter(planned)
    if (ran.after.length > 0) {
      try {
        await insert(ran.after, 'after')
      } catch (controlFlow) {
        recordInterrupted(context, planned, executed, attempt.result)
        throw controlFlow
      }
    }
    const settled = settle(context, { ...ran, notes: planned.notes }, executed, attempt.result, {
      plans,
      editable: attempt.editable,
      mayRetry: (afterMs) =>
        executed.attempt < MAX_ATTEMPTS &&
        !options.signal?.aborted &&
        clock.monotonic() - started + afterMs <= (options.deadlineMs ?? DEADLINE_MS),
    })
    if (settled.retryAfterMs === undefined)
      return { ...settled.outcome, thrown: attempt.thrown, executed: refold(executed) }
    try {
      // An abort during the wait is the host's control flow and leaves as such.
      await clock.sleep(settled.retryAfterMs, options.signal)
    } catch (aborted) {
      // The attempt failed all the same; the retry that it was waiting for took no effect.
      settle(context, ran, executed, attempt.result)
      throw aborted
    }
    const notYet = planned.applied.filter((record) => !ran.applied.includes(record))
    planned = { ...planned, applied: [...settled.outcome.applied, ...notYet] }
    executed = { ...executed, attempt: executed.attempt + 1 }
  }
}

/** What goes after a call goes after one that succeeded; otherwise it was not applied. */
function withoutAfter(planned: PlannedCall): PlannedCall {
  if (planned.after.length === 0) return planned
  const left = new Set(planned.after.map(({ intervention }) => intervention))
  const applied = planned.applied.filter(
    ({ intervention, arm }) => arm !== 'applied' || !left.has(intervention),
  )
  return { ...planned, after: [], applied }
}

type Asking = { plans: Planner; mayRetry(afterMs: number): boolean; editable: boolean }
type Settled = { outcome: Omit<RunResult, 'thrown'> & { thrown: boolean }; retryAfterMs?: number }

/**
 * Classifies a result, asks the result-phase interventions, and records the step unless it is to be retried. Without an
 * engine it is only recorded: the model cannot be told anything any more.
 */
export function settle(
  context: EpisodeContext,
  planned: Pick<PlannedCall, 'call' | 'applied'> &
    Partial<Pick<PlannedCall, 'original' | 'notes' | 'respond'>>,
  executed: ToolCall,
  result: ToolResult,
  engine?: Asking,
): Settled {
  const original = planned.original ?? executed
  const call = sameCall(original, executed) ? original : executed
  const step: ToolStep = { type: 'tool', call: original, executed: call, result, applied: planned.applied }
  const outcome: RunResult = {
    result,
    thrown: false,
    executed: call,
    // Also where it failed: an error about arguments that the model did not write would mislead it.
    notes: result.outcome === 'interrupted' ? [] : (planned.notes ?? []),
    applied: planned.applied,
  }
  const { config, faults } = context.runtime
  // One part that fails must not take the others with it: the step is recorded whatever happens.
  const guarded = <T>(where: string, part: () => T): T | undefined => {
    try {
      return part()
    } catch (error) {
      faults.report(where, error)
      return undefined
    }
  }
  const failure = guarded('classify', () => classify(context, step))
  if (failure && engine && !planned.respond) {
    const asked = guarded('result', () => askResult(context, engine, step, failure))
    if (asked) outcome.applied = asked.applied
    if (asked?.retryAfterMs !== undefined) return { outcome, retryAfterMs: asked.retryAfterMs }
    if (asked?.edited !== undefined) outcome.edited = asked.edited
  }
  const state = guarded('observeState', () => config.observeState?.(call))
  guarded('record', () =>
    context.record({ ...step, applied: outcome.applied, ...(state === undefined ? {} : { state }) }, failure),
  )
  return { outcome }
}

function sameCall(a: ToolCall, b: ToolCall): boolean {
  if (a === b) return true
  const sameText = a.input === b.input && a.rawInput === b.rawInput
  return sameText && a.attempt === b.attempt && a.tool.name === b.tool.name
}

function classify(context: EpisodeContext, step: ToolStep): Failure | undefined {
  const { runtime, memory } = context
  const { executed, result } = step
  const contract = context.contract(executed.tool)
  const settings = runtime.settings(executed.tool, contract)
  return runtime.classifyStep(
    step,
    {
      contract,
      facts: settings.facts,
      contracts: context.knownTools(),
      issues: () =>
        contract?.inputSchema && executed.input !== undefined
          ? schemaCheck(contract.inputSchema)(executed.input)
          : [],
      history: memory.history,
      repeats: () => memory.repeats(executed) + 1,
      succeeded: () => settings.succeeded?.(result, executed),
      expected: () => settings.expected?.(result, executed) ?? false,
    },
    runtime.classifiers,
    runtime.faults.report,
  )
}

/** Asks the result-phase interventions of this failure: first a retry, else one edit of the result. */
function askResult(
  context: EpisodeContext,
  { plans, mayRetry, editable }: Asking,
  step: ToolStep,
  failure: Failure,
): { applied: readonly Applied[]; retryAfterMs?: number; edited?: Json } {
  const applied = [...step.applied]
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
    if (action.type === 'retry') {
      if (step.executed.approved || !mayRetry(action.afterMs)) continue
      if (!seen) applied.push({ ...record, before: failure.evidence.bytes })
      if (arm !== 'applied') continue
      if (!seen) count(context, intervention.id)
      return { applied, retryAfterMs: action.afterMs }
    }
    if (action.type === 'replace-result' && edited === undefined && !seen) {
      const before = step.result.view()
      const after = editedView(action, before, (error) =>
        context.runtime.faults.report(`intervention ${intervention.id}`, error),
      )
      // What the view does not show would be lost (law 3).
      if (jsonEqual(before, after) || !(editable || isValueItself(before, step.result))) continue
      applied.push({ ...record, before, after })
      if (arm !== 'applied') continue
      count(context, intervention.id)
      edited = after
    }
  }
  return edited === undefined ? { applied } : { applied, edited }
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

function count(context: EpisodeContext, id: string): void {
  context.applications.set(id, (context.applications.get(id) ?? 0) + 1)
}

function recordInterrupted(
  context: EpisodeContext,
  planned: PlannedCall,
  executed: ToolCall,
  result: ToolResult,
): void {
  try {
    context.record(
      { type: 'tool', call: planned.original, executed, result, applied: planned.applied },
      undefined,
    )
  } catch (error) {
    context.runtime.faults.report('record', error)
  }
}
