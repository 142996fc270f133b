import type { Clock } from './clock.ts'
import type { FaultLog } from './fault.ts'
import type { Json } from './json.ts'
import type { RunOptions } from './run.ts'
import {
  type ErrorFacts,
  errorFacts,
  type Outcome,
  type ToolCall,
  type ToolResult,
  toolResult,
} from './trajectory.ts'

/** How a host's values are read. Adapters translate, they never decide. */
export type HostCodec = {
  /** What a returned value says of itself (MCP's `isError`); undefined where it says nothing: a success. */
  read?(value: unknown): { outcome: Outcome; error?: ErrorFacts; view?: () => Json } | undefined
  /** Control flow of the host (interrupts, parent commands): rethrown untouched, recorded as interrupted. */
  isControlFlow?(thrown: unknown): boolean
  /** Whether the model reads what is thrown as a text to which a hint can be added. Default: yes. */
  tells?(thrown: unknown): boolean
  /** Whether an edited view can be written into a value that was read with a view of its own. Default: yes. */
  writes?(value: unknown, edited: Json): boolean
}

export type Attempt = {
  result: ToolResult
  thrown: boolean
  controlFlow: boolean
  /** Whether an edited view can be written back, see `askResult`. */
  writes(edited: Json, bounds?: boolean): boolean
}

/** Executes one call as the host does, and reads what came of it. Never throws. */
export async function attemptCall(
  call: ToolCall,
  execute: (call: ToolCall) => unknown,
  options: RunOptions,
  { monotonic }: Clock,
  faults: FaultLog,
): Promise<Attempt> {
  const started = monotonic()
  let value: unknown
  try {
    value = await execute(call)
  } catch (error) {
    const ms = monotonic() - started
    if (isControlFlow(error, options, faults))
      return {
        result: toolResult('interrupted', error, { ms }),
        ...{ thrown: true, controlFlow: true, writes: () => false },
      }
    const facts = errorFacts(error)
    const result = toolResult('error', error, { error: facts, ms, view: () => facts.message })
    return { result, thrown: true, controlFlow: false, writes: () => isTold(error, options, faults) }
  }
  const ms = monotonic() - started
  const read = readValue(value, options, faults)
  const result = read ? toolResult(read.outcome, value, { ...read, ms }) : toolResult('ok', value, { ms })
  // The host knows how its own view goes back into the value; any other value must be all that the view shows.
  const writes = (edited: Json, bounds = false) =>
    read?.view === undefined ? bounds : isWritten(value, edited, options, faults)
  return { result, thrown: false, controlFlow: false, writes }
}

/** Whether the host's own check lets a rewritten call pass. */
export async function isAccepted(
  call: ToolCall,
  { accepts }: RunOptions,
  faults: FaultLog,
): Promise<boolean> {
  if (!accepts) return true
  try {
    return await accepts(call)
  } catch (error) {
    faults.report('host codec', error)
    return false
  }
}

/** A codec that throws must not turn a call that ran into one that failed. */
function readValue(
  value: unknown,
  { host }: RunOptions,
  faults: FaultLog,
): ReturnType<NonNullable<HostCodec['read']>> {
  try {
    return host?.read?.(value)
  } catch (error) {
    faults.report('host codec', error)
    return undefined
  }
}

function isTold(thrown: unknown, { host }: RunOptions, faults: FaultLog): boolean {
  try {
    return host?.tells?.(thrown) ?? true
  } catch (error) {
    faults.report('host codec', error)
    return false
  }
}

function isWritten(value: unknown, edited: Json, { host }: RunOptions, faults: FaultLog): boolean {
  try {
    return host?.writes?.(value, edited) ?? true
  } catch (error) {
    faults.report('host codec', error)
    return false
  }
}

/** What is thrown may be anything, also something that throws when it is looked at. */
function isControlFlow(thrown: unknown, { signal, host }: RunOptions, faults: FaultLog): boolean {
  if (signal?.aborted) return true
  try {
    if ((thrown as { name?: unknown } | null)?.name === 'AbortError') return true
    return host?.isControlFlow?.(thrown) ?? false
  } catch (error) {
    faults.report('host codec', error)
    return false
  }
}
