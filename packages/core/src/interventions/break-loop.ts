import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, jsonEqual } from '../json.ts'
import { toolKey } from '../tool.ts'
import { isWholeView, type ToolCall, type ToolStep, toolResult } from '../trajectory.ts'

type Options = JsonObject & { after?: number; max?: number }

/**
 * Answers a call that has given the same result again and again with an error that says so, instead of executing it
 * once more, unless something new has been done since: that may be what it was waiting for. `after`: identical results
 * before it acts (default 3). `max`: how often it acts in an episode (default 3).
 */
export const breakLoop: Kind = defineIntervention<Options>({
  kind: 'break-loop',
  layer: 'trajectory',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['respond'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      after: { type: 'integer', minimum: 2, maximum: 20 },
      max: { type: 'integer', minimum: 1, maximum: 10 },
    },
    additionalProperties: false,
  },
  cap: ({ max = 3 }) => max,
  compile({ after = 3 }) {
    return (context) => {
      if (context.call.approved) return undefined
      const repeats = context.repeats()
      if (repeats < after || hasNews(context)) return undefined
      const message =
        `Not executed: this call has given the same result ${repeats} times. ` +
        'Change the arguments, use another tool, or go on with what is known.'
      const error = { message, name: 'RepeatedCallError', code: 'REPEATED_CALL' }
      return { type: 'respond', result: toolResult('error', message, { error }) }
    }
  },
})

/**
 * Whether another call has succeeded since the last time, and not in the same way before: a step that was missing, a
 * thing that now exists. Where the last time lies too far back to be seen, nobody knows.
 */
function hasNews({ call, history }: CallContext): boolean {
  const last = history.findLastIndex(({ executed }) => isSameCall(executed, call))
  if (last < 0) return true
  return history.some((step, at) => {
    if (at <= last || step.result.outcome !== 'ok') return false
    return !history.slice(0, at).some((earlier) => isSameSuccess(earlier, step))
  })
}

function isSameSuccess(a: ToolStep, b: ToolStep): boolean {
  return (
    a.result.outcome === 'ok' &&
    isSameCall(a.executed, b.executed) &&
    isWholeView(a.result.view()) &&
    jsonEqual(a.result.view(), b.result.view())
  )
}

function isSameCall(a: ToolCall, b: ToolCall): boolean {
  if (toolKey(a.tool) !== toolKey(b.tool) || a.rawInput !== b.rawInput) return false
  return jsonEqual(a.input ?? null, b.input ?? null)
}
