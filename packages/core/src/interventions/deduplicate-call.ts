import { defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, jsonEqual } from '../json.ts'
import { toolKey } from '../tool.ts'
import { isWholeView, toolResult } from '../trajectory.ts'

type Options = JsonObject & { max?: number }

/**
 * Answers a call with the result of the same call right before it, of the same turn: a model that emits one call twice
 * means it once. Only where that succeeded and its result is remembered whole, and where nothing else has run in
 * between. `max`: times in an episode, 3 by default.
 */
export const deduplicateCall: Kind = defineIntervention<Options>({
  kind: 'deduplicate-call',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['respond'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: { max: { type: 'integer', minimum: 1, maximum: 10 } },
    additionalProperties: false,
  },
  cap: ({ max = 3 }) => max,
  compile: () => (context) => {
    const { call } = context
    const last = context.history.at(-1)
    if (!last || call.approved || call.input === undefined) return undefined
    const { executed, call: emitted, result } = last
    const isSame =
      emitted.turn === call.turn &&
      emitted.id !== call.id &&
      toolKey(executed.tool) === toolKey(call.tool) &&
      jsonEqual(executed.input, call.input)
    if (!isSame || result.outcome !== 'ok') return undefined
    const view = result.view()
    return isWholeView(view) ? { type: 'respond', result: toolResult('ok', view) } : undefined
  },
})
