import { withAdvice } from '../advice.ts'
import { ADVICE_OPTIONS, renderAdvice } from '../advice-text.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { type JsonObject, valuesAt } from '../json.ts'

type Options = JsonObject & { has: string; advice: string; slots?: JsonObject; max?: number }

/**
 * Adds a sentence of advice to a result that succeeded and says something that models overlook: `{ has: '/next_cursor',
 * advice: 'more-results', slots: { argument: 'cursor' } }`. `has`: the result must hold something there; null, false,
 * zero and what is empty count as nothing. `max`: times in an episode, 1 by default.
 */
export const annotateResult: Kind = defineIntervention<Options>({
  kind: 'annotate-result',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  everyResult: true,
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: { has: OPTION_PATH, ...ADVICE_OPTIONS, max: { type: 'integer', minimum: 1, maximum: 5 } },
    required: ['has', 'advice'],
    additionalProperties: false,
  },
  cap: ({ max = 1 }) => max,
  compile({ has, advice, slots = {} }) {
    const text = renderAdvice(advice, slots)
    return ({ result, failure }) => {
      if (failure || result.outcome !== 'ok' || !valuesAt(result.view(), has).some(holdsSomething))
        return undefined
      return { type: 'replace-result', edit: (view) => withAdvice(view, text) }
    }
  },
})

function holdsSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}
