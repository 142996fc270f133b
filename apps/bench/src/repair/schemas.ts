import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject, ToolContract } from '@lifeharness/core'

/** Tools that were shown together. */
export type ToolSet = { key: string; tools: readonly ToolContract[] }

/** Type names of schemas written for Python; every system gets the words of JSON Schema. */
const TYPES: Readonly<Record<string, string>> = {
  ...{
    dict: 'object',
    list: 'array',
    tuple: 'array',
    float: 'number',
    int: 'integer',
    str: 'string',
    bool: 'boolean',
  },
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every tool set of a data folder: `tools/*.json` by server or domain, `single_call/*-toolsets.json` by question. */
export function loadToolSets(data: string): ToolSet[] {
  const sets: ToolSet[] = []
  for (const file of jsonFiles(join(data, 'tools'))) {
    const content = readJson(join(data, 'tools', file))
    const name = file.replace(/\.json$/, '')
    if (Array.isArray(content)) {
      const servers = Map.groupBy(content.filter(isObject), (tool) => String(tool.server ?? ''))
      for (const [server, tools] of servers)
        sets.push({ key: `${name}/${server}`, tools: contractsOf(tools) })
    } else if (isObject(content))
      for (const [key, tools] of Object.entries(content))
        if (Array.isArray(tools)) sets.push({ key: `${name}/${key}`, tools: contractsOf(tools) })
  }
  for (const file of jsonFiles(join(data, 'single_call')).filter((name) => name.endsWith('-toolsets.json')))
    for (const [key, tools] of Object.entries(readJson(join(data, 'single_call', file)) as JsonObject))
      if (Array.isArray(tools)) sets.push({ key, tools: contractsOf(tools) })
  return sets.filter(({ tools }) => tools.length > 0)
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json
}

/** Tool definitions as OpenAI, MCP and BFCL write them. Of two tools with one name the first counts. */
export function contractsOf(definitions: readonly Json[]): ToolContract[] {
  const contracts = definitions.flatMap((definition): ToolContract[] => {
    const tool = isObject(definition) && isObject(definition.function) ? definition.function : definition
    if (!isObject(tool) || typeof tool.name !== 'string') return []
    const schema = [tool.inputSchema, tool.input_schema, tool.parameters].find(isObject) ?? {
      type: 'object',
      properties: {},
    }
    return [
      {
        tool: { origin: 'local', name: tool.name },
        ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
        inputSchema: plain(schema) as JsonObject,
      },
    ]
  })
  return contracts.filter(
    ({ tool }, at) => contracts.findIndex((other) => other.tool.name === tool.name) === at,
  )
}

function plain(schema: Json, isMap = false): Json {
  if (Array.isArray(schema)) return schema.map((part) => plain(part))
  if (!isObject(schema)) return schema
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (isMap) return [[key, plain(value)]]
    if (key === 'type' && value === 'any') return []
    if (key === 'type' && typeof value === 'string') return [[key, TYPES[value] ?? value]]
    if (key === 'enum' || key === 'default' || key === 'examples' || key === 'const') return [[key, value]]
    if (key === 'optional' || key === '$schema') return []
    return [[key, plain(value, key === 'properties' || key === '$defs' || key === 'definitions')]]
  })
  return Object.fromEntries(entries)
}

/** The schema with every name refused that it does not list, as strict function calling demands. */
export function closed(contract: ToolContract): ToolContract {
  return { ...contract, inputSchema: { ...contract.inputSchema, additionalProperties: false } }
}

export function propertiesOf({ inputSchema }: ToolContract): JsonObject {
  return isObject(inputSchema?.properties) ? inputSchema.properties : {}
}

export function requiredOf({ inputSchema }: ToolContract): string[] {
  return Array.isArray(inputSchema?.required) ? inputSchema.required.map(String) : []
}
