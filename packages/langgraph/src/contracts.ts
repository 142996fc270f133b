import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { type Json, type JsonObject, LOCAL_ORIGIN, type ToolContract } from '@lifeharness/core'

/** A tool as LangChain hands it to the model; provider-executed ones are plain objects and cannot be run here. */
export type HostTool = { name?: unknown; description?: unknown; schema?: unknown; metadata?: unknown }

/** Which server a tool comes from; `local` for tools of the user's own code. */
export type OriginOf = (tool: HostTool) => string | undefined

/**
 * Tools made by `@langchain/mcp-adapters` carry their MCP annotations in `metadata`; the name of their server is not
 * kept, so they share the origin `mcp`, which nobody trusts unless the user says so.
 */
export const originOf: OriginOf = ({ metadata }) =>
  typeof metadata === 'object' && metadata !== null && 'annotations' in metadata ? 'mcp' : LOCAL_ORIGIN

/** The contracts of an agent's tools, made once per tool; equal lists of tools give the same array. */
export function contractReader(origin: OriginOf): (tools: readonly unknown[]) => readonly ToolContract[] {
  const byTool = new WeakMap<object, ToolContract>()
  let last: readonly ToolContract[] = []
  return (tools) => {
    const contracts = tools.filter(isNamed).map((tool) => {
      const known = byTool.get(tool)
      if (known) return known
      const contract = isClientTool(tool)
        ? contractOf(tool, origin(tool) ?? LOCAL_ORIGIN)
        : { tool: { origin: LOCAL_ORIGIN, name: nameOf(tool) as string } }
      byTool.set(tool, contract)
      return contract
    })
    const same = contracts.length === last.length && contracts.every((contract, i) => contract === last[i])
    if (!same) last = contracts
    return last
  }
}

function isClientTool(tool: object): tool is HostTool & object {
  return 'invoke' in tool && 'name' in tool
}

/**
 * Definitions without an implementation are tools too: the provider or another middleware runs them. What they check is
 * not known; but a call of one is no call of an unknown tool.
 */
function isNamed(tool: unknown): tool is object {
  return typeof tool === 'object' && tool !== null && nameOf(tool) !== undefined
}

function nameOf(tool: object): string | undefined {
  const {
    name,
    type,
    function: inner,
  } = tool as { name?: unknown; type?: unknown; function?: { name?: unknown } }
  return [name, inner?.name, type].find((one) => typeof one === 'string')
}

function contractOf(tool: HostTool, origin: string): ToolContract {
  const { annotations } = (tool.metadata ?? {}) as { annotations?: JsonObject }
  const inputSchema = acceptedSchema(tool.schema)
  return {
    tool: { origin, name: String(tool.name) },
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(inputSchema ? { inputSchema } : {}),
    ...(annotations ? { annotations } : {}),
  }
}

/**
 * What the host accepts, as JSON Schema. The schema shown to the model is stricter than the check before execution:
 * there defaults are required, unknown members are stripped and coerced types are not checked. By that one, calls that
 * the host executes would look dead.
 */
function acceptedSchema(schema: unknown): JsonObject | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  if (!('_zod' in schema || '_def' in schema)) return toJsonSchema(schema as never) as JsonObject
  try {
    const accepted = toJsonSchema(schema as never, {
      io: 'input',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        const { def } = (zodSchema as { _zod: { def: { coerce?: boolean; catchall?: unknown } } })._zod
        if (def.coerce) for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword]
      },
    })
    return withoutClosedObjects(accepted as JsonObject) as JsonObject
  } catch {
    return undefined
  }
}

function withoutClosedObjects(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutClosedObjects)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(
    ([key, value]) => key !== 'additionalProperties' || value !== false,
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutClosedObjects(value)]))
}
