import { type OutputUnit, Validator } from '@cfworker/json-schema'
import { isJsonObject, type Json, type JsonObject, pathOf, pathSegments, valuesAt } from './json.ts'

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
  let validator: Validator
  try {
    validator = new Validator(schema as object, '2020-12', false)
  } catch {
    return () => []
  }
  return (input) => {
    try {
      const { valid, errors } = validator.validate(input)
      return valid ? [] : toIssues(errors, input, schema)
    } catch {
      return []
    }
  }
}

const TYPE_KEYWORDS = new Set(['type'])
/** Keywords that only say that something below them failed. */
const PARENT_KEYWORDS = new Set([
  'properties',
  'items',
  'prefixItems',
  'allOf',
  '$ref',
  'additionalProperties',
  'patternProperties',
  'if',
  'then',
  'else',
  'dependentSchemas',
])

function toIssues(errors: readonly OutputUnit[], input: Json, schema: JsonObject): SchemaIssue[] {
  const issues = new Map<string, SchemaIssue>()
  const add = (issue: SchemaIssue) => issues.set(`${issue.kind} ${issue.path}`, issue)
  for (const error of errors) {
    const path = decodePointer(error.instanceLocation)
    if (error.keyword === 'required') {
      const name = /"(.+?)"/.exec(error.error)?.[1]
      if (name !== undefined)
        add(issue('missing', `${path}${pathOf([name])}`, error, schemaAt(schema, `${path}${pathOf([name])}`)))
    } else if (error.keyword === 'false' || error.keyword === 'unevaluatedProperties') {
      add(issue('unexpected', path, error))
    } else if (TYPE_KEYWORDS.has(error.keyword)) {
      add(issue('type', path, error, schemaAt(schema, path)))
    } else if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
      add(
        issue(
          unionIssueKind(schemaAt(schema, path), valuesAt(input, path)[0]),
          path,
          error,
          schemaAt(schema, path),
        ),
      )
    } else if (!PARENT_KEYWORDS.has(error.keyword)) {
      add(issue('value', path, error, schemaAt(schema, path)))
    }
  }
  return [...issues.values()]
}

/** A union that no member accepts is a type issue when no member has the value's type, else a value issue. */
function unionIssueKind(schema: JsonObject | undefined, value: Json | undefined): 'type' | 'value' {
  return allowedTypes(schema).includes(jsonType(value)) ? 'value' : 'type'
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

function schemaAt(root: JsonObject, path: string): JsonObject | undefined {
  let schema: JsonObject | undefined = root
  for (const segment of pathSegments(path)) {
    const properties: Json | undefined = schema?.properties
    const child: Json | undefined =
      isJsonObject(properties) && Object.hasOwn(properties, segment) ? properties[segment] : schema?.items
    schema = isJsonObject(child) ? deref(root, child) : undefined
  }
  return schema
}

function deref(root: JsonObject, schema: JsonObject): JsonObject {
  const reference = schema.$ref
  if (typeof reference !== 'string' || !reference.startsWith('#')) return schema
  const target = valuesAt(root, reference.slice(1))[0]
  return isJsonObject(target) ? target : schema
}

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object' | 'absent'

export function jsonType(value: Json | undefined): JsonType {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as JsonType
}

/** The JSON types that a schema allows, `integer` beside every `number`; empty where it states none. */
export function allowedTypes(schema: JsonObject | undefined): JsonType[] {
  if (!schema) return []
  const own = (
    Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type]
  ) as JsonType[]
  const members = [schema.anyOf, schema.oneOf].flatMap((union) => (Array.isArray(union) ? union : []))
  const types = new Set([
    ...own,
    ...members.flatMap((member) => (isJsonObject(member) ? allowedTypes(member) : [])),
  ])
  if (types.has('number')) types.add('integer')
  return [...types]
}
