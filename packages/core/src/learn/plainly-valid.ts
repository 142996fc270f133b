import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/** Says that a value satisfies a schema; `false` says nothing. */
type Check = (value: Json | undefined) => boolean

const checks = new WeakMap<JsonObject, Check>()

/**
 * Whether arguments satisfy a schema as plainly as most do: types, names and lists of texts. What is not plain is left
 * to the validator, which takes fifty times as long; recordings are full of calls that failed for another reason.
 */
export function plainlyValid(schema: JsonObject, input: Json): boolean {
  let check = checks.get(schema)
  if (!check) {
    check = checkOf(schema)
    checks.set(schema, check)
  }
  return check(input)
}

const UNKNOWN: Check = () => false
/** Keywords that are read here, and those that demand nothing. */
const READ = new Set(['type', 'enum', 'properties', 'required', 'additionalProperties', 'items'])
const PROSE = new Set(['title', 'description', 'default', 'examples', '$schema', '$comment'])

function checkOf(schema: Json | undefined): Check {
  if (!isJsonObject(schema)) return UNKNOWN
  const { type, enum: values, items, properties } = schema
  if (!Object.keys(schema).every((keyword) => READ.has(keyword) || PROSE.has(keyword))) return UNKNOWN
  if (values !== undefined)
    return type === 'string' && Array.isArray(values)
      ? (value) => typeof value === 'string' && values.includes(value)
      : UNKNOWN
  switch (type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === type
    case 'number':
      return Number.isFinite as Check
    case 'integer':
      return Number.isInteger as Check
    case 'array': {
      const each = items === undefined ? (value: Json) => value !== undefined : checkOf(items)
      return (value) => Array.isArray(value) && value.every(each)
    }
    case 'object':
      return properties === undefined || isJsonObject(properties)
        ? objectCheck(schema, properties ?? {})
        : UNKNOWN
    default:
      return UNKNOWN
  }
}

function objectCheck(
  { required = [], additionalProperties = true }: JsonObject,
  properties: JsonObject,
): Check {
  // A validator may take what every object inherits for a member.
  if (Object.keys(properties).some((name) => name in Object.prototype)) return UNKNOWN
  if (typeof additionalProperties !== 'boolean' || !Array.isArray(required)) return UNKNOWN
  const members = new Map(Object.entries(properties).map(([name, member]) => [name, checkOf(member)]))
  const other: Check = (value) => additionalProperties && value !== undefined
  return (value) => {
    if (!isJsonObject(value)) return false
    for (const name of Object.keys(value)) if (!(members.get(name) ?? other)(value[name])) return false
    return required.every((name) => typeof name === 'string' && Object.hasOwn(value, name))
  }
}
