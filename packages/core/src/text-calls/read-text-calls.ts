import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { readLeniently } from '../lenient-json.ts'
import { allowedTypes } from '../schema.ts'
import { argumentSchema, type ToolContract } from '../tool.ts'
import { findTool } from '../tool-name.ts'
import { markedDialects } from './marked.ts'
import { announces, isTalk, onlyFence } from './prose.ts'
import { react } from './react.ts'
import type { TextCall } from './text-call.ts'
import { unmarkedCalls } from './unmarked.ts'
import { xmlDialects } from './xml.ts'

/** A call read from text, of an advertised tool; its arguments are not held against the contract yet. */
export type RescuedCall = { contract: ToolContract; input?: Json; rawInput?: string }

/** What every dialect needs somewhere: most answers have none of it, and are passed by at once. */
const MAY_BE_CALL = /[<[{`(]|>>>|\bact(?:ion)?\b/i

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
  if (text.length > MAX_TEXT || !MAY_BE_CALL.test(text)) return undefined
  const own = withoutThoughts(text)
  if (own === undefined || own === '') return undefined
  const find = (name: string) => findTool(name, contracts)
  const marked = MARKS.test(own) ? markedPart(own) : undefined
  if (marked !== undefined) {
    for (const dialect of [...xmlDialects.slice(0, 2), ...markedDialects, ...xmlDialects.slice(2)]) {
      const found = dialect.read(marked, find)
      if (found !== undefined) return found === 'broken' ? found : resolved(found, find)
    }
  }
  const acted = react.read(own, find)
  if (acted !== undefined) return acted === 'broken' ? acted : resolved(acted, find)
  const unmarked = unmarkedCalls(own, find)
  return unmarked && resolved(unmarked, find)
}

const MARKS = /<[\p{L}_|｜]|\[TOOL_CALLS\]|functools\[|^>>>/mu

/**
 * The part of a text in which marks mean calls: the whole of it, or its one fenced block that is announced as a call.
 * Undefined where they are talked about: in inline code, in an example, inside a sentence.
 */
function markedPart(text: string): string | undefined {
  if (/(?<!`)`(?!``)[^`\n]*(?:<[\p{L}|｜]|\[TOOL_CALLS\])/u.test(text)) return undefined
  const outside = text.replace(/```[\s\S]*?```/g, '')
  if (MARKS.test(outside) || outside.trim() === '') return isSpoken(text) ? undefined : text
  const fence = onlyFence(text)
  return fence && announces(fence) ? fence.body : undefined
}

/** Whether the line that leads to the first mark, or what follows the last one, speaks of calls rather than making one. */
function isSpoken(text: string): boolean {
  const before = text.slice(0, text.search(MARKS)).replace(/```\w*\s*$/, '')
  const written = before.trimEnd()
  const lead = written.split('\n').at(-1)?.trim() ?? ''
  const end = Math.max(...[...'>}])`'].map((closer) => text.lastIndexOf(closer)))
  const after = text.slice(end + 1).trim()
  const isLineEnd = before.includes('\n', written.length) || /[:.!…]$/.test(written)
  const inSentence = lead !== '' && !isLineEnd
  if (inSentence || isTalk(lead)) return true
  // What goes on with a bracket or a quote is a call cut short.
  if (after === '' || /^[{[("']/.test(after)) return false
  return isTalk(after) || !/^[<\p{Lu}\d*_-]/u.test(after)
}

/** The text without the model's thoughts; undefined where they never end. */
function withoutThoughts(text: string): string | undefined {
  const rest = text
    .trimStart()
    .replace(/^(?:[\s\S]*?<\/think(?:ing)?>)(?![\s\S]*<\/think)/i, '')
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

/**
 * Texts between tags, as the contract wants them: a text where one is allowed, else the JSON value it states. Undefined
 * where `null` may be either: no tag says whether the word is meant.
 */
function typed(texts: ReadonlyMap<string, string>, contract: ToolContract): JsonObject | undefined {
  const input: JsonObject = {}
  for (const [name, text] of texts) {
    const schema = argumentSchema(contract, `/${name}`)
    const types = allowedTypes(schema, contract.inputSchema)
    const isText = types.length === 0 || types.includes('string')
    if (isText && schema?.enum === undefined && /^(?:null|None)$/.test(text)) return undefined
    input[name] = isText ? text : (readLeniently(text) ?? text)
  }
  return input
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
