import type { Outage } from './intervention.ts'
import { canonicalJson } from './json.ts'
import { type Tool, toolKey } from './tool.ts'
import { isWholeView, type ToolCall, type ToolResult, type ToolStep, VIEW_LIMIT } from './trajectory.ts'

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
const CALLS = 64
/** Tools whose success is remembered; a model may invent any number of names. */
const TOOLS = 1_024
/** Larger arguments are not compared: a loop of them would not fit a model's context either. */
const COMPARED_LENGTH = 4_096

type Recurring = { call: KnownCall; result: ToolResult; resultText?: string; repeats: number }
/** A call with what was found out about it; its text is only made when it is compared. */
type KnownCall = { call: ToolCall; fingerprint: number; text?: string }

export function episodeMemory(): EpisodeMemory {
  const history: ToolStep[] = []
  /** By fingerprint; calls that share one are told apart only when that happens. */
  const calls = new Map<number, Recurring>()
  const succeeded = new Set<string>()
  const insertions = new Set<string>()
  const outages = new Map<string, { failures: number; at: number; running: number }>()
  let forgot = false
  let steps = 0
  let last: KnownCall | undefined

  function known(call: ToolCall): KnownCall {
    if (last?.call !== call) last = { call, fingerprint: fingerprint(call) }
    return last
  }

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
      if (insertions.size < CALLS) insertions.add(insertion(call))
    },
    wasInserted: (call) => insertions.has(insertion(call)),
    repeats(call) {
      const now = known(call)
      const earlier = calls.get(now.fingerprint)
      return earlier && sameCall(earlier.call, now) ? earlier.repeats : 0
    },
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
      const now = known(executed)
      const earlier = calls.get(now.fingerprint)
      // Arguments and results are looked at only when a call seems to recur: a first call costs next to nothing here.
      if (earlier && sameCall(earlier.call, now)) {
        const before = earlier.resultText ?? resultText(earlier.result)
        const text = resultText(result)
        earlier.repeats = text !== undefined && text === before ? earlier.repeats + 1 : 1
        earlier.result = light
        if (text === undefined) delete earlier.resultText
        else earlier.resultText = text
        return
      }
      if (calls.size >= CALLS) calls.delete(calls.keys().next().value as number)
      calls.set(now.fingerprint, { call: now, result: light, repeats: 1 })
    },
  }
}

function insertion({ tool, input }: ToolCall): string {
  return `${toolKey(tool)} ${canonicalJson(input)}`
}

/** Equal for equal calls, and seldom for others: lengths and ends of texts, numbers, in order. Bounded work. */
function fingerprint(call: ToolCall): number {
  const state = { hash: 17, left: 128 }
  mix(state, call.tool.name)
  mix(state, call.rawInput ?? call.input)
  return state.hash
}

function mix(state: { hash: number; left: number }, value: unknown): void {
  if (state.left-- <= 0) return
  if (typeof value === 'string') {
    const { length } = value
    fold(state, length)
    // Eight characters spread over the text tell most texts apart; the rest is left to the comparison.
    const stride = Math.max(1, length >> 3)
    for (let index = length - 1; index >= 0; index -= stride) fold(state, value.charCodeAt(index))
  } else if (typeof value === 'number') {
    fold(state, Math.trunc(value) | 0)
  } else if (Array.isArray(value)) {
    fold(state, value.length + 7)
    for (const item of value) mix(state, item)
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      fold(state, key.length)
      mix(state, (value as Record<string, unknown>)[key])
    }
  } else {
    fold(state, value === true ? 3 : value === false ? 5 : 11)
  }
}

function fold(state: { hash: number }, value: number): void {
  state.hash = (Math.imul(state.hash, 31) + value) | 0
}

/** Equal for calls that a model repeats to the letter. Same text, same call; another key order counts as another. */
function sameCall(a: KnownCall, b: KnownCall): boolean {
  const [tool, other] = [a.call.tool, b.call.tool]
  if (tool.name !== other.name || tool.origin !== other.origin) return false
  const text = inputText(a)
  return text !== TOO_LONG && text === inputText(b)
}

const TOO_LONG = ''

function inputText(known: KnownCall): string {
  if (known.text === undefined) {
    const text = known.call.rawInput ?? JSON.stringify(known.call.input) ?? TOO_LONG
    known.text = text.length <= COMPARED_LENGTH ? text : TOO_LONG
  }
  return known.text
}

/** The result as text, or undefined where its view does not show all: what is not seen whole is never called the same. */
function resultText(result: ToolResult): string | undefined {
  const view = result.view()
  const text = `${result.outcome} ${result.error?.message ?? ''} ${JSON.stringify(view)}`
  return text.length < VIEW_LIMIT && isWholeView(view) ? text : undefined
}
