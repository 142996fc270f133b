import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import { jsonrepair } from 'jsonrepair'
import type { Answer, Call, Case } from './case.ts'
import { isObject, propertiesOf, requiredOf } from './schemas.ts'

/** What a team writes in an afternoon: find JSON somewhere, repair it, coerce what can be coerced. The baseline to beat. */
export function plainRepair({ emitted, tools }: Case): Answer {
  if ('name' in emitted) {
    const input = lenient(emitted.rawInput)
    const call = isObject(input) ? finish(emitted.name, input, tools) : undefined
    return call && [call]
  }
  const calls = callsIn(emitted.text).map(({ name, input }) => finish(name, input, tools))
  return calls.length > 0 && calls.every((call) => call !== undefined) ? calls : undefined
}

function callsIn(text: string): Call[] {
  const tagged = [...text.matchAll(/<tool_call>\s*([\s\S]*?)\s*(?:<\/tool_call>|$)/g)].map(
    ([, body]) => body as string,
  )
  const bodies = tagged.length > 0 ? tagged : [text]
  const json = bodies
    .flatMap((body) => [lenient(body)].flat())
    .flatMap((value): Call[] => {
      if (!isObject(value)) return []
      const name = value.name ?? value.tool ?? value.tool_name
      const written = value.arguments ?? value.parameters ?? value.args ?? value.input
      const input = typeof written === 'string' ? lenient(written) : written
      return typeof name === 'string' && isObject(input) ? [{ name, input }] : []
    })
  return json.length > 0 ? json : pythonCalls(text)
}

function pythonCalls(text: string): Call[] {
  return [...text.matchAll(/([\w.]+)\(((?:[^()"']|"[^"]*"|'[^']*')*)\)/g)].map(([, name, body]) => {
    const members = [
      ...(body as string).matchAll(/(\w+)\s*=\s*("[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^,]+)/g),
    ]
    return {
      name: name as string,
      input: Object.fromEntries(
        members.map(([, key, value]) => [key, lenient(value as string) ?? (value as string)]),
      ),
    }
  })
}

function lenient(text: string): Json | undefined {
  const fenced = /```(?:\w+)?\s*([\s\S]*?)\s*```/.exec(text)?.[1] ?? text
  for (const candidate of [fenced, /[{[][\s\S]*[}\]]/.exec(fenced)?.[0]]) {
    if (candidate === undefined) continue
    const literal = /^(?:True|False|None)$/.test(candidate)
      ? { True: 'true', False: 'false', None: 'null' }[candidate]
      : candidate
    try {
      const value = JSON.parse(jsonrepair(literal as string)) as Json
      if (typeof value !== 'string' || candidate === text)
        return typeof value === 'string' && /^[{[]/.test(value) ? lenient(value) : value
    } catch {}
  }
  return undefined
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, '')

function finish(name: string, input: JsonObject, tools: readonly ToolContract[]): Call | undefined {
  const contract =
    tools.find(({ tool }) => tool.name === name) ?? tools.find(({ tool }) => plain(tool.name) === plain(name))
  if (!contract) return undefined
  const properties = propertiesOf(contract)
  const required = requiredOf(contract)
  const made: JsonObject = {}
  for (const [key, value] of Object.entries(input)) {
    const known = Object.hasOwn(properties, key)
      ? key
      : Object.keys(properties).find((one) => plain(one) === plain(key))
    if (known === undefined) continue
    if (value === null && !required.includes(known)) continue
    made[known] = coerce(value, isObject(properties[known]) ? properties[known] : {})
  }
  return { name: contract.tool.name, input: made }
}

function coerce(value: Json, schema: JsonObject): Json {
  const { type } = schema
  if ((type === 'number' || type === 'integer') && typeof value === 'string')
    return Number.isNaN(Number.parseFloat(value)) ? value : Number.parseFloat(value)
  if (type === 'boolean' && typeof value === 'string')
    return /^true|yes|1$/i.test(value) ? true : /^false|no|0$/i.test(value) ? false : value
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if ((type === 'array' || type === 'object') && typeof value === 'string') {
    const parsed = lenient(value)
    return typeof parsed === 'object' && parsed !== null ? parsed : type === 'array' ? [value] : value
  }
  if (type === 'array' && !Array.isArray(value)) return [value]
  if (Array.isArray(schema.enum) && typeof value === 'string')
    return schema.enum.find((one) => String(one).toLowerCase() === value.toLowerCase()) ?? value
  return value
}
