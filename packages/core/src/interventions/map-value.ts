import { type Edited, editEvery, editedCall, hasIssueAt, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { listsValue } from '../schema.ts'
import { plainSpelling } from '../spelling.ts'
import { argumentSchema } from '../tool.ts'

type Options = JsonObject & { path: string; map: { [from: string]: Json } }

/**
 * Replaces known literals by the ones that are accepted: `{ path: '/cabin', map: { Economy: 'economy' } }`. Keys are
 * texts, compared exactly; what the map does not list is left alone, and so is what the contract lists as allowed.
 */
export const mapValue: Kind = defineIntervention<Options>({
  kind: 'map-value',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      map: {
        type: 'object',
        minProperties: 1,
        maxProperties: 64,
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
    required: ['path', 'map'],
    additionalProperties: false,
  },
  riskFor: ({ map }) =>
    Object.entries(map).every(([from, to]) => spelling(from) === spelling(to)) ? 'form' : 'value',
  compile({ path, map }) {
    for (const to of Object.values(map))
      if (typeof to === 'string' && Object.hasOwn(map, to) && map[to] !== to)
        throw new Error('map-value must not map what it maps to')
    return (context) => {
      const argument = argumentSchema(context.contract, path)
      if (Array.isArray(argument?.enum) && !hasIssueAt(context.issues(), path)) return undefined
      const mapped = editEvery(context.call.input, path, (value): Edited => {
        if (typeof value !== 'string' || !Object.hasOwn(map, value)) return 'keep'
        if (listsValue(argument, value, context.contract?.inputSchema)) return 'keep'
        const to = map[value]
        return to === undefined || isJsonObject(to) || to === value ? 'keep' : { to }
      })
      return editedCall(context, mapped)
    }
  },
})

/** A literal without case and separators: two spellings of one word are the same word. */
function spelling(value: Json): string {
  return typeof value === 'string' ? plainSpelling(value) : JSON.stringify(value)
}
