import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { toolResult } from '../trajectory.ts'

type Options = JsonObject & { after?: number; coolMs?: number; max?: number }

/**
 * Answers calls of a tool that has failed `after` times in a row (default 4) for want of its environment, instead of
 * waiting for it again. After `coolMs` (default 30,000) it is half open: one call goes through; if it succeeds, all do
 * again; if it fails, the wait begins anew. Arguments at fault open nothing. `max`: blocks in an episode, 10 by default.
 */
export const circuitBreak: Kind = defineIntervention<Options>({
  kind: 'circuit-break',
  layer: 'trajectory',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['respond'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      after: { type: 'integer', minimum: 2, maximum: 20 },
      coolMs: { type: 'integer', minimum: 0, maximum: 600_000 },
      max: { type: 'integer', minimum: 1, maximum: 50 },
    },
    additionalProperties: false,
  },
  cap: ({ max = 10 }) => max,
  compile({ after = 4, coolMs = 30_000 }) {
    return ({ call, outage }) => {
      const known = call.approved ? undefined : outage(call.tool)
      if (!known || known.failures < after) return undefined
      const left = coolMs - known.sinceMs
      // Half open: a single call at a time finds out.
      if (left <= 0 && known.running === 0) return undefined
      const retryAfterMs = Math.max(0, Math.ceil(left))
      const message =
        `Not executed: ${call.tool.name} has failed ${known.failures} times in a row and is not available. ` +
        (retryAfterMs > 0
          ? `It can be tried again in ${Math.ceil(retryAfterMs / 1_000)} s; go on without it until then.`
          : 'It is being tried right now; go on without it until then.')
      const error = { message, name: 'CircuitOpenError', code: 'CIRCUIT_OPEN', retryAfterMs }
      return { type: 'respond', result: toolResult('error', message, { error }) }
    }
  },
})
