import { isJsonObject, type Json } from './json.ts'
import { readLiteral } from './literal.ts'

/** At most so many brackets of a message are tried as the beginning of a value. */
const MAX_VALUES = 24
const SAYING =
  /^(?:message|msg|error|error_?message|error_?description|detail|details|reason|title|description)$/i

/** How a JSON object or list begins: whatever begins otherwise need not be parsed to see that it is none. */
const VALUE = /\{\s*["}]|\[[\s[]*(?:["\d\]-]|\{\s*["}]|true\b|false\b|null\b)/y
/** How Python writes an object, a list of objects, or a list of texts that the whole message is. */
const PYTHON = /[[\s]*\{\s*(?:["']|\d+\s*:)|(?<=^\s*)\[\s*["']/y

/** Values in a text, as JSON or Python writes them, become the messages they hold, or `<json>`; indices and prose in brackets stay. */
export function withoutValues(text: string): string {
  let out = ''
  let from = 0
  let tried = 0
  const opening = /[[{]/g
  for (let match = opening.exec(text); match && tried < MAX_VALUES; match = opening.exec(text)) {
    const { index } = match
    if (index > 0 && /[\p{L}\p{N}_]/u.test(text[index - 1] as string)) continue
    tried++
    const isJson = beginsAt(VALUE, text, index)
    if (!isJson && !beginsAt(PYTHON, text, index)) continue
    const end = endOfValue(text, index)
    if (end < 0) continue
    const written = text.slice(index, end)
    const value =
      (isJson ? parsed(written) : undefined) ??
      (beginsAt(PYTHON, text, index) ? pythonValue(written) : undefined)
    if (value === undefined || isNumbers(value)) continue
    const said = new Set(sayingsOf(value, 0))
    // A whole message of nothing but sentences in lists says what is wrong with each field.
    if (said.size === 0 && BEGINS.test(text.slice(0, index)) && ENDS.test(text.slice(end)))
      for (const one of sentencesIn(value) ?? []) said.add(one)
    // Lists of texts as Python writes them are lists of names.
    if (said.size === 0 && !isJson && Array.isArray(value)) continue
    out += `${text.slice(from, index)}${[...said].join('; ') || '<json>'}`
    from = end
    opening.lastIndex = end
  }
  return out + text.slice(from)
}

function beginsAt(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index
  return pattern.test(text)
}

const isNumbers = (value: Json) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')

/** All but a head: `ValidationError: `, `Invalid: `. */
const BEGINS = /(?:^|(?:errors?|exception|failed|invalid)[:.]?)\s*$/i
const ENDS = /^[\s.)\]"'}]*$/

/** The place after the bracket that closes the one at `start`, or -1. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  let quote: string | undefined
  for (let at = start; at < text.length; at++) {
    const letter = text[at] as string
    if (quote !== undefined) {
      if (letter === '\\') at++
      else if (letter === quote) quote = undefined
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') {
      if (--depth === 0) return at + 1
    }
  }
  return -1
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Longest value as Python writes it that is read, in characters. */
const MAX_PYTHON = 4_000
/** A text, or the number of an element as a key. */
const TEXT_OR_NUMBERED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|([{,]\s*)(\d+)(?=\s*:)/gs

function pythonValue(text: string): Json | undefined {
  if (text.length > MAX_PYTHON) return undefined
  const named = text.replace(TEXT_OR_NUMBERED, (whole, before?: string, number?: string) =>
    number === undefined ? whole : `${before}"${number}"`,
  )
  try {
    return readLiteral(named)
  } catch {
    // Nested deeper than the reader goes.
    return undefined
  }
}

/** Under these names services list what is wrong, by field or one after the other. */
const LISTING = /^(?:errors?|messages?|error_?messages|details|problems|violations|issues)$/i

function sayingsOf(value: Json, depth: number, listed = false): string[] {
  if (depth > 4) return []
  if (typeof value === 'string') return listed && /\S\s+\S/.test(value) ? [value] : []
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((item) => sayingsOf(item, depth + 1, listed))
  if (!isJsonObject(value)) return []
  const members = Object.entries(value)
  const says = members.some(([key, member]) => typeof member === 'string' && SAYING.test(key))
  return members.flatMap(([key, member]) => {
    if (typeof member === 'string' && SAYING.test(key)) return member.trim() === '' ? [] : [member]
    // Beside a message stand values that it speaks of.
    return sayingsOf(member, depth + 1, LISTING.test(key) || (listed && !says))
  })
}

/** The sentences of `{"size": ["is too long"], "tags": {"0": ["is no text"]}}`; undefined where it holds anything else. */
function sentencesIn(value: Json): string[] | undefined {
  const found: string[] = []
  return collectSentences(value, 0, false, found) && found.length > 0 ? found : undefined
}

function collectSentences(value: Json, depth: number, inList: boolean, found: string[]): boolean {
  if (depth > 6 || found.length > 20) return false
  if (typeof value === 'string') {
    found.push(value)
    return inList && /\S\s+\S/.test(value)
  }
  if (Array.isArray(value)) return value.every((one) => collectSentences(one, depth + 1, true, found))
  return (
    isJsonObject(value) && Object.values(value).every((one) => collectSentences(one, depth + 1, false, found))
  )
}
