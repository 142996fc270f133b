import {
  type Edited,
  editEvery,
  editedCall,
  hasIssueAt,
  OPTION_PATH,
  parentOf,
  renameMembers,
} from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { isExactNumber, parseExactly } from '../json-text.ts'
import { readLiteral } from '../literal.ts'
import { jsonType } from '../schema.ts'
import { plainSpelling } from '../spelling.ts'
import { statedTypes } from '../stated-types.ts'
import { argumentSchema } from '../tool.ts'

const TARGETS = ['integer', 'number', 'boolean', 'string', 'json', 'array', 'element', 'absent'] as const
type Target = (typeof TARGETS)[number]
type Options = JsonObject & { path: string; to: Target }

/**
 * Writes a value in the JSON type that is wanted, where that loses nothing: `{ path: '/limit', to: 'integer' }`.
 * `json`: text that is a JSON object or array becomes it, and so does one that Python wrote where the contract wants it.
 * `array`: one value becomes a list of it. `element`: a list of one becomes its element. `absent`: a null that the
 * contract refuses is left out (and an empty text where no text is wanted). `'042'`, `'1e3'`, `' 42'` and
 * integers beyond 2⁵³ are never read as numbers, because writing them back would give another text.
 */
export const coerceArgument: Kind = defineIntervention<Options>({
  kind: 'coerce-argument',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: { path: OPTION_PATH, to: { type: 'string', enum: [...TARGETS] } },
    required: ['path', 'to'],
    additionalProperties: false,
  },
  compile({ path, to }) {
    if (!TARGETS.includes(to)) throw new Error(`coerce-argument does not know ${String(to)}`)
    if (to === 'absent') return (context) => editedCall(context, withoutNull(context, path))
    return (context) => {
      const { contract } = context
      const stated = statedTypes(contract, path)
      const wanted = (value: Json) => stated.length === 0 || stated.includes(jsonType(value))
      const coerced = editEvery(context.call.input, path, (value): Edited => {
        // A value of a stated type is right as it is, and so is one that the host takes.
        if (stated.length > 0 && (context.accepted || wanted(value))) return 'keep'
        if (isOfTarget(value, to)) return 'keep'
        const next =
          (to === 'string' ? spelledIn(argumentSchema(contract, path)?.enum, value) : undefined) ??
          coerce(value, to) ??
          (to === 'json' && stated.length > 0 ? literal(value) : undefined)
        return next !== undefined && wanted(next) ? { to: next } : 'refuse'
      })
      return editedCall(context, coerced)
    }
  },
})

function isOfTarget(value: Json, to: Target): boolean {
  const type = jsonType(value)
  if (to === 'number') return type === 'number' || type === 'integer'
  if (to === 'json') return type === 'object' || type === 'array'
  if (to === 'element') return type !== 'array'
  return type === to
}

function coerce(value: Json, to: Exclude<Target, 'absent'>): Json | undefined {
  switch (to) {
    case 'integer':
      return typeof value === 'string' && /^(?:0|-?[1-9]\d{0,15})$/.test(value)
        ? exactNumber(value)
        : undefined
    case 'number':
      return typeof value === 'string' && /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/.test(value)
        ? exactNumber(value)
        : undefined
    case 'boolean':
      return typeof value === 'string' && /^(?:true|false)$/i.test(value)
        ? value.toLowerCase() === 'true'
        : undefined
    case 'string':
      return writtenOut(value)
    case 'json': {
      const parsed = typeof value === 'string' && /^\s*[[{]/.test(value) ? parseExactly(value) : undefined
      return parsed !== undefined && isOfTarget(parsed, 'json') ? parsed : undefined
    }
    case 'array':
      // A text may be a list in some notation of its own: which one is anybody's guess.
      return value === null || (typeof value === 'string' && /[,;|\n[\]{}]/.test(value)) ? undefined : [value]
    case 'element':
      return Array.isArray(value) && value.length === 1 ? value[0] : undefined
  }
}

/** A flag as the contract's list spells it: `True` of `["True", "False", "any"]`. */
function spelledIn(listed: Json | undefined, value: Json): string | undefined {
  if (!Array.isArray(listed) || typeof value !== 'boolean') return undefined
  const same = listed.filter((one) => typeof one === 'string' && plainSpelling(one) === String(value))
  return same.length === 1 ? (same[0] as string) : undefined
}

/** A list or object as Python writes it; only where the contract says that one is wanted. */
function literal(value: Json): Json | undefined {
  const read = typeof value === 'string' && /^\s*[[{]/.test(value) ? readLiteral(value) : undefined
  return typeof read === 'object' && read !== null ? read : undefined
}

function exactNumber(text: string): number | undefined {
  const value = Number(text)
  return isExactNumber(text, value) ? value : undefined
}

function writtenOut(value: Json): string | undefined {
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return undefined
  const text = String(value)
  return /^-?\d+(?:\.\d+)?$/.test(text) && isExactNumber(text, value) ? text : undefined
}

/** Texts that say as little as null does, where no text is wanted. */
const NOTHING: readonly (Json | undefined)[] = ['', 'null', 'None']

function withoutNull(context: CallContext, path: string): Json | undefined {
  const argument = parentOf(path)
  // Without a contract that refuses it, null may well mean "clear this".
  if (!argument || !hasIssueAt(context.issues(), path)) return undefined
  const { contract } = context
  const types = statedTypes(contract, path)
  const listed = argumentSchema(contract, path)?.enum
  const textWanted = types.length === 0 || types.includes('string')
  const saysNothing = (value: Json | undefined) =>
    Array.isArray(listed) ? value === 'null' || value === 'None' : !textWanted && NOTHING.includes(value)
  return editEvery(context.call.input, argument.parent, (parent) => {
    if (!isJsonObject(parent)) return 'keep'
    const value = parent[argument.name]
    if (value !== null && !saysNothing(value)) return 'keep'
    return { to: renameMembers(parent, (name) => (name === argument.name ? undefined : name)) }
  })
}
