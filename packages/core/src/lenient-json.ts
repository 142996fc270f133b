import { jsonrepair } from 'jsonrepair'
import type { Json } from './json.ts'
import { saysTheSame, scanJsonText } from './json-text.ts'

/** Longest text that is repaired, in characters. */
export const MAX_JSON_TEXT = 65_536

/**
 * The value that JSON text states, valid or almost (trailing commas, single quotes, bare names, Python's literals, raw
 * line breaks); undefined where reading it would complete, drop, invent or guess anything.
 */
export function readLeniently(text: string): Json | undefined {
  const trimmed = text.trim()
  if (trimmed.length > MAX_JSON_TEXT) return undefined
  const { tokens, form } = scanJsonText(trimmed)
  if (form !== 'balanced') return undefined
  try {
    const value = JSON.parse(trimmed) as Json
    return saysTheSame(tokens, value) ? value : undefined
  } catch {
    return repaired(trimmed, tokens)
  }
}

function repaired(text: string, tokens: ReturnType<typeof scanJsonText>['tokens']): Json | undefined {
  try {
    const value = JSON.parse(jsonrepair(text)) as Json
    return saysTheSame(tokens, value) ? value : undefined
  } catch {
    return undefined
  }
}

const PARTNERS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/**
 * Where the bracket that opens at a place is closed: the index after its partner, brackets in quoted texts not counted.
 * Undefined where it never is, or where another bracket is closed first.
 */
export function bracketEnd(text: string, start: number): number | undefined {
  const open: string[] = []
  for (let at = start; at < text.length; at++) {
    const char = text[at] as string
    if (char === '"' || char === "'") {
      const end = quoteEnd(text, at)
      if (end === undefined) return undefined
      at = end - 1
    } else if (PARTNERS[char] !== undefined) open.push(PARTNERS[char])
    else if (char === '}' || char === ']' || char === ')') {
      if (open.pop() !== char) return undefined
      if (open.length === 0) return at + 1
    }
  }
  return undefined
}

/** The index after the quote that closes the one at a place. */
export function quoteEnd(text: string, start: number): number | undefined {
  const quote = text[start]
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return at + 1
  }
  return undefined
}
