import { type OutputUnit, Validator } from '@cfworker/json-schema'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  jsonEqual,
  pathOf,
  pathSegments,
  valuesAt,
} from './json.ts'
import { plainEnum, plainSchema, plainType, TYPE_NAMES } from './plain-schema.ts'

/** One way in which arguments break an input schema. */
export type SchemaIssue = {
  kind: 'missing' | 'unexpected' | 'type' | 'value'
  /** The argument at fault (JSON Pointer into the arguments); for `missing`, where it should stand. */
  path: string
  /** The JSON Schema keyword that failed. */
  keyword: string
  message: string
  /** Schema of the argument at fault, where one is stated. */
  expected?: JsonObject
}

export type SchemaCheck = (input: Json) => SchemaIssue[]

const checks = new WeakMap<JsonObject, SchemaCheck>()

/**
 * An interpreting validator (no eval, so it runs on Workers) for a JSON Schema, made once per schema object.
 * A schema that the validator cannot read yields no issues: an unusable schema must not turn good calls into dead ones.
 */
export function schemaCheck(schema: JsonObject): SchemaCheck {
  const known = checks.get(schema)
  if (known) return known
  const check = compile(schema)
  checks.set(schema, check)
  return check
}

function compile(schema: JsonObject): SchemaCheck {
  let plain: JsonObject
  let validator: Validator
  try {
    plain = plainSchema(schema)
    if (asksForTypeAlone(plain)) return typeCheck(plain)
    validator = new Validator(plain as object, '2020-12', false)
  } catch {
    return () => []
  }
  return (input) => {
    try {
      const { valid, errors } = validator.validate(input)
      return valid ? [] : toIssues(errors, plain)
    } catch {
      return []
    }
  }
}

/** Keywords that refuse nothing. */
const REFUSING_NOTHING = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  '$schema',
  '$defs',
  'definitions',
])

/** Most arguments are of one type, and anything that is of it will do: to see that takes no validator. */
function asksForTypeAlone(plain: JsonObject): plain is JsonObject & { type: string } {
  const { type, ...others } = plain
  return typeof type === 'string' && Object.keys(others).every((keyword) => REFUSING_NOTHING.has(keyword))
}

/** Says what the validator would say. */
function typeCheck(schema: JsonObject & { type: string }): SchemaCheck {
  const { type } = schema
  return (input) => {
    const found = jsonType(input)
    const wide = found === 'integer' ? 'number' : found
    // What is no JSON value, no host could have sent. `1e999` is one: it is read as endless, and endless counts as whole.
    if (found === type || wide === type || !TYPE_NAMES.has(wide)) return []
    if (type === 'integer' && (input === Number.POSITIVE_INFINITY || input === Number.NEGATIVE_INFINITY))
      return []
    const message = `Instance type "${wide}" is invalid. Expected "${type}".`
    return [{ kind: 'type', path: '', keyword: 'type', message, expected: schema }]
  }
}

/** Keywords that only say that something below them failed. */
const PARENT_KEYWORDS = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['items', 'prefixItems', 'unevaluatedItems', 'contains', 'allOf', 'if', 'then', 'else'],
  ...['dependentSchemas', 'dependencies', '$ref', '$recursiveRef', '$dynamicRef'],
])

function toIssues(errors: readonly OutputUnit[], schema: JsonObject): SchemaIssue[] {
  const issues = new Map<string, SchemaIssue>()
  collect(errors, schema, (found) => {
    const key = `${found.kind} ${found.path}`
    if (!issues.has(key)) issues.set(key, found)
  })
  return [...issues.values()]
}

function collect(errors: readonly OutputUnit[], schema: JsonObject, add: (issue: SchemaIssue) => void): void {
  for (let index = 0; index < errors.length; index++) {
    const error = errors[index] as OutputUnit
    const path = decodePointer(error.instanceLocation)
    const absent = missingName(error)
    if (absent !== undefined) {
      const place = `${path}${pathOf([absent])}`
      add(issue('missing', place, error, schemaAt(schema, place)))
    } else if (error.keyword === 'false') {
      add(issue('unexpected', path, error))
    } else if (error.keyword === 'type') {
      add(issue('type', path, error, schemaAt(schema, path)))
    } else if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
      const below = errorsBelow(errors, index)
      index += below.length
      const branches = branchesOf(error, below)
      const meant = meantBranch(branches, error.instanceLocation)
      if (meant) collect(meant, schema, add)
      else {
        const typed =
          branches.length > 0 && branches.every((branch) => isTypeMismatch(branch, error.instanceLocation))
        add(issue(typed ? 'type' : 'value', path, error, schemaAt(schema, path)))
      }
    } else if (error.keyword === 'contains' || !PARENT_KEYWORDS.has(error.keyword)) {
      add(issue('value', path, error, schemaAt(schema, path)))
    }
  }
}

function missingName({ keyword, error }: OutputUnit): string | undefined {
  if (keyword === 'required') return /required property "(.*)"\.$/s.exec(error)?.[1]
  if (keyword === 'dependentRequired' || keyword === 'dependencies')
    return /but does not have "(.*)"\.$/s.exec(error)?.[1]
  return undefined
}

/** The validator lists what failed inside a union right after it, at deeper keyword locations. */
function errorsBelow(errors: readonly OutputUnit[], index: number): OutputUnit[] {
  const union = errors[index] as OutputUnit
  const below: OutputUnit[] = []
  for (const error of errors.slice(index + 1)) {
    const inside =
      error.keyword === 'false' // It has no keyword location of its own.
        ? below.length > 0 && error.instanceLocation.startsWith(`${union.instanceLocation}/`)
        : error.keywordLocation.startsWith(`${union.keywordLocation}/`)
    if (!inside) break
    below.push(error)
  }
  return below
}

function branchesOf(union: OutputUnit, below: readonly OutputUnit[]): OutputUnit[][] {
  const branches = new Map<string, OutputUnit[]>()
  let current: OutputUnit[] = []
  for (const error of below) {
    if (error.keyword !== 'false') {
      const name = error.keywordLocation.slice(union.keywordLocation.length + 1).split('/')[0] as string
      current = branches.get(name) ?? []
      branches.set(name, current)
    }
    current.push(error)
  }
  return [...branches.values()]
}

function isTypeMismatch(branch: readonly OutputUnit[], location: string): boolean {
  return branch.some((error) => error.keyword === 'type' && error.instanceLocation === location)
}

/**
 * The one member of a union that the value was meant for: the only one of its type (`object | null`), or the only one
 * of its type whose discriminating constants fit.
 */
function meantBranch(branches: readonly OutputUnit[][], location: string): OutputUnit[] | undefined {
  const ofItsType = branches.filter((branch) => !isTypeMismatch(branch, location))
  if (ofItsType.length === 1) return ofItsType[0]
  const fitting = ofItsType.filter(
    (branch) => !branch.some(({ keyword }) => keyword === 'const' || keyword === 'enum'),
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

function issue(
  kind: SchemaIssue['kind'],
  path: string,
  error: OutputUnit,
  expected?: JsonObject,
): SchemaIssue {
  return { kind, path, keyword: error.keyword, message: error.error, ...(expected ? { expected } : {}) }
}

/** `#/a/b%20c` → `/a/b c` (RFC 6901 §6). */
function decodePointer(location: string): string {
  const pointer = location.replace(/^#/, '')
  try {
    return decodeURIComponent(pointer)
  } catch {
    return pointer
  }
}

/**
 * The schema of what stands at a path (JSON Pointer, `*` for any element): follows `properties`, `items`,
 * `prefixItems`, `additionalProperties`, the members of unions and local references. Undefined where none is stated.
 */
export function schemaAt(root: JsonObject, path: string): JsonObject | undefined {
  let schema: JsonObject | undefined = resolveReference(root, root)
  for (const segment of pathSegments(path)) schema = schema && childSchema(root, schema, segment, 0)
  return schema
}

const MAX_UNION_DEPTH = 8

function childSchema(
  root: JsonObject,
  schema: JsonObject,
  segment: string,
  depth: number,
): JsonObject | undefined {
  const { properties, items, prefixItems, additionalProperties } = schema
  const own =
    isJsonObject(properties) && Object.hasOwn(properties, segment)
      ? properties[segment]
      : segment === '*' || /^\d+$/.test(segment)
        ? ((Array.isArray(prefixItems) ? prefixItems[Number(segment)] : undefined) ?? items)
        : undefined
  const child = own ?? (isJsonObject(properties) || isJsonObject(items) ? undefined : additionalProperties)
  if (isJsonObject(child)) return resolveReference(root, child)
  if (depth >= MAX_UNION_DEPTH) return undefined
  for (const member of unionMembers(root, schema)) {
    const found = childSchema(root, member, segment, depth + 1)
    if (found) return found
  }
  return isJsonObject(additionalProperties) ? resolveReference(root, additionalProperties) : undefined
}

function unionMembers(root: JsonObject, schema: JsonObject): JsonObject[] {
  return [schema.anyOf, schema.oneOf, schema.allOf]
    .flatMap((union) => (Array.isArray(union) ? union : []))
    .flatMap((member) => (isJsonObject(member) ? [resolveReference(root, member)] : []))
}

const MAX_REFERENCES = 16

/** Follows local references (`#/$defs/Order`); what cannot be resolved stays as it is. */
function resolveReference(root: JsonObject, schema: JsonObject): JsonObject {
  let resolved = schema
  for (let step = 0; step < MAX_REFERENCES && typeof resolved.$ref === 'string'; step++) {
    if (!resolved.$ref.startsWith('#')) return resolved
    const target = valuesAt(root, decodePointer(resolved.$ref))[0]
    if (!isJsonObject(target)) return resolved
    resolved = target
  }
  return resolved
}

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object' | 'absent'

export function jsonType(value: Json | undefined): JsonType {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as JsonType
}

/**
 * The JSON types that a schema allows, `integer` beside every `number`; empty where it does not limit them. `root` is
 * the schema in which references are looked up; without it a reference allows anything.
 */
export function allowedTypes(schema: JsonObject | undefined, root?: JsonObject): JsonType[] {
  return schema ? [...(typesOf(schema, root, 0) ?? [])] : []
}

function typesOf(schema: JsonObject, root: JsonObject | undefined, depth: number): Set<JsonType> | undefined {
  const resolved = root ? resolveReference(root, schema) : schema
  if (depth > MAX_UNION_DEPTH) return undefined
  const type = plainType(resolved)
  const values = plainEnum(resolved)
  if (type !== undefined) {
    const types = new Set((Array.isArray(type) ? type : [type]) as JsonType[])
    if (types.has('number')) types.add('integer')
    return types
  }
  if ('const' in resolved) return new Set([jsonType(resolved.const)])
  if (values) return new Set(values.map(jsonType))
  if (Array.isArray(resolved.allOf)) {
    const limits = resolved.allOf.flatMap((member) => {
      const types = isJsonObject(member) ? typesOf(member, root, depth + 1) : undefined
      return types ? [types] : []
    })
    const [first, ...others] = limits
    if (first) return new Set([...first].filter((allowed) => others.every((types) => types.has(allowed))))
  }
  const members = Array.isArray(resolved.anyOf) ? resolved.anyOf : resolved.oneOf
  if (!Array.isArray(members) || members.length === 0) return undefined
  const all = new Set<JsonType>()
  for (const member of members) {
    const types = isJsonObject(member) ? typesOf(member, root, depth + 1) : undefined
    if (!types) return undefined
    for (const allowed of types) all.add(allowed)
  }
  return all
}

/** Whether a schema lists a value by name (`enum`, `const`), also in a member of a union or behind a reference. */
export function listsValue(
  schema: JsonObject | undefined,
  value: Json,
  root: JsonObject | undefined,
  depth = 0,
): boolean {
  if (!schema || depth > MAX_UNION_DEPTH) return false
  const resolved = root ? resolveReference(root, schema) : schema
  if ('const' in resolved && jsonEqual(resolved.const, value)) return true
  if (Array.isArray(resolved.enum) && resolved.enum.some((listed) => jsonEqual(listed, value))) return true
  return unionMembers(root ?? resolved, resolved).some((member) => listsValue(member, value, root, depth + 1))
}
