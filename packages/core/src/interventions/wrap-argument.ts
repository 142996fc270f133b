import { editedCall, OPTION_PATH, parentOf } from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { argumentSchema } from '../tool.ts'

type Options = JsonObject & { path: string }

/**
 * Puts arguments into the object that the contract wants around them: `{ path: '/body' }` makes
 * `{ body: { city: 'Paris' } }` of `{ city: 'Paris' }`. Acts on dead calls only, where the contract knows none of the
 * names outside and every one of them inside.
 */
export const wrapArgument: Kind = defineIntervention<Options>({
  kind: 'wrap-argument',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: {
    type: 'object',
    properties: { path: OPTION_PATH },
    required: ['path'],
    additionalProperties: false,
  },
  compile({ path }) {
    const wrapper = parentOf(path)
    if (wrapper?.parent !== '') throw new Error('wrap-argument needs the name of an argument')
    return (context) => editedCall(context, wrapped(context, path, wrapper.name))
  },
})

function wrapped(context: CallContext, path: string, name: string): Json | undefined {
  const { call, contract } = context
  const { input } = call
  const declared = contract?.inputSchema?.properties
  if (!isJsonObject(input) || !isJsonObject(declared) || context.issues().length === 0) return undefined
  const names = Object.keys(input)
  if (names.length === 0) return undefined
  const inside = names.every(
    (key) => !Object.hasOwn(declared, key) && argumentSchema(contract, `${path}/${key}`) !== undefined,
  )
  return inside ? { [name]: input } : undefined
}
