import type { ActionType, Applied, InsertedCall } from './action.ts'
import type { Asked, Asking } from './ask-result.ts'
import { type Attempt, attemptCall, type HostCodec, isAccepted } from './attempt.ts'
import { factsOf } from './config.ts'
import type { EpisodeContext } from './episode.ts'
import type { Failure } from './failure.ts'
import type { Json } from './json.ts'
import { executedAs, type PlannedCall, type Planner } from './plan.ts'
import { schemaCheck } from './schema.ts'
import type { ToolCall, ToolResult, ToolStep } from './trajectory.ts'

/** How `Episode.run` treats one call; all optional. */
export type RunOptions = {
  /** Ends waiting between retries; the host's own abort passes through `execute` anyway. */
  signal?: AbortSignal
  /** Time from the start after which no retry begins, in milliseconds. Default 60,000. */
  deadlineMs?: number
  /** How the host's values are read. Default: what is thrown is an error, all else is a success. */
  host?: HostCodec
  /** The host has checked the call and executes it as it is: it is live, whatever its contract says. */
  accepted?: boolean
  /** The host's own check of a rewritten call; one that it refuses is not executed, the call goes through as it was. */
  accepts?(rewritten: ToolCall): boolean | Promise<boolean>
}

/** What `Episode.run` gives back instead of throwing. */
export type RunResult = {
  /** The final result; `value` is the host's own object by reference. */
  result: ToolResult
  /** `execute` threw, and `result.value` is what it threw: the adapter rethrows it unless `edited`. */
  thrown: boolean
  /** The new view that the model shall see instead (a string for errors); the adapter writes it in its host's form. */
  edited?: Json
  /**
   * The model is given `edited`, as an error where `thrown`, in the host's form of a result: nothing was executed, or what
   * was thrown would not reach the model.
   */
  answered?: true
  /** What really ran; the emitted call where nothing was executed. */
  executed: ToolCall
  /** Lines the model is told beside the result. */
  notes: readonly string[]
  /** What each intervention did at this call, or would have done (`arm`). */
  applied: readonly Applied[]
}

const DEADLINE_MS = 60_000
/** Over all interventions: one failing call is never sent more often than this. */
const MAX_ATTEMPTS = 6

/** Actions that are of no effect where nothing is executed. */
const EXECUTING: ReadonlySet<ActionType> = new Set(['replace-call', 'insert-call', 'replace-result'])

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
  // Parallel calls begin in the order of the host: nothing is awaited for nothing.
  if (
    planned.call !== inner &&
    !planned.respond &&
    options.accepts &&
    !(await isAccepted(refold(planned.call), options, faults))
  )
    planned = plans.takenBack(planned, inner)
  if (planned.respond) {
    // Nothing is executed: what was edited before the answer is of no effect, and the model is told of no arguments.
    const applied = planned.applied.filter(({ arm, action }) => arm !== 'applied' || !EXECUTING.has(action))
    const { outcome } = settle(context, { ...planned, applied, notes: [] }, inner, planned.respond)
    const thrown = planned.respond.outcome === 'error'
    return { ...outcome, thrown, edited: planned.respond.view(), answered: true }
  }
  async function insert(calls: readonly InsertedCall[], when: string): Promise<void> {
    for (const { call: added, note } of calls) {
      const { result, controlFlow } = await attemptOf(refold(added))
      // What a host interrupts here it interrupts for the model's own call.
      if (controlFlow) throw result.value
      if (result.outcome === 'ok') context.memory.inserted(added)
      if (note)
        planned = {
          ...planned,
          notes: [...planned.notes, context.runtime.loaded.insertedNote(added, when, result)],
        }
    }
  }
  if (planned.before.length > 0) await insert(planned.before, 'before')
  let executed = planned.call
  let attempts = executed.attempt
  /** The model's own call, while a correction of it is tried. */
  let own: { executed: ToolCall; attempt: Attempt; notes: readonly string[] } | undefined
  const tried = new Set<string>()
  const asking = ({ writes }: Attempt): Asking => ({
    ...{ plans, writes, corrected: own !== undefined, tried },
    mayRetry: (afterMs) =>
      attempts < MAX_ATTEMPTS &&
      !options.signal?.aborted &&
      clock.monotonic() - started + afterMs <= (options.deadlineMs ?? DEADLINE_MS),
  })
  for (;;) {
    context.memory.running(executed.tool, 1)
    let attempt = await attemptOf(refold(executed))
    context.memory.running(executed.tool, -1)
    if (attempt.controlFlow) {
      recordInterrupted(context, planned, executed, attempt.result)
      throw attempt.result.value
    }
    const ran = succeeded(context, planned, executed, attempt.result) ? planned : withoutAfter(planned)
    if (ran.after.length > 0) {
      try {
        await insert(ran.after, 'after')
      } catch (controlFlow) {
        recordInterrupted(context, planned, executed, attempt.result)
        throw controlFlow
      }
    }
    const settleNow = () =>
      settle(context, { ...ran, applied, notes: planned.notes }, executed, attempt.result, asking(attempt))
    let { applied } = ran
    let settled = settleNow()
    for (;;) {
      if (settled.retry?.call && !(await isAccepted(refold(settled.retry.call), options, faults))) {
        faults.report('adapter', new Error(`tool ${call.tool.name}: the corrected call was refused`))
      } else if (own && settled.failed && !settled.retry) {
        // The correction did not help: another may, or the model sees the error of its own call.
        applied = settled.outcome.applied
        ;({ executed, attempt } = own)
        planned = { ...planned, notes: own.notes }
        own = undefined
      } else break
      settled = settleNow()
    }
    if (!settled.retry) {
      if (ran.after.length === 0)
        for (const { intervention } of planned.after) context.restraint.uncount(intervention)
      return { ...settled.outcome, thrown: attempt.thrown, executed: refold(executed) }
    }
    const { afterMs, call: corrected } = settled.retry
    try {
      // An abort during the wait is the host's control flow and leaves as such.
      await clock.sleep(afterMs, options.signal)
    } catch (aborted) {
      // The attempt failed all the same; the retry that it was waiting for took no effect.
      settle(context, ran, executed, attempt.result)
      throw aborted
    }
    const notYet = planned.applied.filter((record) => !ran.applied.includes(record))
    planned = { ...planned, applied: [...settled.outcome.applied, ...notYet] }
    if (corrected) {
      own ??= { executed, attempt, notes: planned.notes }
      planned = { ...planned, notes: [...own.notes, executedAs(corrected.input)] }
    }
    executed = { ...(corrected ?? executed), attempt: ++attempts }
  }
}

/** An error may stand in a result that its host calls a success; it is only looked for where something waits for it. */
function succeeded(
  context: EpisodeContext,
  { original, after, applied }: PlannedCall,
  executed: ToolCall,
  result: ToolResult,
): boolean {
  if (result.outcome !== 'ok') return false
  if (after.length === 0) return true
  try {
    return classify(context, { type: 'tool', call: original, executed, result, applied }) === undefined
  } catch (error) {
    context.runtime.faults.report('classify', error)
    return false
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

type Settled = {
  outcome: Omit<RunResult, 'thrown'> & { thrown: boolean }
  failed: boolean
  retry?: Asked['retry']
}

/**
 * Classifies a result, asks the result-phase interventions, and records the step unless it is to be retried, or was a
 * correction that failed. Without an engine it is only recorded: the model cannot be told anything any more.
 */
export function settle(
  context: EpisodeContext,
  planned: Pick<PlannedCall, 'call' | 'applied'> &
    Partial<Pick<PlannedCall, 'original' | 'notes' | 'respond' | 'edits'>>,
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
  const { edits = [] } = planned
  if (engine && !planned.respond && result.outcome !== 'interrupted') {
    const asked = guarded('result', () =>
      context.runtime.loaded.askResult(context, engine, step, failure, edits),
    )
    if (asked) outcome.applied = asked.applied
    if (asked?.answered) outcome.answered = true
    if (asked?.retry) return { outcome, failed: true, retry: asked.retry }
    if (asked?.edited !== undefined) outcome.edited = asked.edited
  }
  const failed = failure !== undefined
  if (failed && engine?.corrected) return { outcome, failed }
  const state = guarded('observeState', () => config.observeState?.(call))
  guarded('record', () => {
    const whole = { ...step, applied: outcome.applied, ...(state === undefined ? {} : { state }) }
    context.record(whole, failure, planned.respond !== undefined)
  })
  return { outcome, failed }
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
  return runtime.loaded.classifyStep(
    step,
    {
      contract,
      facts: factsOf(settings, executed),
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
