import { isCommonWord, isNaming } from './common-words.ts'
import { isJsonObject, type Json } from './json.ts'

/** What stands for a text that the tool repeats from its arguments. */
export const ECHO = '<id>'

const MAX_TEXTS = 32
/** Whole texts are looked for up to this length, words inside texts up to this much of them all. */
const MAX_WHOLE = 4_000
export const MAX_READ = 4_000

/** The longest text of the arguments first: a tool that repeats them repeats what holds others, too. */
export function maskWholeTexts(message: string, texts: readonly string[]): string {
  let masked = message
  for (const text of texts) {
    if (text.length > masked.length || text.length < 3 || text.length > MAX_WHOLE) continue
    if (masked.includes(text) && !isPlainWord(text) && !STATUS_NAMES.has(text))
      masked = masked.replaceAll(text, ECHO)
  }
  return masked
}

/**
 * Words of the arguments that a message repeats: names with a digit, a dot, an underscore or capitals inside, wherever
 * they stand; plain words where the arguments are a command, a statement or one word, unless messages are made of them.
 */
export function maskWords(message: string, texts: readonly string[]): string {
  notePairs(message)
  let read = 0
  const words = new Set<string>()
  let names: Set<string> | undefined
  for (const text of texts) {
    if (read >= MAX_READ) break
    const part = text.slice(0, MAX_READ - read)
    read += part.length
    let prose: boolean | undefined
    eachName(part, (start, end) => {
      if (end - start < 2) return
      const written = part.slice(start, end)
      const word = asRepeated(written, message)
      if (word === undefined || words.has(word)) return
      if (isNameLike(written)) words.add(word)
      else if (isValueWord(word)) {
        prose ??= isProse(part)
        if (!prose) words.add(word)
      } else if (isNaming(written)) {
        prose ??= isProse(part)
        if (!prose) {
          names ??= new Set()
          names.add(word)
        }
      }
    })
  }
  let masked = message
  if (words.size > 0)
    for (const word of [...words].sort((a, b) => b.length - a.length)) masked = maskWord(masked, word)
  if (names) for (const name of names) masked = maskName(masked, name)
  return masked
}

/** A common word that stands where messages name what they speak of. */
function maskName(message: string, word: string): string {
  let out = ''
  let from = 0
  for (let at = message.indexOf(word); at >= 0; at = message.indexOf(word, at + word.length)) {
    const end = at + word.length
    if (!NAMED_BEHIND.test(message.slice(end, end + 12))) continue
    if (!NAMED_AHEAD.test(message.slice(Math.max(0, at - 16), at))) continue
    out += message.slice(from, at) + ECHO
    from = end
  }
  return out + message.slice(from)
}

/** After a colon, at the beginning, after the noun for what it is. */
const NAMED_AHEAD =
  /(?:^|\n|[\w>\])]: {0,2}|[( ]:|=|<id> |\b(?:at|named|called) |\b(?!(?:no|not|the|an?|such|any|each|this|that|of|to|from|in|on|for|by|with|invalid|unknown|missing|expired|unexpected|bad|undefined|unable|cannot|could|is|was|are|be|has|and|or|its|your|same|last|more|than|already) )[a-z-]{3,} )$/
const NAMED_BEHIND =
  /^(?:$|[\n,;)]|\.(?:\s|$|<|[a-z])|\s(?:@|--|—|\(|<id>|(?:already|is|was|does|do not|has|must|cannot|could|can't|not|because|exists|conflicts)\b))/

/** As the message repeats a word, if it does: databases fold what is not quoted to small letters. */
function asRepeated(word: string, message: string): string | undefined {
  if (message.includes(word)) return word
  const folded = word.toLowerCase()
  return folded !== word && message.includes(folded) ? folded : undefined
}

/** The texts among the arguments, longest first. */
export function textsOf(input: Json | undefined, rawInput?: string): string[] {
  const found: string[] = []
  collectTexts(input, 0, found)
  if (rawInput && !found.includes(rawInput)) found.push(rawInput)
  return found.length > 1 ? found.sort((a, b) => b.length - a.length) : found
}

function collectTexts(value: Json | undefined, depth: number, found: string[]): void {
  if (found.length >= MAX_TEXTS || depth > 6) return
  if (typeof value === 'string') {
    if (value.length > 1 && !found.includes(value)) found.push(value)
  } else if (Array.isArray(value)) {
    const elements = Math.min(value.length, 50)
    for (let index = 0; index < elements; index++) collectTexts(value[index], depth + 1, found)
  } else if (isJsonObject(value)) {
    let members = 0
    for (const name of Object.keys(value)) {
      if (members++ >= 50) break
      collectTexts(value[name], depth + 1, found)
    }
  }
}

/** Notes which letters follow which in a message: most words do not stand in it. */
function notePairs(message: string): void {
  latest = (latest + 1) & 0x7fffffff || 1
  for (let at = 1; at < message.length; at++) pairs[pairAt(message, at - 1)] = latest
}

/** By pair of letters (some share a number), the message that held it last: so that nothing need be wiped between two. */
const PAIRS = 4_096
const pairs = new Int32Array(PAIRS)
let latest = 0

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << 5) ^ text.charCodeAt(at + 1)) & (PAIRS - 1)
}

function mayHold(text: string, start: number): boolean {
  return pairs[pairAt(text, start)] === latest
}

/** The place after the word that begins at a place of a text, with the marks in it. */
export function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && roleAt(text, at) & (BEGINS | FOLLOWS)) at++
  return at
}

type Visit = (start: number, end: number) => void

/**
 * Visits each word of a text that a message may hold, then the parts of a URL or a path in it, then those that any mark
 * divides it into.
 */
function eachName(text: string, visit: Visit): void {
  for (let at = 0; at < text.length; ) {
    let found = roleAt(text, at)
    if (!(found & BEGINS)) {
      at++
      continue
    }
    const start = at
    const most = Math.min(text.length, start + 1 + MAX_INNER)
    for (at++; at < most; at++) {
      const role = roleAt(text, at)
      if (role === KNOWN) break
      found |= role
    }
    if (mayHold(text, start)) visit(start, at)
    if (found & DIVIDES_PATH) eachPart(text, start, at, DIVIDES_PATH, visit)
    if (found & DIVIDES && !isCompound(text, start, at)) eachPart(text, start, at, DIVIDES, visit)
  }
}

/** `delete-cluster` names one thing: its parts are words of the tool. */
function isCompound(text: string, start: number, end: number): boolean {
  let inner = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === DASH) inner ||= at > start && text.charCodeAt(at - 1) !== DASH
    else if (code < SMALL_A || code > SMALL_Z) return false
  }
  return inner
}

const DASH = 45
const SMALL_A = 97
const SMALL_Z = 122

function eachPart(text: string, start: number, end: number, dividers: number, visit: Visit): void {
  let from = start
  for (let at = start; at < end; at++) {
    if (!(roleAt(text, at) & dividers)) continue
    if (at > from && mayHold(text, from)) visit(from, at)
    from = at + 1
  }
  if (from > start && from < end && mayHold(text, from)) visit(from, end)
}

const MAX_INNER = 120

/** What a letter may do in a word, as bits: begin it, follow, divide it into parts. */
const BEGINS = 1
const FOLLOWS = 2
const DIVIDES = 4
const DIVIDES_PATH = 8
/** Alone: a letter of no word. */
const KNOWN = 16
/** By code unit, found out when it is first met. */
const roles = new Uint8Array(2 ** 16)

function roleAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (roles[code] === 0) roles[code] = KNOWN | roleOf(text[at] as string)
  return roles[code] as number
}

function roleOf(letter: string): number {
  const inWord = /[\p{L}\p{N}_$#@%+~-]/u.test(letter) ? BEGINS : /[./:=]/.test(letter) ? FOLLOWS : 0
  return inWord | ('./:=@~-'.includes(letter) ? DIVIDES : 0) | ('/:=@'.includes(letter) ? DIVIDES_PATH : 0)
}

/** What gRPC calls the ways to fail: they say what happened, whoever else says them. */
const STATUS_NAMES: ReadonlySet<string> = new Set(
  'CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(
    ' ',
  ),
)

function isPlainWord(text: string): boolean {
  return /^[a-z]+$/.test(text)
}

/** `orders.total`, `order_id`, `orderId`, `W-12`, `größe`: shapes that are names and no prose. Numbers have a mask. */
function isNameLike(word: string): boolean {
  if (!/\p{L}/u.test(word)) return false
  return (
    /[\p{N}_.$#@=]|\p{Ll}\p{Lu}|[^\x20-\x7e]/u.test(word) && !/[.:=-]$/.test(word) && !STATUS_NAMES.has(word)
  )
}

function isValueWord(word: string): boolean {
  if (/^[a-z]+(?:-[a-z]+)+$/.test(word)) return !word.split('-').every(isCommonWord)
  return word.length > 2 && /^[A-Za-z]?[a-z]+$/.test(word) && !isCommonWord(word)
}

/** Many plain words in a row are a text for people: its words are as likely words of the message. */
function isProse(text: string): boolean {
  return !/[=;|(){}<>$*/\\'"`]/.test(text) && /^(?:\S+\s+){5}/.test(text) && !/\b[A-Z]{2,}\b/.test(text)
}

/** Not inside another word; and not in front of a colon at the beginning of a line, where a program says who speaks. */
function maskWord(message: string, word: string): string {
  let out = ''
  let from = 0
  for (let at = message.indexOf(word); at >= 0; at = message.indexOf(word, at + word.length)) {
    const before = at === 0 ? '\n' : (message[at - 1] as string)
    const after = message[at + word.length] ?? '\n'
    const speaks = before === '\n' && /[:：]/.test(after)
    if (speaks || INSIDE.test(before) || INSIDE.test(after)) continue
    out += message.slice(from, at) + ECHO
    from = at + word.length
  }
  return out + message.slice(from)
}

/** In a longer word, or in a mask. */
const INSIDE = /[\p{L}\p{N}_<>-]/u
