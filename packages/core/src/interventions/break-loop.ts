import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { toolResult } from '../trajectory.ts'

type Options = JsonObject & { after?: number; max?: number }

/**
 * Answers a call that has given the same result again and again with an error that says so, instead of executing it
 * once more. `after`: identical results before it acts (default 3). `max`: how often it acts in an episode (default 3).
 */
export const breakLoop: Kind = defineIntervention<Options>({
  kind: 'break-loop',
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
      max: { type: 'integer', minimum: 1, maximum: 10 },
    },
    additionalProperties: false,
  },
  compile({ after = 3, max = 3 }) {
    return (context) => {
      if (context.call.approved || context.applications() >= max) return undefined
      const repeats = context.repeats()
      if (repeats < after) return undefined
      const message =
        `Not executed: this call has given the same result ${repeats} times. ` +
        'Change the arguments, use another tool, or go on with what is known.'
      const error = { message, name: 'RepeatedCallError', code: 'REPEATED_CALL' }
      return { type: 'respond', result: toolResult('error', message, { error }) }
    }
  },
})
