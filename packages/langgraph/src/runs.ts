import type { RunResult, ToolCall } from '@lifeharness/core'
import { type HostRun, pathOf, runIdOf } from './observe.ts'

/** A call of a model turn: the episode it belongs to, and its argument text, when that was no JSON. */
export type Emission = { episode: string; rawInput: string | undefined }

/**
 * How a call ran: `rewritten` as, unless it was left as it is. `settled`: it came to its end; otherwise it interrupted,
 * and a person answers what it led to.
 */
export type Ran = Pick<RunResult, 'notes' | 'applied'> & { rewritten: ToolCall | undefined; settled: boolean }

/** What is remembered of runs between the hooks of one layer, in this process. */
export type Runs = {
  idOf(run: HostRun): string | undefined
  /** From now on the run has this id. */
  name(run: HostRun, id: string): void
  emitted(run: HostRun, callId: string, emission: Emission): void
  /** The model turn of a call, where it was seen in this run: in the same graph, or in one around it. */
  emission(run: HostRun, callId: string): Emission | undefined
  /**
   * Whether somebody may have approved a call: it may have been emitted before an interruption that it did not cause
   * itself. `at`: where in the history its message stands.
   */
  isApproved(run: HostRun, callId: string, at: number): boolean
  remember(key: string, ran: Ran): void
  recall(key: string): Ran | undefined
  forget(key: string): void
}

/** Calls that are kept for their repetition, and calls of one run that are known as its own. */
const KEPT = 1_000

type Known = {
  /** Ids of its graphs, and how many messages were there when their first tool was called, by path. */
  ids: Map<string, string>
  messages: Map<string, number>
  /** By path and call id. */
  emissions: Map<string, Emission>
}

export function rememberRuns(): Runs {
  // One writer is made for each run and handed on to its subgraphs: what tells those apart is their path.
  const runs = new WeakMap<object, Known>()
  const kept = new Map<string, Ran>()

  function known({ runtime: { writer } }: HostRun): Known | undefined {
    if (!writer) return undefined
    const found = runs.get(writer) ?? { ids: new Map(), messages: new Map(), emissions: new Map() }
    runs.set(writer, found)
    return found
  }

  function emission(run: HostRun, callId: string): Emission | undefined {
    const emissions = known(run)?.emissions
    if (!emissions?.size) return undefined
    for (let path = pathOf(run); ; path = path.slice(0, Math.max(0, path.lastIndexOf('|')))) {
      const found = emissions.get(`${path} ${callId}`)
      if (found || path === '') return found
    }
  }

  return {
    idOf: (run) => runIdOf(run) ?? known(run)?.ids.get(pathOf(run)),
    name(run, id) {
      keep(known(run)?.ids, pathOf(run), id)
    },
    emitted(run, callId, emission) {
      keep(known(run)?.emissions, `${pathOf(run)} ${callId}`, emission)
    },
    emission,
    isApproved(run, callId, at) {
      const found = known(run)
      const { thread_id, __pregel_scratchpad } = run.runtime.configurable ?? {}
      // Without a thread there is no interruption.
      if (!found || thread_id === undefined || emission(run, callId)) return false
      const path = pathOf(run)
      const before = found.messages.get(path) ?? run.state.messages.length
      keep(found.messages, path, before)
      // What came after the first call of the run was emitted in it: an interruption would have ended it.
      if (at >= before) return false
      const task = __pregel_scratchpad as Scratchpad | undefined
      return task?.nullResume === undefined && !task?.resume?.length
    },
    remember: (key, ran) => keep(kept, key, ran),
    recall: (key) => kept.get(key),
    forget: (key) => kept.delete(key),
  }
}

function keep<Value>(map: Map<string, Value> | undefined, key: string, value: Value): void {
  if (!map) return
  if (map.size >= KEPT && !map.has(key)) map.delete(map.keys().next().value as string)
  map.set(key, value)
}

/** Answers to interruptions that the current task itself waits for. */
type Scratchpad = { resume?: unknown[]; nullResume?: unknown }
