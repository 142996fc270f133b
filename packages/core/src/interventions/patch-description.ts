import { ADVICE_OPTIONS, renderAdvice } from '../advice-text.ts'
import { describedAlso, editedArgument } from '../contract-edit.ts'
import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'

type Options = JsonObject & { path?: string; advice: string; slots?: JsonObject }

/**
 * Adds a sentence of advice to what the model reads of a tool before it calls it, or of one argument (`path`):
 * `{ path: '/date', advice: 'argument-format', slots: { argument: 'date', format: 'YYYY-MM-DD' } }`. What the contract
 * asks of calls stays the same; what its author wrote stays in front.
 */
export const patchDescription: Kind = defineIntervention<Options>({
  kind: 'patch-description',
  layer: 'contract',
  risk: 'form',
  phase: 'tools',
  validation: 'hint',
  actions: ['replace-tools'],
  options: {
    type: 'object',
    properties: { path: OPTION_PATH, ...ADVICE_OPTIONS },
    required: ['advice'],
    additionalProperties: false,
  },
  compile({ path, advice, slots = {} }) {
    const text = renderAdvice(advice, slots)
    return ({ contract }) => {
      if (!contract) return undefined
      if (path !== undefined)
        return editedArgument(contract, path, (schema) => {
          const description = describedAlso(schema.description, text)
          return description === undefined ? undefined : { ...schema, description }
        })
      const description = describedAlso(contract.description, text)
      return description === undefined
        ? undefined
        : { type: 'replace-tools', tools: [{ ...contract, description }] }
    }
  },
})
