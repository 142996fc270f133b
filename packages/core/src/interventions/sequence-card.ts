import { renderAdvice } from '../advice-text.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { tools: string[] }

/**
 * Tells the model once, before it first calls a tool, in which order calls lead to success:
 * `{ tools: ['find_user', 'get_order', 'cancel_order'] }`. Only where it was shown all of them, and only as long as
 * nothing of it has succeeded: afterwards it is on its own way.
 */
export const sequenceCard: Kind = defineIntervention<Options>({
  kind: 'sequence-card',
  layer: 'skill',
  risk: 'form',
  phase: 'turn',
  validation: 'hint',
  actions: ['add-context'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      tools: {
        type: 'array',
        minItems: 2,
        maxItems: 8,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S+$' },
      },
    },
    required: ['tools'],
    additionalProperties: false,
  },
  cap: () => 1,
  compile({ tools }) {
    const text = renderAdvice('call-in-order', { tools })
    return ({ call, contracts = [], hasSucceeded }) => {
      const { origin } = call.tool
      const isShown = (name: string) =>
        contracts.some(({ tool }) => tool.name === name && tool.origin === origin)
      if (!tools.every(isShown) || tools.some((name) => hasSucceeded({ origin, name }))) return undefined
      return { type: 'add-context', text }
    }
  },
})
