import { editEvery, editedCall, OPTION_PATH, OPTION_SHAPE } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { type Respelling, respelled, WORD_MARKS } from '../respelling.ts'

type Options = JsonObject & Respelling & { path: string }

const SHAPES: JsonObject = {
  type: 'array',
  maxItems: 16,
  items: OPTION_SHAPE,
}

/**
 * Writes a name as the accepted ones are written:
 * `{ path: '/key', case: 'lower', mark: '_', first: ['L'], rest: ['L', 'DL'] }` makes `order_status` of `Order Status`.
 * `first` and `rest` are the shapes that words have at the beginning and later; what does not come to have them is left
 * alone, as is any text with other marks than those between words.
 */
export const respellValue: Kind = defineIntervention<Options>({
  kind: 'respell-value',
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
      case: { type: 'string', enum: ['lower', 'upper'] },
      mark: { type: 'string', enum: [...WORD_MARKS] },
      first: { ...SHAPES, minItems: 1 },
      rest: SHAPES,
    },
    required: ['path', 'case', 'mark', 'first', 'rest'],
    additionalProperties: false,
  },
  compile({ path, ...spelling }) {
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (value) => {
          const to = typeof value === 'string' ? respelled(value, spelling) : undefined
          return to === undefined ? 'keep' : { to }
        }),
      )
  },
})
