import { editEvery, editedCall, hasIssueAt, OPTION_PATH, parentOf, renameMembers } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { argumentSchema } from '../tool.ts'

type Options = JsonObject & { path: string; only?: 'empty' }

/**
 * Leaves out an argument that the contract refuses by name: `{ path: '/reasoning' }`. Never one that the contract knows,
 * and never where it lets unknown names pass. `only: 'empty'`: as long as it says nothing (null, an empty text, list or
 * object). What it says otherwise is lost; so somebody must have seen that calls without it do what was meant.
 */
export const dropArgument: Kind = defineIntervention<Options>({
  kind: 'drop-argument',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: { path: OPTION_PATH, only: { type: 'string', enum: ['empty'] } },
    required: ['path'],
    additionalProperties: false,
  },
  riskFor: ({ only }) => (only === 'empty' ? 'form' : 'value'),
  compile({ path, only }) {
    const argument = parentOf(path)
    if (!argument) throw new Error('drop-argument needs the name of an argument')
    return (context) => {
      if (argumentSchema(context.contract, path)) return undefined
      if (!hasIssueAt(context.issues(), path)) return undefined
      const dropped = editEvery(context.call.input, argument.parent, (parent) => {
        if (!isJsonObject(parent) || !Object.hasOwn(parent, argument.name)) return 'keep'
        if (only === 'empty' && !isEmpty(parent[argument.name])) return 'refuse'
        return { to: renameMembers(parent, (name) => (name === argument.name ? undefined : name)) }
      })
      return editedCall(context, dropped)
    }
  },
})

function isEmpty(value: Json | undefined): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}
