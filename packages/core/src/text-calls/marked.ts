import { isJsonObject, type Json } from '../json.ts'
import { bracketEnd, readLeniently } from '../lenient-json.ts'
import { readCallExpressions } from '../literal.ts'
import { callsIn } from './call-object.ts'
import type { Dialect, FindTool, Found, TextCall } from './text-call.ts'

/** `<tool_call>…</tool_call>` and its kin, with JSON or a call expression inside; the last one may be left open. */
const TAGS =
  /<(tool_calls?|function_calls?|functioncall|tool-call|toolcall|tool_code|tool_use|tool|function)>|<\|(tool_calls?|function_call|action_start\|><\|plugin)\|>/g

export const taggedJson: Dialect = {
  name: 'tagged-json',
  read(text, find) {
    const calls: TextCall[] = []
    let at = 0
    for (const match of text.matchAll(TAGS)) {
      if (match.index < at) continue
      const start = match.index + match[0].length
      const read = payloadAt(text, start, find)
      // `<tool>` and the like also stand in prose and in other dialects: only a payload makes them marks.
      if (read === undefined) continue
      if (read === 'broken') return 'broken'
      calls.push(...read.calls)
      at = read.end
    }
    return calls.length > 0 ? calls : undefined
  },
}

type Payload = { calls: readonly TextCall[]; end: number }

/** The calls that begin at a place, in JSON (perhaps fenced) or as call expressions, up to the next tag or the end. */
function payloadAt(text: string, start: number, find: FindTool): Payload | 'broken' | undefined {
  const body = text.slice(start)
  const lead = /^\s*(?:```\w*\s*)?/.exec(body)?.[0].length ?? 0
  const first = body[lead]
  if (first === '{' || (first === '[' && /^\[\s*[{[]/.test(body.slice(lead)))) {
    const end = bracketEnd(body, lead)
    const value = end === undefined ? undefined : readLeniently(body.slice(lead, end))
    const calls = value === undefined ? undefined : callsIn(value, find, true)
    if (end === undefined || !calls) return 'broken'
    // Several objects one after the other between two tags.
    const more = payloadAt(text, start + end, find)
    if (more === 'broken') return 'broken'
    return { calls: [...calls, ...(more?.calls ?? [])], end: more?.end ?? start + end }
  }
  const upToTag = /^[^<]*/.exec(body.slice(lead))?.[0] ?? ''
  const expressions = /^\[?\s*[\p{L}_]/u.test(upToTag) ? readCallExpressions(upToTag) : undefined
  if (!expressions?.every(({ name }) => find(name))) return undefined
  return { calls: expressions, end: start + lead + upToTag.length }
}

/** A mark, the name of a tool, perhaps a second mark, and JSON arguments. */
function namedJson(name: string, pattern: RegExp): Dialect {
  return {
    name,
    read(text) {
      const calls: TextCall[] = []
      for (const match of text.matchAll(pattern)) {
        const start = match.index + match[0].length
        const end = text[start] === '{' ? bracketEnd(text, start) : undefined
        const input = end === undefined ? undefined : readLeniently(text.slice(start, end))
        if (!isJsonObject(input)) return 'broken'
        calls.push({ name: (match.groups?.name ?? '').trim(), input })
      }
      return calls.length > 0 ? calls : undefined
    },
  }
}

/** A mark, then JSON calls or call expressions up to the end of the text or the next mark. */
function markedList(name: string, mark: RegExp): Dialect {
  return {
    name,
    read(text, find): Found {
      const [, ...parts] = text.split(mark)
      const calls: TextCall[] = []
      for (const part of parts) {
        const body = part.replace(/<\|[\w ]+\|>\s*$|<\/s>\s*$/g, '').trim()
        if (body === '') continue
        const found = listed(body, find)
        if (!found) return 'broken'
        calls.push(...found)
      }
      return calls.length > 0 ? calls : undefined
    },
  }
}

function listed(body: string, find: FindTool): readonly TextCall[] | undefined {
  if (/^(?:\{|\[\s*[{[])/.test(body)) {
    const calls: TextCall[] = []
    let rest = body
    while (rest !== '') {
      const end = bracketEnd(rest, 0)
      const value: Json | undefined = end === undefined ? undefined : readLeniently(rest.slice(0, end))
      const found = value === undefined ? undefined : callsIn(value, find, true)
      if (end === undefined || !found) return undefined
      calls.push(...found)
      rest = rest.slice(end).replace(/^[\s;,]+/, '')
      // Prose may follow the calls.
      if (!/^[{[]/.test(rest)) break
    }
    return calls
  }
  return readCallExpressions(body)
}

const NAME = '(?<name>[\\p{L}_][\\p{L}\\p{N}_.:/-]*?)'

/** Dialects that begin a call with a mark of their own; such a mark in prose is rare, and a call without it another's. */
export const markedDialects: readonly Dialect[] = [
  // DeepSeek V3.1 and V3.
  namedJson('deepseek', new RegExp(`<｜tool▁call▁begin｜>${NAME}<｜tool▁sep｜>\\s*(?=\\{)`, 'gu')),
  namedJson(
    'deepseek-fenced',
    new RegExp(`<｜tool▁call▁begin｜>\\w+<｜tool▁sep｜>${NAME}\\s*\`\`\`(?:json)?\\s*`, 'gu'),
  ),
  namedJson(
    'kimi',
    new RegExp(`<\\|tool_call_begin\\|>\\s*${NAME}(?::\\d+)?\\s*<\\|tool_call_argument_begin\\|>\\s*`, 'gu'),
  ),
  namedJson(
    'harmony',
    new RegExp(
      `(?:<\\|channel\\|>|<\\|start\\|>)[^<{]*?to=${NAME}(?:[\\s<][^{]*?)?<\\|message\\|>\\s*`,
      'gu',
    ),
  ),
  // `<function=name>{…}</function>` (Llama 3.1) and `>>>name` (Functionary).
  namedJson('function-tag-json', new RegExp(`<function=["']?${NAME}["']?>\\s*(?=\\{)`, 'gu')),
  namedJson('functionary', new RegExp(`^>>>${NAME}\\s*\\n\\s*(?=\\{)`, 'gmu')),
  // Mistral's newer form: `[TOOL_CALLS]name[ARGS]{…}`.
  namedJson('mistral-named', new RegExp(`\\[TOOL_CALLS\\]\\s*${NAME}\\s*(?:\\[ARGS\\])?\\s*(?=\\{)`, 'gu')),
  markedList('mistral', /\[TOOL_CALLS\](?!\s*[\p{L}_])/u),
  markedList('python-tag', /<\|python_tag\|>/),
  markedList('functools', /(?<![\w.])functools(?=\[)/),
  taggedJson,
]
