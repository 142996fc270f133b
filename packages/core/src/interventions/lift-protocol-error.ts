import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { toolResult } from '../trajectory.ts'

type Options = JsonObject & { codes?: number[] }

/** What a model can do something about: an unknown method or tool, arguments that are not valid, a fault of the server. */
const CODES = [-32_601, -32_602, -32_603]

/**
 * Gives the model an error of the protocol (JSON-RPC) as the error of its call, where a host throws it past the model and
 * ends the run. `codes`: which ones; by default those that the model can answer with another call. The text is the
 * server's own, as it would be in a result.
 */
export const liftProtocolError: Kind = defineIntervention<Options>({
  kind: 'lift-protocol-error',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['respond'],
  options: {
    type: 'object',
    properties: {
      codes: {
        type: 'array',
        minItems: 1,
        maxItems: 16,
        items: { type: 'integer', minimum: -32_768, maximum: -32_000 },
      },
    },
    additionalProperties: false,
  },
  compile({ codes = CODES }) {
    return ({ result, failure }) => {
      const { error } = result
      if (!failure || failure.expectedNegative || result.outcome !== 'error' || !error) return undefined
      if (!(result.value instanceof Error) || typeof error.code !== 'number' || !codes.includes(error.code))
        return undefined
      return { type: 'respond', result: toolResult('error', error.message, { error }) }
    }
  },
})
