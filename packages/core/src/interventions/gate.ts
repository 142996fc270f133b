import { ADVICE_OPTIONS, renderAdvice } from '../advice-text.ts'
import { OPTION_PATH } from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, jsonEqual, valuesAt } from '../json.ts'
import { toolKey } from '../tool.ts'
import { toolResult } from '../trajectory.ts'

type Needed = { needs: string; same: { [argument: string]: string } }
type Options = JsonObject & Partial<Needed> & { advice?: string; slots?: JsonObject; max?: number }

/**
 * Answers a call, instead of executing it, with what to do first or instead:
 * - `{ needs: 'get_order', same: { '/order_id': '/id' } }`: unless a call of that tool of the same origin has succeeded in
 *   this episode (where `same` is given: with that argument of this call as that argument of its own);
 * - `{ advice: 'call-instead', slots: { tool: 'move' } }`: whenever its guard says so.
 * `max`: blocks in an episode, 2 by default; the next call goes through, for the model may know better.
 */
export const gate: Kind = defineIntervention<Options>({
  kind: 'gate',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['respond'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      needs: { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S+$' },
      same: {
        type: 'object',
        minProperties: 1,
        maxProperties: 4,
        propertyNames: OPTION_PATH,
        additionalProperties: OPTION_PATH,
      },
      ...ADVICE_OPTIONS,
      max: { type: 'integer', minimum: 1, maximum: 10 },
    },
    oneOf: [
      { required: ['needs'], properties: { advice: false, slots: false } },
      { required: ['advice'], properties: { needs: false, same: false } },
    ],
    additionalProperties: false,
  },
  cap: ({ max = 2 }) => max,
  compile({ needs, same = {}, advice = 'call-first', slots = {} }) {
    const text = renderAdvice(advice, needs === undefined ? slots : { tool: needs })
    const message = `Not executed. ${text}`
    const error = { message, name: 'GateError', code: 'GATE' }
    return (context) => {
      if (context.call.approved || (needs !== undefined && !isUnmet({ needs, same }, context)))
        return undefined
      return { type: 'respond', result: toolResult('error', message, { error }) }
    }
  },
})

/** Certainly not met: what is no longer remembered, or cannot be called, counts as met. */
function isUnmet({ needs, same }: Needed, context: CallContext): boolean {
  const { call, contracts, history, forgot, hasSucceeded } = context
  const tool = { origin: call.tool.origin, name: needs }
  const key = toolKey(tool)
  if (contracts && contracts.length > 0 && !contracts.some((shown) => toolKey(shown.tool) === key))
    return false
  if (!hasSucceeded(tool)) return true
  const pairs = Object.entries(same)
  if (pairs.length === 0 || forgot) return false
  return !history.some(
    ({ executed, result }) =>
      result.outcome === 'ok' &&
      toolKey(executed.tool) === key &&
      pairs.every(([own, other]) => jsonEqual(valuesAt(call.input, own), valuesAt(executed.input, other))),
  )
}
