import { toolKey } from './tool.ts'
import type { ToolCall, ToolStep } from './trajectory.ts'
import { VIEW_LIMIT } from './trajectory.ts'

/** What an episode remembers of its own course: bounded, whatever its length. */
export type EpisodeMemory = {
  /** Earlier tool steps, oldest first; the host's result objects are let go, their bounded views stay. */
  readonly history: readonly ToolStep[]
  /** How often this call gave the same result before, up to now, with no other result of it in between. */
  repeats(call: ToolCall): number
  add(step: ToolStep): void
}

const STEPS = 16
const CALLS = 64
/** Larger arguments are not compared: a loop of them would not fit a model's context either. */
const COMPARED_LENGTH = 4_096

type Recurring = { step: ToolStep; resultText?: string; repeats: number }

export function episodeMemory(): EpisodeMemory {
  const history: ToolStep[] = []
  const calls = new Map<string, Recurring>()
  return {
    history,
    repeats(call) {
      const key = callText(call)
      return (key !== undefined && calls.get(key)?.repeats) || 0
    },
    add(step) {
      const light: ToolStep = { ...step, result: { ...step.result, value: undefined } }
      if (history.push(light) > STEPS) history.shift()
      const key = callText(step.executed)
      if (key === undefined || step.result.outcome === 'interrupted') return
      const earlier = calls.get(key)
      // Results are looked at only when the same call recurs: a first call costs nothing here.
      if (earlier) {
        earlier.resultText ??= resultText(earlier.step)
        const text = resultText(step)
        earlier.repeats = text !== undefined && text === earlier.resultText ? earlier.repeats + 1 : 1
        if (text === undefined) delete earlier.resultText
        else earlier.resultText = text
        earlier.step = light
        return
      }
      if (calls.size >= CALLS) calls.delete(calls.keys().next().value as string)
      calls.set(key, { step: light, repeats: 1 })
    },
  }
}

/** Equal for calls that a model repeats to the letter. Same text, same call; other key order counts as another. */
function callText(call: ToolCall): string | undefined {
  const input = call.rawInput ?? JSON.stringify(call.input)
  if (input === undefined || input.length > COMPARED_LENGTH) return undefined
  return `${toolKey(call.tool)} ${input}`
}

/** The result as text, or undefined where the view was cut: what is not seen whole is never called the same. */
function resultText({ result }: ToolStep): string | undefined {
  const text = `${result.outcome} ${result.error?.message ?? ''} ${JSON.stringify(result.view())}`
  return text.length < VIEW_LIMIT ? text : undefined
}
