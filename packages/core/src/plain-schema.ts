import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** Type names of schemas written for Python, and what they mean in JSON Schema. */
const TYPE_ALIASES: Readonly<Record<string, string>> = {
  ...{ dict: 'object', map: 'object', list: 'array', tuple: 'array', str: 'string' },
  ...{ int: 'integer', long: 'integer', float: 'number', double: 'number', bool: 'boolean', none: 'null' },
}
export const TYPE_NAMES: ReadonlySet<string> = new Set([
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
])
const SCHEMA_KEYWORDS = [
  ...['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems', 'contains'],
  ...['propertyNames', 'not', 'if', 'then', 'else'],
]
const ARRAY_KEYWORDS = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const MAP_KEYWORDS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
const NUMBER_KEYWORDS = [
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
]

/**
 * A schema as hosts really write it, in the words of JSON Schema 2020-12: older drafts, OpenAPI's `nullable` and
 * Python's type names are translated, and what nobody can read (unknown types, broken patterns) is left out, because an
 * unreadable keyword must constrain nothing. Always a copy: validators write into the schemas they are given.
 */
export function plainSchema(schema: JsonObject): JsonObject {
  const plain: JsonObject = { ...schema }
  setOrDrop(plain, 'type', plainType(schema))
  if ('required' in plain)
    setOrDrop(plain, 'required', Array.isArray(plain.required) ? plain.required : undefined)
  if ('enum' in plain) setOrDrop(plain, 'enum', plainEnum(plain))
  if ('pattern' in plain)
    setOrDrop(plain, 'pattern', readablePattern(plain.pattern) ? plain.pattern : undefined)
  if ('format' in plain && typeof plain.format !== 'string') delete plain.format
  plainBounds(plain)
  if (Array.isArray(plain.items)) {
    plain.prefixItems = plain.items
    setOrDrop(plain, 'items', plain.additionalItems)
  }
  delete plain.additionalItems
  for (const keyword of SCHEMA_KEYWORDS)
    if (keyword in plain) setOrDrop(plain, keyword, plainChild(plain[keyword]))
  for (const keyword of ARRAY_KEYWORDS) {
    const members = plain[keyword]
    if (members === undefined) continue
    setOrDrop(
      plain,
      keyword,
      Array.isArray(members) ? members.map((member) => plainChild(member) ?? true) : undefined,
    )
  }
  for (const keyword of MAP_KEYWORDS) {
    const map = plain[keyword]
    if (map === undefined) continue
    if (!isJsonObject(map)) {
      delete plain[keyword]
      continue
    }
    const members = Object.entries(map).filter(
      ([name]) => keyword !== 'patternProperties' || readablePattern(name),
    )
    plain[keyword] = Object.fromEntries(members.map(([name, member]) => [name, plainChild(member) ?? true]))
  }
  return plain
}

function plainChild(value: Json | undefined): Json | undefined {
  if (typeof value === 'boolean') return value
  return isJsonObject(value) ? plainSchema(value) : undefined
}

/** The values that are listed in a schema. */
export function plainEnum({ enum: values, nullable }: JsonObject): Json[] | undefined {
  if (!Array.isArray(values)) return undefined
  return nullable === true ? [...values, null] : values
}

/** The types that are named in a schema. */
export function plainType({ type, nullable }: JsonObject): Json | undefined {
  if (type === undefined) return undefined
  const names = (Array.isArray(type) ? type : [type]).map((name) => {
    const lower = typeof name === 'string' ? name.toLowerCase() : ''
    return TYPE_ALIASES[lower] ?? lower
  })
  if (names.length === 0 || !names.every((name) => TYPE_NAMES.has(name))) return undefined
  if (nullable === true && !names.includes('null')) names.push('null')
  return names.length === 1 ? (names[0] as string) : names
}

/** Draft 4 wrote `exclusiveMinimum: true` beside `minimum`. */
function plainBounds(plain: JsonObject): void {
  for (const bound of ['minimum', 'maximum']) {
    const exclusive = `exclusive${bound[0]?.toUpperCase()}${bound.slice(1)}`
    if (typeof plain[exclusive] !== 'boolean') continue
    const limit = plain[bound]
    if (plain[exclusive] === true && typeof limit === 'number') {
      plain[exclusive] = limit
      delete plain[bound]
    } else delete plain[exclusive]
  }
  for (const keyword of NUMBER_KEYWORDS)
    if (keyword in plain && typeof plain[keyword] !== 'number') delete plain[keyword]
}

function readablePattern(pattern: Json | undefined): boolean {
  if (typeof pattern !== 'string') return false
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

function setOrDrop(schema: JsonObject, keyword: string, value: Json | undefined): void {
  if (value === undefined) delete schema[keyword]
  else schema[keyword] = value
}
