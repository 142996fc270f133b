import { editedArgument, requiringArgument } from '../contract-edit.ts'
import { OPTION_LITERAL, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import { allowedTypes, schemaCheck } from '../schema.ts'

type Options = JsonObject & {
  path: string
  enum?: Json[]
  examples?: Json[]
  format?: string
  required?: true
}

const LITERALS: JsonObject = {
  type: 'array',
  minItems: 1,
  maxItems: 64,
  uniqueItems: true,
  items: { anyOf: [OPTION_LITERAL, { type: ['number', 'boolean'] }] },
}

/**
 * Shows the model a narrower argument than the contract states: `{ path: '/cabin', enum: ['economy', 'business'] }`, a
 * `format`, that it is `required`, or `examples`. Only what the contract leaves open is stated, and only with values that
 * it takes itself; the host goes on checking calls by its own contract.
 */
export const tightenSchema: Kind = defineIntervention<Options>({
  kind: 'tighten-schema',
  layer: 'contract',
  risk: 'value',
  phase: 'tools',
  validation: 'hint',
  actions: ['replace-tools'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      enum: LITERALS,
      examples: LITERALS,
      format: { enum: ['date', 'date-time', 'time', 'duration', 'email', 'uri', 'uuid', 'ipv4', 'hostname'] },
      required: { const: true },
    },
    required: ['path'],
    minProperties: 2,
    additionalProperties: false,
  },
  // What only shows how values look excludes none.
  riskFor: ({ path: _, ...stated }) => (Object.keys(stated).join() === 'examples' ? 'form' : 'value'),
  compile({ path, required, ...stated }) {
    const narrowing = new Map(Object.entries(stated))
    return ({ contract }) => {
      const narrowed = editedArgument(contract, path, (schema) => {
        const added = [...narrowing].filter(([keyword, value]) => fits(schema, keyword, value))
        return added.length > 0 ? { ...schema, ...Object.fromEntries(added) } : undefined
      })
      if (!required) return narrowed
      const before = narrowed?.type === 'replace-tools' ? narrowed.tools[0] : contract
      return requiringArgument(before, path) ?? narrowed
    }
  },
})

function fits(schema: JsonObject, keyword: string, value: Json): boolean {
  if (Object.hasOwn(schema, keyword)) return false
  if (keyword === 'format') return allowedTypes(schema).join() === 'string' && !hasValues(schema)
  if (keyword === 'enum' && hasValues(schema)) return false
  const check = schemaCheck(schema)
  return (value as Json[]).every((literal) => check(literal).length === 0)
}

function hasValues(schema: JsonObject): boolean {
  return ['enum', 'const', '$ref', 'anyOf', 'oneOf', 'allOf', 'pattern'].some((keyword) =>
    Object.hasOwn(schema, keyword),
  )
}
