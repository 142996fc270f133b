import { argumentSchema } from '../tool.ts'
import type { Dialect, TextCall } from './text-call.ts'

/** `<function=name><parameter=key>…`, `<invoke name="…"><parameter name="key">…`. */
const OPEN = /<(function|invoke)(?:\s*=\s*|\s+name\s*=\s*)["']?([^\s"'<>]+)["']?\s*>(?!\s*\{)/g
const PARAMETER = /<(parameter|param|arg)(?:\s*=\s*|\s+name\s*=\s*)["']?([^\s"'<>]+)["']?(?:\s[^<>]*)?>/g

export const xmlParameters: Dialect = {
  name: 'xml-parameters',
  read(text) {
    const calls: TextCall[] = []
    for (const [whole, tag = '', name = '', at] of matches(text, OPEN)) {
      const start = at + whole.length
      const end = text.indexOf(`</${tag}>`, start)
      // Without its end, nobody knows whether more arguments were to come.
      if (end < 0) return 'broken'
      const texts = parametersIn(text.slice(start, end), PARAMETER)
      if (!texts) return 'broken'
      calls.push({ name, texts })
    }
    return calls.length > 0 ? calls : undefined
  },
}

/** `<tool_call>name <arg_key>…</arg_key><arg_value>…</arg_value></tool_call>`. */
export const argumentPairs: Dialect = {
  name: 'argument-pairs',
  read(text) {
    const calls: TextCall[] = []
    for (const [, name = '', body = ''] of text.matchAll(
      /<tool_call>\s*([^\s<>{[]+)\s*((?:<arg_key>[\s\S]*?)?)<\/tool_call>/g,
    )) {
      const texts = new Map<string, string>()
      let rest = body.trim()
      while (rest !== '') {
        const pair = /^<arg_key>([^<]+)<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>\s*/.exec(rest)
        const key = pair?.[1]?.trim()
        if (!pair || key === undefined || texts.has(key)) return 'broken'
        texts.set(key, pair[2] ?? '')
        rest = rest.slice(pair[0].length)
      }
      calls.push({ name, texts })
    }
    if (calls.length > 0) return calls
    return /<arg_key>/.test(text) ? 'broken' : undefined
  },
}

/** `<get_weather><city>Paris</city></get_weather>`: an element of a tool's name whose children are its arguments. */
export const xmlElements: Dialect = {
  name: 'xml-elements',
  read(text, find) {
    const calls: TextCall[] = []
    let at = 0
    for (const match of text.matchAll(/<([\p{L}_][\p{L}\p{N}_.-]*)>/gu)) {
      if (match.index < at) continue
      const [tag, name = ''] = match
      const contract = find(name)
      if (!contract) continue
      const start = match.index + tag.length
      const end = text.indexOf(`</${name}>`, start)
      if (end < 0) return 'broken'
      const texts = childrenOf(
        text.slice(start, end),
        (child) => argumentSchema(contract, `/${child}`) !== undefined,
      )
      if (!texts) return undefined
      calls.push({ name, texts })
      at = end
    }
    return calls.length > 0 ? calls : undefined
  },
}

function* matches(text: string, pattern: RegExp): Iterable<[string, string, string, number]> {
  for (const match of text.matchAll(pattern)) yield [match[0], match[1] ?? '', match[2] ?? '', match.index]
}

/** Parameters one after the other, each closed, nothing but white space between. */
function parametersIn(body: string, opening: RegExp): Map<string, string> | undefined {
  const texts = new Map<string, string>()
  let rest = body.trim()
  while (rest !== '') {
    const open = new RegExp(opening.source).exec(rest)
    if (open?.index !== 0) return undefined
    const [whole, tag = '', key = ''] = open
    const close = rest.indexOf(`</${tag}>`)
    // A parameter inside a parameter: the first one was never closed.
    if (close < 0 || new RegExp(opening.source).test(rest.slice(whole.length, close)) || texts.has(key))
      return undefined
    texts.set(key, unframed(rest.slice(whole.length, close)))
    rest = rest.slice(close + tag.length + 3).trim()
  }
  return texts
}

function childrenOf(body: string, known: (name: string) => boolean): Map<string, string> | undefined {
  const texts = new Map<string, string>()
  let rest = body.trim()
  while (rest !== '') {
    const child = /^<([\p{L}_][\p{L}\p{N}_.-]*)>([\s\S]*?)<\/\1>\s*/u.exec(rest)
    const name = child?.[1]
    if (!child || name === undefined || !known(name) || texts.has(name)) return undefined
    texts.set(name, unframed(child[2] ?? ''))
    rest = rest.slice(child[0].length)
  }
  return texts
}

/** The line breaks next to the tags are layout; all else is the value, byte for byte. */
function unframed(text: string): string {
  return text.replace(/^\n/, '').replace(/\n[ \t]*$/, '')
}

export const xmlDialects: readonly Dialect[] = [argumentPairs, xmlParameters, xmlElements]
