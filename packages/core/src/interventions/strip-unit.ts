import { type Edited, editEvery, editedCall, hasIssueAt, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { quantityOf, sameUnit } from '../quantity.ts'
import { statedTypes } from '../stated-types.ts'

type Options = JsonObject & { path: string; units: string[] }

/**
 * Reads a number that carries its unit where the contract wants the number alone: `{ path: '/distance', units: ['km'] }`
 * makes 5 of `5 km`. Only the units listed, which must be the argument's own: nothing is ever converted.
 */
export const stripUnit: Kind = defineIntervention<Options>({
  kind: 'strip-unit',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      units: {
        type: 'array',
        minItems: 1,
        maxItems: 64,
        items: { type: 'string', minLength: 1, maxLength: 32 },
      },
    },
    required: ['path', 'units'],
    additionalProperties: false,
  },
  compile({ path, units }) {
    return (context) => {
      const { contract } = context
      const types = statedTypes(contract, path)
      if (types.includes('string') || !types.includes('integer') || !hasIssueAt(context.issues(), path))
        return undefined
      const read = editEvery(context.call.input, path, (value): Edited => {
        if (typeof value === 'number') return 'keep'
        const quantity = quantityOf(value)
        if (!quantity || !units.some((unit) => sameUnit(unit, quantity.unit))) return 'refuse'
        if (!Number.isInteger(quantity.value) && !types.includes('number')) return 'refuse'
        return { to: quantity.value }
      })
      return editedCall(context, read)
    }
  },
})
