import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { readLeniently } from '../lenient-json.ts'
import { allowedTypes } from '../schema.ts'
import { argumentSchema, type ToolContract } from '../tool.ts'
import { findTool } from '../tool-name.ts'
import { markedDialects } from './marked.ts'
import { react } from './react.ts'
import type { TextCall } from './text-call.ts'
import { unmarkedCalls } from './unmarked.ts'
import { xmlDialects } from './xml.ts'

/** A call read from text, of an advertised tool; its arguments are not held against the contract yet. */
export type RescuedCall = { contract: ToolContract; input?: Json; rawInput?: string }

/** Longest text in which calls are looked for, in characters. */
const MAX_TEXT = 65_536

/**
 * The calls that a model wrote as text instead of emitting them, in their order: marked dialects first (tags and tokens
 * of the model families, XML, ReAct), then whole texts and fenced blocks that are nothing but a call. `broken`: a call
 * was begun, but it was cut short or cannot be read whole, and then none is read. Undefined: the text holds no call, or
 * merely talks about one. Only advertised tools, named as they are or in another spelling of the same name.
 */
export function readTextCalls(
  text: string,
  contracts: readonly ToolContract[],
): readonly RescuedCall[] | 'broken' | undefined {
  if (text.length > MAX_TEXT) return undefined
  const own = withoutThoughts(text)
  if (own === undefined || own === '') return undefined
  const find = (name: string) => findTool(name, contracts)
  if (MARKS.test(own) && !isQuoted(own)) {
    for (const dialect of [...xmlDialects.slice(0, 2), ...markedDialects, ...xmlDialects.slice(2)]) {
      const found = dialect.read(own, find)
      if (found !== undefined) return found === 'broken' ? found : resolved(found, find)
    }
  }
  const acted = react.read(own, find)
  if (acted !== undefined) return acted === 'broken' ? acted : resolved(acted, find)
  const unmarked = unmarkedCalls(own, find)
  return unmarked && resolved(unmarked, find)
}

const MARKS = /<[\p{L}_|｜]|\[TOOL_CALLS\]|functools\[|^>>>/mu

/** A mark in inline code is talk about marks. */
function isQuoted(text: string): boolean {
  return /(?<!`)`(?!``)[^`\n]*(?:<[\p{L}|｜]|\[TOOL_CALLS\])/u.test(text)
}

/** The text without the model's thoughts; undefined where they never end. */
function withoutThoughts(text: string): string | undefined {
  const rest = text
    .replace(/^\s*(?:[\s\S]*?<\/think(?:ing)?>)(?![\s\S]*<\/think)/i, '')
    .replace(/<(think|thinking)>[\s\S]*?<\/\1>/gi, '')
  return /<(?:think|thinking)>/i.test(rest) ? undefined : rest.trim()
}

function resolved(
  calls: readonly TextCall[],
  find: (name: string) => ToolContract | undefined,
): RescuedCall[] | 'broken' {
  const found = calls.map((call): RescuedCall | undefined => {
    const contract = find(call.name)
    if (!contract) return undefined
    if (call.input !== undefined) return { contract, input: call.input }
    if (call.rawInput !== undefined) return fromText(contract, call.rawInput)
    const input = call.texts ? typed(call.texts, contract) : bound(call, contract)
    return input && { contract, input }
  })
  return found.every((call) => call !== undefined) ? found : 'broken'
}

function fromText(contract: ToolContract, rawInput: string): RescuedCall {
  const input = readLeniently(rawInput)
  return isJsonObject(input) ? { contract, input } : { contract, rawInput }
}

/** Texts between tags, as the contract wants them: a text where one is allowed, else the JSON value it states. */
function typed(texts: ReadonlyMap<string, string>, contract: ToolContract): JsonObject {
  const members = [...texts].map(([name, text]): [string, Json] => {
    const types = allowedTypes(argumentSchema(contract, `/${name}`), contract.inputSchema)
    if (types.length === 0 || types.includes('string')) return [name, text]
    return [name, readLeniently(text) ?? text]
  })
  return Object.fromEntries(members)
}

/** Names and descriptions of arguments that take the source text of a function. */
const FUNCTION = /lambda|function|formula|expression/i

/** Arguments of a call expression by name. One without a name is only read where the tool has but one argument. */
function bound(
  { positional = [], named = new Map() }: TextCall,
  contract: ToolContract,
): JsonObject | undefined {
  const input: JsonObject = {}
  const [only, ...others] = positional
  if (only !== undefined) {
    const properties = contract.inputSchema?.properties
    const names = isJsonObject(properties) ? Object.keys(properties) : []
    if (others.length > 0 || named.size > 0) return undefined
    // `tool({ … })`: the arguments themselves.
    if (isJsonObject(only) && Object.keys(only).every((name) => names.includes(name))) return only
    if (names.length !== 1) return undefined
    input[names[0] as string] = only
  }
  for (const [name, argument] of named) {
    if ('value' in argument) input[name] = argument.value
    else if ('source' in argument) {
      const schema = argumentSchema(contract, `/${name}`)
      if (
        !schema ||
        !['string', 'any', undefined].includes(schema.type as string) ||
        !FUNCTION.test(`${name} ${String(schema.description)}`)
      )
        return undefined
      input[name] = argument.source
    } else {
      // `unit=celsius` is what the contract lists; `city=city` is a variable.
      const listed = argumentSchema(contract, `/${name}`)?.enum
      if (!Array.isArray(listed) || !listed.includes(argument.word)) return undefined
      input[name] = argument.word
    }
  }
  return input
}
