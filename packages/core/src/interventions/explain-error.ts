import { withAdvice } from '../advice.ts'
import { ADVICE_OPTIONS, renderAdvice } from '../advice-text.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { advice: string; slots?: JsonObject; max?: number }

/**
 * Adds to an error one or two sentences of advice, once per episode (or `max` times):
 * `{ advice: 'allowed-values', slots: { argument: 'cabin', values: ['economy', 'business'] } }`.
 */
export const explainError: Kind = defineIntervention<Options>({
  kind: 'explain-error',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: {
      ...ADVICE_OPTIONS,
      max: { type: 'integer', minimum: 1, maximum: 5 },
    },
    required: ['advice'],
    additionalProperties: false,
  },
  cap: ({ max = 1 }) => max,
  compile({ advice, slots = {} }) {
    const text = renderAdvice(advice, slots)
    return (context) => {
      if (!context.failure || context.failure.expectedNegative) return undefined
      return { type: 'replace-result', edit: (view) => withAdvice(view, text) }
    }
  },
})
