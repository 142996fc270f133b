import type { Json, JsonObject } from '@lifeharness/core'
import { contractOf, type EnvironmentTool } from '../environment.ts'
import {
  copy,
  dumps,
  Float,
  type PyObject,
  type PyValue,
  reprOfState,
  reprOfText,
} from '../recorded/python-json.ts'
import { type ApiFactory, error, type StatefulApi } from './api.ts'
import { gorillaFileSystem } from './gorilla-file-system.ts'
import { mathApi } from './math-api.ts'
import { messageApi } from './message-api.ts'
import type { PythonCall } from './python-call.ts'
import { ticketApi } from './ticket-api.ts'
import { tradingBot } from './trading-bot.ts'
import { travelApi } from './travel-api.ts'
import { twitterApi } from './twitter-api.ts'
import { vehicleControlApi } from './vehicle-control-api.ts'

const FACTORIES: Readonly<Record<string, ApiFactory>> = {
  GorillaFileSystem: gorillaFileSystem,
  MathAPI: mathApi,
  MessageAPI: messageApi,
  TicketAPI: ticketApi,
  TradingBot: tradingBot,
  TravelAPI: travelApi,
  TwitterAPI: twitterApi,
  VehicleControlAPI: vehicleControlApi,
}

export type ApiContract = Omit<EnvironmentTool, 'execute'> & { api: string }
/** The contracts of all APIs, by the name of the tool. */
export type ApiContracts = ReadonlyMap<string, ApiContract>

/** The APIs of one task, with their states. */
export type World = {
  /** What the tool answers, as it is recorded. */
  call(tool: string, input: PyObject): string
  /** Equal texts mean equal states. */
  state(): string
}

export function readContracts(recorded: Readonly<Record<string, Json[]>>): ApiContracts {
  const contracts = Object.entries(recorded).flatMap(([api, definitions]) =>
    definitions.map(contractOf).map(({ name, description, inputSchema }) => {
      const contract = { api, name, description, inputSchema: jsonSchema(inputSchema) as JsonObject }
      return [name, contract] as const
    }),
  )
  return new Map(contracts)
}

/** @param config what the task sets, API by API. */
export function openWorld(contracts: ApiContracts, apis: readonly string[], config: PyObject): World {
  const open = new Map<string, StatefulApi>()
  for (const name of apis) {
    const api = FACTORIES[name]?.(copy((config[name] ?? {}) as PyObject))
    if (!api) throw new Error(`no such API: ${name}`)
    open.set(name, api)
  }
  return {
    call(name, input) {
      const contract = contracts.get(name)
      const tool = contract && open.get(contract.api)?.tools[name]
      if (!contract || !tool) return recordedText(error(`name '${name}' is not defined`))
      const [fault, fitted] = fit(contract, input)
      return recordedText(fault ? error(fault) : tool(fitted))
    },
    state: () => reprOfState(Object.fromEntries([...open].map(([name, { state }]) => [name, state]))),
  }
}

/** Arguments by name: Python takes some by their place. */
export function namedArguments({ tool, positional, named }: PythonCall, contracts: ApiContracts): PyObject {
  const names = Object.keys((contracts.get(tool)?.inputSchema.properties ?? {}) as JsonObject)
  return {
    ...Object.fromEntries(positional.map((value, at) => [names[at] ?? `argument ${at}`, value])),
    ...named,
  }
}

/** What is wrong with the arguments, or the arguments as the tool takes them. */
function fit({ api, name, inputSchema }: ApiContract, input: PyObject): [string | undefined, PyObject] {
  const properties = (inputSchema.properties ?? {}) as Record<string, JsonObject>
  const fitted: PyObject = {}
  for (const [argument, value] of Object.entries(input)) {
    const schema = Object.hasOwn(properties, argument) ? properties[argument] : undefined
    if (!schema) return [`${api}.${name}() got an unexpected keyword argument '${argument}'`, input]
    // Left out, and null, an argument has its default.
    if (value === null && !required(inputSchema).includes(argument)) continue
    const found = fitValue(schema, value)
    if (found === undefined) return [`${api}.${name}(): '${argument}' must be of type ${schema.type}`, input]
    fitted[argument] = found
  }
  const missing = required(inputSchema).filter((argument) => !Object.hasOwn(input, argument))
  if (missing.length === 0) return [undefined, fitted]
  const [arguments_, list] = [
    missing.length > 1 ? 'arguments' : 'argument',
    missing.map(reprOfText).join(' and '),
  ]
  return [`${api}.${name}() missing ${missing.length} required positional ${arguments_}: ${list}`, input]
}

function required({ required = [] }: JsonObject): string[] {
  return required as string[]
}

function fitValue(schema: JsonObject, value: PyValue): PyValue | undefined {
  switch (schema.type) {
    case 'number':
      return typeof value === 'number' ? new Float(value) : value instanceof Float ? value : undefined
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined
    case 'string':
    case 'boolean':
      return typeof value === schema.type ? value : undefined
    case 'array': {
      if (!Array.isArray(value)) return undefined
      const items = value.map((item) => fitValue((schema.items ?? {}) as JsonObject, item))
      return items.includes(undefined) ? undefined : (items as PyValue[])
    }
    case 'object':
      return value instanceof Float || Array.isArray(value) || typeof value !== 'object' ? undefined : value
    default:
      return value
  }
}

/** The recordings' types are Python's, and a default that is written `None` is no default. */
function jsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(jsonSchema)
  if (schema === null || typeof schema !== 'object') return schema
  const members = Object.entries(schema as JsonObject).flatMap(([name, value]) => {
    if (name === 'default' && value === 'None') return []
    if (name === 'type' && value === 'dict') return [[name, 'object'] as const]
    if (name === 'type' && value === 'float') return [[name, 'number'] as const]
    return [[name, jsonSchema(value as Json)] as const]
  })
  return Object.fromEntries(members)
}

/** Objects are recorded as JSON, everything else as Python prints it. */
function recordedText(value: PyValue): string {
  if (value === null) return 'None'
  if (!Array.isArray(value)) return dumps(value)
  return `[${value.map((item) => (typeof item === 'string' ? reprOfText(item) : dumps(item))).join(', ')}]`
}
