import type { Json, ToolCall } from '@lifeharness/core'
import { type HostRun, runIdOf } from './observe.ts'

/** What is remembered of runs between the hooks of one middleware, in this process. */
export type Runs = {
  idOf(run: HostRun): string | undefined
  /** From now on the run has this id. */
  name(run: HostRun, id: string): void
  /** The calls of the newest model turn, by id, with the argument text of those that were no JSON. */
  emitted(run: HostRun, calls: ReadonlyMap<string, string | undefined>): void
  rawInput(run: HostRun, callId: string): string | undefined
  /** Whether somebody may have approved the call: it runs after an interruption, and was not interrupted itself. */
  isApproved(run: HostRun, callId: string): boolean
  /** A call that interrupted while it ran, with the arguments it ran with; a person answers what they led to. */
  interrupt(key: string, call: ToolCall): void
  resumed(key: string): { input: Json | undefined } | undefined
  settle(key: string): void
}

/** Interrupted calls that are kept for their resumption. */
const INTERRUPTED = 1_000

export function rememberRuns(): Runs {
  // One writer is made for each run: the only thing in a hook that tells two runs apart.
  const ids = new WeakMap<object, string>()
  const turns = new WeakMap<object, ReadonlyMap<string, string | undefined>>()
  const interrupted = new Map<string, { input: Json | undefined }>()
  const turnOf = ({ runtime }: HostRun) => runtime.writer && turns.get(runtime.writer)

  return {
    idOf: (run) => runIdOf(run) ?? (run.runtime.writer && ids.get(run.runtime.writer)),
    name({ runtime }, id) {
      if (runtime.writer) ids.set(runtime.writer, id)
    },
    emitted({ runtime }, calls) {
      if (runtime.writer) turns.set(runtime.writer, calls)
    },
    rawInput: (run, callId) => turnOf(run)?.get(callId),
    isApproved(run, callId) {
      if (!run.runtime.writer || turnOf(run)?.has(callId)) return false
      const task = run.runtime.configurable?.__pregel_scratchpad as Scratchpad | undefined
      return task?.nullResume === undefined && !task?.resume?.length
    },
    interrupt(key, { input }) {
      if (interrupted.size >= INTERRUPTED) interrupted.delete(interrupted.keys().next().value as string)
      interrupted.set(key, { input })
    },
    resumed: (key) => interrupted.get(key),
    settle: (key) => interrupted.delete(key),
  }
}

/** Answers to interruptions that the current task itself waits for. */
type Scratchpad = { resume?: unknown[]; nullResume?: unknown }
