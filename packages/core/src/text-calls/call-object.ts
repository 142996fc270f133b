import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { FindTool, TextCall } from './text-call.ts'

const NAME_KEYS = [
  'name',
  'tool',
  'tool_name',
  'toolName',
  'function_name',
  'function',
  'action',
  'recipient_name',
]
const INPUT_KEYS = [
  ...['arguments', 'args', 'parameters', 'params', 'input', 'kwargs', 'tool_input', 'action_input'],
  ...['tool_args', 'tool_arguments', 'toolInput'],
]
/** What may stand beside a name and arguments without being an argument: ids, and what the model thinks. */
const OTHER_KEYS = new Set([
  ...['id', 'type', 'index', 'call_id', 'tool_call_id', 'toolCallId'],
  ...['thought', 'thoughts', 'thinking', 'reasoning', 'explanation'],
])
const LIST_KEYS = ['tool_calls', 'toolCalls', 'tool_uses', 'calls', 'function_calls', 'actions']
const WRAPPER_KEYS = ['function', 'function_call', 'tool_call', 'toolCall', 'call', 'tool_use']

/**
 * The calls that a JSON value states: `{ name, arguments }` under the names that models use for them, wrapped as
 * providers wrap them, a list of those, or `{ get_weather: { … } }`. Undefined where any part is something else, so
 * that data which merely looks alike is no call. `marked`: the text around it says that it is one.
 */
export function callsIn(value: Json, find: FindTool, marked: boolean): TextCall[] | undefined {
  if (Array.isArray(value)) {
    const calls = value.map((item) => (Array.isArray(item) ? undefined : callsIn(item, find, marked)))
    return calls.length > 0 && calls.every((found) => found !== undefined) ? calls.flat() : undefined
  }
  if (!isJsonObject(value)) return undefined
  const keys = Object.keys(value)
  const list = LIST_KEYS.find((key) => Array.isArray(value[key]))
  if (list !== undefined && onlyBeside(keys, [list, 'content', 'role']))
    return callsIn(value[list] as Json, find, marked)
  const wrapper = WRAPPER_KEYS.find((key) => isJsonObject(value[key]))
  if (wrapper !== undefined && onlyBeside(keys, [wrapper]))
    return callsIn(value[wrapper] as Json, find, marked)
  return callIn(value, keys, find, marked)
}

function callIn(value: JsonObject, keys: string[], find: FindTool, marked: boolean): TextCall[] | undefined {
  const nameKey = NAME_KEYS.find((key) => typeof value[key] === 'string' && find(value[key]))
  const [inputKey, ...rivals] = INPUT_KEYS.filter((key) => key in value && key !== nameKey)
  if (nameKey !== undefined && rivals.length === 0) {
    if (!onlyBeside(keys, inputKey === undefined ? [nameKey] : [nameKey, inputKey])) return undefined
    if (inputKey === undefined) return marked ? [{ name: value[nameKey] as string, input: {} }] : undefined
    const input = value[inputKey] as Json
    if (isSchema(input)) return undefined
    if (typeof input === 'string') return [{ name: value[nameKey] as string, rawInput: input }]
    return [{ name: value[nameKey] as string, input: input ?? {} }]
  }
  const [only, ...others] = keys
  if (only === undefined || others.length > 0 || !isJsonObject(value[only]) || !find(only)) return undefined
  return isSchema(value[only]) ? undefined : [{ name: only, input: value[only] }]
}

function onlyBeside(keys: readonly string[], known: readonly string[]): boolean {
  return keys.every((key) => known.includes(key) || OTHER_KEYS.has(key))
}

/** A tool's definition has the form of a call: `{ name, parameters: { type: 'object', properties } }`. */
function isSchema(input: Json | undefined): boolean {
  return isJsonObject(input) && input.type === 'object' && isJsonObject(input.properties)
}
