import { editEvery, editedCall, OPTION_PATH, parentOf } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { editAt, isJsonObject, type JsonObject, valuesAt } from '../json.ts'

type Options = JsonObject & { from: string; to: string }

/**
 * Moves an argument to where its tool reads it: `{ from: '/body', to: '/query' }` for requests that have no body. Its
 * guard says of which calls; whoever writes it knows that nothing reads the argument where it stands. Acts only where the
 * new place is free, and where what is moved is an object, of texts, numbers and flags alone: lists and objects are
 * written in a query in several ways.
 */
export const moveArgument: Kind = defineIntervention<Options>({
  kind: 'move-argument',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ from }) => from,
  options: {
    type: 'object',
    properties: { from: OPTION_PATH, to: OPTION_PATH },
    required: ['from', 'to'],
    additionalProperties: false,
  },
  compile({ from, to }) {
    const [source, target] = [parentOf(from), parentOf(to)]
    if (!source || !target || from === to || to.startsWith(`${from}/`) || from.startsWith(`${to}/`))
      throw new Error('move-argument needs two places, neither within the other')
    if ([from, to].some((path) => path.includes('*'))) throw new Error('move-argument moves one argument')
    return (context) => {
      const [value, ...others] = valuesAt(context.call.input, from)
      if (value === undefined || others.length > 0 || !isPlain(value)) return undefined
      const [there] = valuesAt(context.call.input, to)
      // An empty object is as good as none.
      if (there !== undefined && !(isJsonObject(there) && Object.keys(there).length === 0)) return undefined
      const taken = editEvery(context.call.input, source.parent, (parent) => {
        if (!isJsonObject(parent)) return 'refuse'
        const { [source.name]: _, ...rest } = parent
        return { to: rest }
      })
      if (taken === undefined) return undefined
      const moved = editAt(taken, target.parent, (parent) =>
        isJsonObject(parent) ? { ...parent, [target.name]: value } : undefined,
      )
      return moved === taken ? undefined : editedCall(context, moved)
    }
  },
})

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value !== null && !Array.isArray(value)
  return Object.values(value).every((member) => typeof member !== 'object')
}
