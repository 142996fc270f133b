import { renderAdvice } from '../advice-text.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { calls: number; at?: number }

/**
 * Tells the model once that most of its calls are made: `{ calls: 40 }`, when `at` of them are (a share, default 0.8). It
 * ends nothing; the number is what the host ends a run at, or what runs that went well stayed below.
 */
export const warnBudget: Kind = defineIntervention<Options>({
  kind: 'warn-budget',
  layer: 'trajectory',
  risk: 'form',
  phase: 'turn',
  validation: 'hint',
  actions: ['add-context'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      calls: { type: 'integer', minimum: 2, maximum: 10_000 },
      at: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    },
    required: ['calls'],
    additionalProperties: false,
  },
  cap: () => 1,
  compile({ calls, at = 0.8 }) {
    return ({ steps }) => {
      if (steps < calls * at || steps >= calls) return undefined
      return { type: 'add-context', text: renderAdvice('budget-used', { calls, used: steps }) }
    }
  },
})
