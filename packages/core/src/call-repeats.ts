import { isWholeView, type ToolCall, type ToolResult, VIEW_LIMIT } from './trajectory.ts'

/** Which calls of an episode recur with the same result. Bounded. */
export type CallRepeats = {
  /** How often this call gave the same result before, up to now, with no other result of it in between. */
  repeats(call: ToolCall): number
  /** A call and its result, of which only the view is looked at. */
  add(call: ToolCall, result: ToolResult): void
}

const CALLS = 64
/** Larger arguments are not compared: a loop of them would not fit a model's context either. */
const COMPARED_LENGTH = 4_096

type Recurring = { call: KnownCall; result: ToolResult; resultText?: string; repeats: number }
/** A call with what was found out about it; its text is only made when it is compared. */
type KnownCall = { call: ToolCall; fingerprint: number; text?: string }

export function callRepeats(): CallRepeats {
  /** By fingerprint; calls that share one are told apart only when that happens. */
  const calls = new Map<number, Recurring>()
  let last: KnownCall | undefined

  function known(call: ToolCall): KnownCall {
    if (last?.call !== call) last = { call, fingerprint: fingerprint(call) }
    return last
  }

  return {
    repeats(call) {
      if (calls.size === 0) return 0
      const now = known(call)
      const earlier = calls.get(now.fingerprint)
      return earlier && sameCall(earlier.call, now) ? earlier.repeats : 0
    },
    add(call, result) {
      const now = known(call)
      const earlier = calls.get(now.fingerprint)
      // Arguments and results are looked at only when a call seems to recur: a first call costs next to nothing here.
      if (earlier && sameCall(earlier.call, now)) {
        const before = earlier.resultText ?? resultText(earlier.result)
        const text = resultText(result)
        earlier.repeats = text !== undefined && text === before ? earlier.repeats + 1 : 1
        earlier.result = result
        if (text === undefined) delete earlier.resultText
        else earlier.resultText = text
        return
      }
      if (calls.size >= CALLS) calls.delete(calls.keys().next().value as number)
      calls.set(now.fingerprint, { call: now, result, repeats: 1 })
    },
  }
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
    fold(state, value ? 3 : 5)
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
