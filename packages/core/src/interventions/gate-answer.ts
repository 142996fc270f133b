import { renderAdvice } from '../advice-text.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { toolKey } from '../tool.ts'

type Options = JsonObject & { needs: string; max?: number }

/**
 * Sends the model back from its final answer when it has used the tool and left out what goes with it: of the tool
 * `edit_file`, `{ needs: 'run_tests' }` asks that a call of `run_tests` has succeeded since the last edit that did.
 * `max`: times in an episode, 1 by default; then it may end.
 */
export const gateAnswer: Kind = defineIntervention<Options>({
  kind: 'gate-answer',
  layer: 'trajectory',
  risk: 'effect',
  phase: 'answer',
  validation: 'block',
  actions: ['add-context'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      needs: { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S+$' },
      max: { type: 'integer', minimum: 1, maximum: 3 },
    },
    required: ['needs'],
    additionalProperties: false,
  },
  cap: ({ max = 1 }) => max,
  compile({ needs }) {
    const text = renderAdvice('finish-with', { tool: needs })
    return ({ call, contracts = [], history }) => {
      const own = toolKey(call.tool)
      const needed = toolKey({ origin: call.tool.origin, name: needs })
      if (!contracts.some(({ tool }) => toolKey(tool) === needed)) return undefined
      const lastSuccess = (key: string) =>
        history.findLastIndex(
          ({ executed, result }) => result.outcome === 'ok' && toolKey(executed.tool) === key,
        )
      // A use that is no longer remembered holds nothing up.
      const used = lastSuccess(own)
      return used >= 0 && lastSuccess(needed) < used ? { type: 'add-context', text } : undefined
    }
  },
})
