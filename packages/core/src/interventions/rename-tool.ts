import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { plainSpelling } from '../spelling.ts'

type Options = JsonObject & { from: string; to: string }

/**
 * Gives a call the name of the tool that it means: `{ from: 'getWeather', to: 'get_weather' }`. Within one origin
 * only, never away from a tool that exists, and only onto a tool that the model was shown. Another spelling of the same
 * name is form; any other name is an alias that somebody must have proven.
 */
export const renameTool: Kind = defineIntervention<Options>({
  kind: 'rename-tool',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  renamesTool: true,
  options: {
    type: 'object',
    properties: {
      from: { type: 'string', minLength: 1, maxLength: 256 },
      to: { type: 'string', minLength: 1, maxLength: 256 },
    },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  riskFor: ({ from, to }) => (plainSpelling(from) === plainSpelling(to) ? 'form' : 'effect'),
  compile({ from, to }) {
    if (from === to) throw new Error('rename-tool needs two different names')
    return ({ call, contract, contracts = [] }) => {
      if (call.approved || contract || call.tool.name !== from) return undefined
      const { origin } = call.tool
      const advertised = contracts.some(({ tool }) => tool.name === to && tool.origin === origin)
      return advertised ? { type: 'replace-call', call: { ...call, tool: { origin, name: to } } } : undefined
    }
  },
})
