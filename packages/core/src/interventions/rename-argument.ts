import { editEvery, editedCall, OPTION_PATH, parentOf, renameMembers } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import { argumentSchema, namesAreOpen } from '../tool.ts'

type Options = JsonObject & { from: string; to: string }

/**
 * Gives an argument the name that the contract has for it: `{ from: '/order', to: '/order_id' }`. Both paths share
 * their parent. Acts only where `from` stands and `to` does not, and never on a name that the contract knows. Where the
 * contract leaves the names of an object open, what was observed has to do.
 */
export const renameArgument: Kind = defineIntervention<Options>({
  kind: 'rename-argument',
  layer: 'action',
  risk: 'form',
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
  compile(options) {
    const from = parentOf(options.from)
    const to = parentOf(options.to)
    if (!from || !to || from.parent !== to.parent || from.name === to.name)
      throw new Error('rename-argument needs two different names under one parent')
    return (context) => {
      if (!namesAreOpen(context.contract, from.parent)) {
        const { contract, accepted } = context
        // What its host accepts as it is, it has accepted without the name.
        if (accepted) return undefined
        if (argumentSchema(contract, options.from) || !argumentSchema(contract, options.to)) return undefined
      }
      const renamed = editEvery(context.call.input, from.parent, (parent) => {
        if (!isJsonObject(parent) || !Object.hasOwn(parent, from.name)) return 'keep'
        if (Object.hasOwn(parent, to.name)) return 'refuse'
        return { to: renameMembers(parent, (name) => (name === from.name ? to.name : name)) }
      })
      return editedCall(context, renamed)
    }
  },
})
