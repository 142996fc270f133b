import { editEvery, editedCall, OPTION_PATH, parentOf, renameMembers } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type JsonObject, pathOf } from '../json.ts'
import { argumentSchema } from '../tool.ts'

type Options = JsonObject & { keep: string; without: string[] }

/**
 * Of arguments that exclude each other keeps the one that was seen to be meant:
 * `{ keep: '/parent/database_id', without: ['page_id', 'type'] }`. The others are left out where both stand, and
 * never where the contract requires them.
 */
export const excludeArgument: Kind = defineIntervention<Options>({
  kind: 'exclude-argument',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ keep }) => keep,
  options: {
    type: 'object',
    properties: {
      keep: OPTION_PATH,
      without: {
        type: 'array',
        minItems: 1,
        maxItems: 8,
        items: { type: 'string', minLength: 1, maxLength: 128 },
      },
    },
    required: ['keep', 'without'],
    additionalProperties: false,
  },
  compile({ keep, without }) {
    const kept = parentOf(keep)
    if (!kept || without.includes(kept.name))
      throw new Error('exclude-argument keeps one name and leaves out others')
    const others = new Set(without)
    return (context) => {
      const parent = argumentSchema(context.contract, kept.parent) ?? context.contract?.inputSchema
      const required = Array.isArray(parent?.required) ? parent.required : []
      if (kept.parent === pathOf([]) && without.some((name) => required.includes(name))) return undefined
      return editedCall(
        context,
        editEvery(context.call.input, kept.parent, (object) => {
          if (!isJsonObject(object) || !says(object[kept.name])) return 'keep'
          if (!without.every((name) => Object.hasOwn(object, name))) return 'keep'
          return { to: renameMembers(object, (name) => (others.has(name) ? undefined : name)) }
        }),
      )
    }
  },
})

function says(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
