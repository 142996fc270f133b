import { callRepeats } from './call-repeats.ts'
import type { Outage } from './intervention.ts'
import { canonicalJson } from './json.ts'
import { type Tool, toolKey } from './tool.ts'
import type { ToolCall, ToolResult, ToolStep } from './trajectory.ts'

/** What an episode remembers of its own course: bounded, whatever its length. */
export type EpisodeMemory = {
  /** Earlier tool steps, oldest first; the host's result objects are let go, their bounded views stay. */
  readonly history: readonly ToolStep[]
  /** There were steps before those of `history`. */
  readonly forgot: boolean
  /** How many steps there were. */
  readonly steps: number
  /** How a tool has failed of late for want of its environment; `now` in milliseconds. */
  outage(tool: Tool, now: number): Outage | undefined
  /** A call of a tool begins (1) or ends (-1). */
  running(tool: Tool, change: 1 | -1): void
  /** A step failed for want of the tool's environment, or did not. */
  judged(tool: Tool, isOut: boolean, now: number): void
  /** A call of this tool has succeeded, however long ago. */
  hasSucceeded(tool: Tool): boolean
  /** The layer added this call beside one of the model's, and it succeeded. */
  inserted(call: ToolCall): void
  wasInserted(call: ToolCall): boolean
  /** How often this call gave the same result before, up to now, with no other result of it in between. */
  repeats(call: ToolCall): number
  /** `isAnswer`: nothing was executed, so that it is no result of the call. */
  add(step: ToolStep, isAnswer?: boolean): void
}

const STEPS = 16
const INSERTIONS = 64
/** Tools whose success is remembered; a model may invent any number of names. */
const TOOLS = 1_024

export function episodeMemory(): EpisodeMemory {
  const history: ToolStep[] = []
  const { repeats, add } = callRepeats()
  const succeeded = new Set<string>()
  const insertions = new Set<string>()
  const outages = new Map<string, { failures: number; at: number; running: number }>()
  let forgot = false
  let steps = 0

  return {
    history,
    get forgot() {
      return forgot
    },
    get steps() {
      return steps
    },
    outage(tool, now) {
      const found = outages.get(toolKey(tool))
      return found && { failures: found.failures, sinceMs: now - found.at, running: found.running }
    },
    running(tool, change) {
      const found = outages.size > 0 ? outages.get(toolKey(tool)) : undefined
      if (found) found.running = Math.max(0, found.running + change)
    },
    judged(tool, isOut, now) {
      if (!isOut && outages.size === 0) return
      const key = toolKey(tool)
      const found = outages.get(key)
      if (!isOut) outages.delete(key)
      else if (found) Object.assign(found, { failures: found.failures + 1, at: now })
      else if (outages.size < TOOLS) outages.set(key, { failures: 1, at: now, running: 0 })
    },
    hasSucceeded: (tool) => succeeded.has(toolKey(tool)),
    inserted(call) {
      if (insertions.size < INSERTIONS) insertions.add(insertion(call))
    },
    wasInserted: (call) => insertions.has(insertion(call)),
    repeats,
    add(step, isAnswer = false) {
      const { executed, result } = step
      steps++
      // The host's result object is let go; its bounded view stays.
      const light: ToolResult = { ...result, value: undefined }
      if (history.push({ ...step, result: light }) > STEPS) {
        history.shift()
        forgot = true
      }
      if (isAnswer) return
      if (result.outcome === 'ok' && succeeded.size < TOOLS) succeeded.add(toolKey(executed.tool))
      if (result.outcome === 'interrupted') return
      add(executed, light)
    },
  }
}

function insertion({ tool, input }: ToolCall): string {
  return `${toolKey(tool)} ${canonicalJson(input)}`
}
