import { type Edited, editEvery, editedCall, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { joined, LIST_MARKS } from '../list-text.ts'
import { statedTypes } from '../stated-types.ts'

type Options = JsonObject & { path: string; mark: string }

/**
 * Writes a list of texts or numbers as the one text that is wanted: `{ path: '/stations', mark: '|' }` makes `A|B` of
 * `["A", "B"]`. A list with an element that contains the mark, or is empty, is left alone.
 */
export const joinElements: Kind = defineIntervention<Options>({
  kind: 'join-elements',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: { path: OPTION_PATH, mark: { type: 'string', enum: [...LIST_MARKS] } },
    required: ['path', 'mark'],
    additionalProperties: false,
  },
  compile({ path, mark }) {
    return (context) => {
      const { contract } = context
      const stated = statedTypes(contract, path)
      // A list is right where the contract states one, and where its host takes it.
      if (stated.includes('array') || (context.accepted && stated.length > 0)) return undefined
      return editedCall(
        context,
        editEvery(context.call.input, path, (value): Edited => {
          if (!Array.isArray(value)) return 'keep'
          const to = joined(value, mark)
          return to === undefined ? 'refuse' : { to }
        }),
      )
    }
  },
})
