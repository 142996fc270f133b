import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { backoffMs?: number; attempts?: number; maxDelayMs?: number }

/**
 * Calls again, after a growing delay (or the one that the error asks for), what failed in passing. Only where the tool
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
    },
    additionalProperties: false,
  },
  compile({ backoffMs = 500, attempts = 3, maxDelayMs = 30_000 }) {
    return ({ call, facts, failure, result }) => {
      if (!failure || failure.expectedNegative || failure.dead || result.outcome === 'interrupted')
        return undefined
      if (failure.retryable !== 'same' && failure.retryable !== 'after-delay') return undefined
      if (call.attempt >= attempts) return undefined
      // An approval covers one execution: a second one needs a tool that changes nothing.
      if (!facts.readOnly && (call.approved || !facts.idempotent)) return undefined
      const afterMs = result.error?.retryAfterMs ?? backoffMs * 2 ** (call.attempt - 1)
      return afterMs <= maxDelayMs ? { type: 'retry', afterMs } : undefined
    }
  },
})
