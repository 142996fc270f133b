import type { Action } from '../action.ts'
import { withAdvice } from '../advice.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, jsonEqual } from '../json.ts'
import { toolKey } from '../tool.ts'
import { isWholeView, type ToolCall, type ToolStep, toolResult } from '../trajectory.ts'

type Options = JsonObject & { after?: number; max?: number }

/**
 * Ends loops, more firmly each time: a call that has given the same result again and again, alone or in turn with others,
 * is executed once more with a hint, then answered with an error, and then answered with an order to stop; unless
 * something new has been done since, for that may be what it was waiting for. Different calls of the tool that all say the
 * same are told once. `after`: identical results before it acts (default 3), twice as many of different calls. `max`: how
 * often it acts in an episode (default 3; 1: it blocks at once). A success begins anew with the hint.
 */
export const breakLoop: Kind = defineIntervention<Options>({
  kind: 'break-loop',
  layer: 'trajectory',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['replace-result', 'respond', 'stop'],
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
  compile({ after = 3, max = 3 }) {
    return (context) => {
      if (context.call.approved) return undefined
      const repeats = context.repeats()
      const level = context.escalation()
      if (repeats < after) {
        const streak = level === 0 && max > 1 ? sameTexts(context) : 0
        return streak >= 2 * after
          ? hint(`The last ${streak} calls of this tool all gave the same result.`)
          : undefined
      }
      if (hasNews(context)) return undefined
      const said = `This call has given the same result ${repeats} times.`
      if (level === 0 && max > 1) return hint(said)
      if (level > 1 && level >= max - 1)
        return { type: 'stop', reason: `Not executed, and not to be called again. ${said}` }
      const message = `Not executed. ${said} ${ADVICE}`
      const error = { message, name: 'RepeatedCallError', code: 'REPEATED_CALL' }
      return { type: 'respond', result: toolResult('error', message, { error }) }
    }
  },
})

const ADVICE = 'Change the arguments, use another tool, or go on with what is known.'

function hint(said: string): Action {
  return { type: 'replace-result', edit: (view) => withAdvice(view, `${said} ${ADVICE}`) }
}

/** How many different calls of the tool in a row have just said the same thing; what says nothing counts as no answer. */
function sameTexts({ call, history }: CallContext): number {
  const own = history.filter(({ executed }) => toolKey(executed.tool) === toolKey(call.tool))
  const last = own.at(-1)?.result
  const text = last?.outcome === 'ok' ? last.view() : undefined
  if (typeof text !== 'string' || text.trim() === '' || !isWholeView(text)) return 0
  const different = own.findLastIndex(({ result }) => result.outcome !== 'ok' || result.view() !== text)
  return own.length - 1 - different
}

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
