import { shortHash } from './hash.ts'
import { canonicalJson, isJsonObject, type JsonObject, pathSegments } from './json.ts'
import { schemaAt } from './schema.ts'

/** Two servers' `search` are two tools. `origin` is `local` for tools defined in the user's own code. */
export type Tool = { origin: string; name: string }

/** The origin of tools defined in the user's own code, which is trusted. */
export const LOCAL_ORIGIN = 'local'

/** The key of a tool in maps, stores and signatures: the bare name for local tools, `origin/name` otherwise. */
export function toolKey(tool: Tool): string {
  return tool.origin === LOCAL_ORIGIN ? tool.name : `${tool.origin}/${tool.name}`
}

/** What a host tells the model of a tool, as the host wrote it. `inputSchema` is a JSON Schema object. */
export type ToolContract = {
  tool: Tool
  description?: string
  inputSchema?: JsonObject
  outputSchema?: JsonObject
  annotations?: JsonObject
}

/**
 * What the layer may rely on about a tool, by the user's word (configuration) or by the annotations of an origin the
 * user marked trusted. Unknown means no.
 */
export type ToolFacts = {
  /** The tool changes nothing. */
  readOnly: boolean
  /** Calling it twice with the same arguments has the effect of calling it once. */
  idempotent: boolean
  /** It can destroy data; form repairs of its dead calls never skip canary. */
  destructive: boolean
  /** Its results may support what an intervention says (law 13). */
  trusted: boolean
}

export const UNKNOWN_TOOL_FACTS: ToolFacts = {
  readOnly: false,
  idempotent: false,
  destructive: false,
  trusted: false,
}

/** The schema of one argument, see `schemaAt`; undefined where none is stated. */
export function argumentSchema(contract: ToolContract | undefined, path: string): JsonObject | undefined {
  return contract?.inputSchema && schemaAt(contract.inputSchema, path)
}

const NAMING_KEYWORDS = [
  ...[
    'properties',
    'patternProperties',
    'unevaluatedProperties',
    'propertyNames',
    'required',
    '$ref',
    '$dynamicRef',
  ],
  ...[
    'allOf',
    'anyOf',
    'oneOf',
    'not',
    'if',
    'then',
    'else',
    'enum',
    'const',
    'dependentSchemas',
    'dependentRequired',
  ],
]

/**
 * Whether a contract leaves open which names the object at a path may have: it asks for an object there and says nothing
 * of what is in it. Without a contract every name is open.
 */
export function namesAreOpen(contract: ToolContract | undefined, path: string): boolean {
  if (!contract?.inputSchema) return true
  const schema = schemaAt(contract.inputSchema, path)
  if (schema?.type !== 'object' || (schema.additionalProperties ?? true) !== true) return false
  return !NAMING_KEYWORDS.some((keyword) => keyword in schema)
}

const ANCHORED_KEYWORDS = ['type', 'enum', 'const', 'format', 'pattern', 'anyOf', 'oneOf'] as const

/**
 * The hash of the part of a contract that an intervention touches (argument path, type, enum, format, required), as
 * the host wrote it, without descriptions. The path `''` stands for the names and requiredness of all arguments.
 */
export function anchorOf(contract: ToolContract | undefined, path: string): string {
  const schema = contract?.inputSchema
  if (!schema) return 'none'
  const required = Array.isArray(schema.required) ? schema.required : []
  if (path === '') {
    const names = isJsonObject(schema.properties) ? Object.keys(schema.properties).sort() : []
    return shortHash(canonicalJson({ names, required: [...required].map(String).sort() }))
  }
  const argument = argumentSchema(contract, path)
  const kept = ANCHORED_KEYWORDS.map((keyword) => argument?.[keyword] ?? null)
  return shortHash(canonicalJson({ path, kept, required: required.includes(pathSegments(path)[0] ?? '') }))
}

/** The identity of a set of contracts, independent of their order. */
export function contractsHash(contracts: readonly ToolContract[]): string {
  return shortHash(contracts.map(canonicalJson).sort().join('\n'))
}
