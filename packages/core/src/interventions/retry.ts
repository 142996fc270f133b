import { unitHash } from '../hash.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { askedDelay } from '../retry-after.ts'

type Options = JsonObject & { backoffMs?: number; attempts?: number; maxDelayMs?: number; budget?: number }

/**
 * Calls again, after a growing delay (or the one that the refusal asks for, in its error or its headers), what failed in passing. A delay of its own is
 * drawn between half and all of it, by the call's id, so that calls which failed together do not come back together. Only where the tool
 * is read-only or idempotent by the user's word (law 5). What the error says of its effect is no proof: a connection that
 * was refused, or a status of 429, may have been met by the last of several requests.
 */
export const retry: Kind = defineIntervention<Options>({
  kind: 'retry',
  layer: 'trajectory',
  risk: 'effect',
  phase: 'result',
  validation: 'retry',
  actions: ['retry'],
  options: {
    type: 'object',
    properties: {
      backoffMs: {
        type: 'integer',
        minimum: 0,
        maximum: 60_000,
        description: 'First delay; doubles. Default 500.',
      },
      attempts: { type: 'integer', minimum: 2, maximum: 5, description: 'Executions in all. Default 3.' },
      maxDelayMs: {
        type: 'integer',
        minimum: 0,
        maximum: 300_000,
        description: 'No longer wait. Default 30,000.',
      },
      budget: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        description: 'Calls of the tool that are tried again in an episode. Default 20.',
      },
    },
    additionalProperties: false,
  },
  cap: ({ budget = 20 }) => budget,
  compile({ backoffMs = 500, attempts = 3, maxDelayMs = 30_000 }) {
    return ({ call, facts, failure, result }) => {
      if (!failure || failure.expectedNegative || failure.dead || result.outcome === 'interrupted')
        return undefined
      if (failure.retryable !== 'same' && failure.retryable !== 'after-delay') return undefined
      if (call.attempt >= attempts) return undefined
      // An approval covers one execution: a second one needs a tool that changes nothing.
      if (!facts.readOnly && (call.approved || !facts.idempotent)) return undefined
      const delay = backoffMs * 2 ** (call.attempt - 1)
      const spread = 0.5 + 0.5 * unitHash(`${call.id} ${call.attempt}`)
      const afterMs = askedDelay(result) ?? Math.round(delay * spread)
      return afterMs <= maxDelayMs ? { type: 'retry', afterMs } : undefined
    }
  },
})
