import { isJsonObject, type Json } from './json.ts'

/**
 * JSON text as a reader sees it, before any syntax is enforced: brackets, texts (quoted in any style, unescaped) and
 * bare words (numbers, `true`, unquoted names). Commas, colons and white space are not kept.
 */
export type JsonToken = { type: 'bracket' | 'text' | 'bare'; text: string }

export type JsonScan = {
  tokens: JsonToken[]
  /** `truncated`: a text or a bracket is left open at the end. `mismatched`: a bracket closes what it did not open. */
  form: 'balanced' | 'truncated' | 'mismatched'
}

const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’', '`': '`' }
const PARTNERS: Readonly<Record<string, string>> = { '}': '{', ']': '[' }
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '"', "'": "'", '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
}

/** Reads text as the tokens of a JSON document; never throws. */
export function scanJsonText(text: string): JsonScan {
  const tokens: JsonToken[] = []
  const open: string[] = []
  let form: JsonScan['form'] = 'balanced'
  let at = 0
  while (at < text.length) {
    const char = text[at] as string
    if (/[\s,:]/.test(char)) at++
    else if (char === '\\' && /[nrt]/.test(text[at + 1] ?? '')) at += 2
    else if (char === '\\' && text[at + 1] === '"') {
      // A text whose quotes were escaped once too often: `[\"a\"]`. With escapes inside it has two readings.
      const quoted = /^\\"([^"\\]*)\\"/.exec(text.slice(at))
      if (!quoted) return { tokens, form: 'mismatched' }
      tokens.push({ type: 'text', text: quoted[1] as string })
      at += quoted[0].length
    } else if (char === '{' || char === '[') {
      open.push(char)
      tokens.push({ type: 'bracket', text: char })
      at++
    } else if (char === '}' || char === ']') {
      if (open.pop() !== PARTNERS[char]) form = 'mismatched'
      tokens.push({ type: 'bracket', text: char })
      at++
    } else if (CLOSERS[char] !== undefined) {
      const quoted = scanQuoted(text, at, CLOSERS[char])
      tokens.push({ type: 'text', text: quoted.text })
      if (!quoted.closed) return { tokens, form: 'truncated' }
      at = quoted.end
    } else {
      const bare = /^[^\s,:{}[\]"'“‘`]+/.exec(text.slice(at, at + MAX_BARE))?.[0] ?? char
      tokens.push({ type: 'bare', text: bare })
      at += bare.length
    }
  }
  if (form === 'balanced' && open.length > 0) form = 'truncated'
  return { tokens, form }
}

const MAX_BARE = 4096

function scanQuoted(
  text: string,
  start: number,
  closer: string,
): { text: string; end: number; closed: boolean } {
  let content = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string
    if (char === closer) return { text: content, end: at + 1, closed: true }
    if (char !== '\\') {
      content += char
      continue
    }
    const escaped = text[at + 1] ?? ''
    const hex = escaped === 'u' ? /^[0-9a-f]{4}/i.exec(text.slice(at + 2, at + 6))?.[0] : undefined
    if (hex !== undefined) {
      content += String.fromCharCode(Number.parseInt(hex, 16))
      at += 5
    } else if (ESCAPES[escaped] !== undefined) {
      content += ESCAPES[escaped]
      at++
    } else content += char // Not an escape of JSON: the backslash is content.
  }
  return { text: content, end: text.length, closed: false }
}

const BARE_VALUES: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...([
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const),
  ...([
    ['True', true],
    ['False', false],
    ['None', null],
  ] as const),
])

/**
 * Whether a value says exactly what a text says: the same brackets, texts, numbers and literals in the same order.
 * The proof that a tolerant parser neither dropped, invented, split nor merged anything, and that nothing was rounded.
 */
export function saysTheSame(tokens: readonly JsonToken[], value: Json): boolean {
  let next = 0
  const take = (type: JsonToken['type'], text: string) => {
    const token = tokens[next++]
    return token?.type === type && token.text === text
  }
  const takeText = (text: string) => {
    const token = tokens[next++]
    return token !== undefined && token.type !== 'bracket' && token.text === text
  }
  const matches = (part: Json): boolean => {
    if (Array.isArray(part)) return take('bracket', '[') && part.every(matches) && take('bracket', ']')
    if (isJsonObject(part)) {
      if (!take('bracket', '{')) return false
      return (
        Object.entries(part).every(([name, member]) => takeText(name) && matches(member)) &&
        take('bracket', '}')
      )
    }
    if (typeof part === 'string') return takeText(part)
    const token = tokens[next++]
    if (token?.type !== 'bare') return false
    if (typeof part === 'number') return isExactNumber(token.text, part)
    return BARE_VALUES.has(token.text) && BARE_VALUES.get(token.text) === part
  }
  return matches(value) && next === tokens.length
}

/** A number written in text is this number, digit for digit up to trailing zeros: nothing was rounded. */
export function isExactNumber(text: string, value: number): boolean {
  if (!Number.isFinite(value) || Number(text) !== value || Object.is(value, -0)) return false
  if (Number.isInteger(value)) return Number.isSafeInteger(value)
  const digits = text.replace(/e.*$/i, '').replace(/\D/g, '')
  return digits.replace(/^0+|0+$/g, '').length <= 15
}

/** The value of valid JSON text, where parsing loses nothing (no duplicate names, no rounded numbers). */
export function parseExactly(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return saysTheSame(scanJsonText(text).tokens, value) ? value : undefined
  } catch {
    return undefined
  }
}
