import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN, type ToolContract } from '../../tool.ts'

/**
 * Tool contracts from the ways in which tools are written down: OpenAI (`{ type: 'function', function }`), MCP
 * (`{ name, inputSchema }`, with `server` as origin, also `{ tools: […] }`), Anthropic (`input_schema`), Gorilla
 * (`parameters` of type `dict`), AI SDK (an object of tools by name). What is none of these goes to `fault`.
 */
export function toContracts(tools: Json | undefined, fault: (reason: string) => void): ToolContract[] {
  if (tools === undefined || tools === null) return []
  if (isJsonObject(tools)) {
    if (Array.isArray(tools.tools)) return toContracts(tools.tools, fault)
    if (typeof tools.name === 'string' || isJsonObject(tools.function)) return toContracts([tools], fault)
    const named = Object.entries(tools).map(
      ([name, tool]): Json => (isJsonObject(tool) ? { name, ...tool } : tool),
    )
    return toContracts(named, fault)
  }
  if (!Array.isArray(tools)) {
    fault('tools are neither a list nor an object')
    return []
  }
  return tools.flatMap((tool, index) => {
    const contract = isJsonObject(tool) ? toContract(tool) : undefined
    if (!contract) fault(`tool ${index + 1} of the list has no name`)
    return contract ? [contract] : []
  })
}

function toContract(written: JsonObject): ToolContract | undefined {
  const tool = isJsonObject(written.function) ? written.function : written
  const { name, description, annotations } = tool
  if (typeof name !== 'string' || name === '') return undefined
  const origin = [tool.server, tool.origin].find((value) => typeof value === 'string' && value !== '')
  const input = schemaIn(tool.inputSchema ?? tool.input_schema ?? tool.parameters)
  const output = schemaIn(tool.outputSchema ?? tool.output_schema)
  return {
    tool: { origin: (origin as string | undefined) ?? LOCAL_ORIGIN, name },
    ...(typeof description === 'string' ? { description } : {}),
    ...(input ? { inputSchema: input } : {}),
    ...(output ? { outputSchema: output } : {}),
    ...(isJsonObject(annotations) ? { annotations } : {}),
  }
}

function schemaIn(value: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined
  return standardSchema(isJsonObject(value.jsonSchema) ? value.jsonSchema : value)
}

/** Type names of other languages, in lower case. `undefined` (and any name not known) states no type. */
const TYPE_NAMES: Record<string, string> = {
  ...named('object', ['dict', 'hashmap', 'map', 'hashtable', 'struct']),
  ...named('array', ['list', 'tuple', 'arraylist', 'set']),
  ...named('integer', ['int', 'long', 'short', 'byte', 'bigint']),
  ...named('number', ['float', 'double', 'decimal']),
  ...named('string', ['str', 'char', 'text']),
  ...named('boolean', ['bool']),
  ...named('null', ['none', 'nonetype']),
}

function named(type: string, others: string[]): Record<string, string> {
  return Object.fromEntries([type, ...others].map((name) => [name, type]))
}

const ONE_SCHEMA = new Set([
  ...['items', 'additionalProperties', 'additionalItems', 'contains', 'not', 'if', 'then', 'else'],
  ...['propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
])
const SCHEMA_LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems', 'items'])
const SCHEMA_MAP = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])

/**
 * The schema with the type names of other languages (`dict`, `float`, `tuple`, `any`, `HashMap`, …) replaced by those
 * of JSON Schema. A name that is not known states no type, so that it cannot make good calls invalid. The same
 * reference comes back where nothing had to change.
 */
export function standardSchema(schema: JsonObject): JsonObject {
  let changed = false
  const members = Object.entries(schema).flatMap(([keyword, value]): [string, Json][] => {
    const standard = standardMember(keyword, value)
    if (standard !== value) changed = true
    return standard === undefined ? [] : [[keyword, standard]]
  })
  // `fromEntries` defines members; assignment would let a property named `__proto__` change the prototype.
  return changed ? Object.fromEntries(members) : schema
}

function standardMember(keyword: string, value: Json): Json | undefined {
  if (keyword === 'type') return standardType(value)
  if (SCHEMA_LIST.has(keyword) && Array.isArray(value)) return mapped(value)
  if (!isJsonObject(value)) return value
  if (ONE_SCHEMA.has(keyword)) return standardSchema(value)
  if (!SCHEMA_MAP.has(keyword)) return value
  const entries = Object.entries(value)
  const schemas = mapped(entries.map(([, schema]) => schema))
  if (schemas.every((schema, index) => schema === entries[index]?.[1])) return value
  return Object.fromEntries(entries.map(([name], index) => [name, schemas[index] as Json]))
}

function mapped(schemas: Json[]): Json[] {
  const standard = schemas.map((schema) => (isJsonObject(schema) ? standardSchema(schema) : schema))
  return standard.every((schema, index) => schema === schemas[index]) ? schemas : standard
}

function standardType(value: Json): Json | undefined {
  if (typeof value === 'string') return typeName(value)
  if (!Array.isArray(value)) return undefined
  const names = value.map((name) => (typeof name === 'string' ? typeName(name) : undefined))
  if (names.includes(undefined)) return undefined
  return names.every((name, index) => name === value[index]) ? value : [...new Set(names as string[])]
}

function typeName(name: string): string | undefined {
  const key = name.trim().toLowerCase()
  return Object.hasOwn(TYPE_NAMES, key) ? TYPE_NAMES[key] : undefined
}
