import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts'
import { quantityOf } from '../quantity.ts'

/**
 * How likely one call's arguments are an edit of another's with the same intent, in [0, 1]: 1 for equal ones. What
 * stands in both counts by how much it says (a long text more than a flag). Names and numbers that are merely of the
 * same kind (`#W2378156`, `#W2378157`) speak of another thing and count next to nothing.
 */
export function similarity(a: Json, b: Json): number {
  return compare(a, b, 0)
}

/** Two values that say exactly the same are another representation of each other at least this much. */
export const SAME_MEANING = 0.9

function compare(a: Json, b: Json, depth: number): number {
  if (a === b) return 1
  if (depth > 8) return canonicalJson(a) === canonicalJson(b) ? 1 : 0
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, depth)
  if (isJsonObject(a) && isJsonObject(b)) return compareObjects(a, b, depth)
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (Array.isArray(a) || Array.isArray(b)) return compareWrapped(a, b, depth)
  if (isJsonObject(a) || isJsonObject(b)) return compareStringified(a, b, depth)
  if (a === null || b === null) return 0.4
  if (typeof a === 'boolean' && typeof b === 'boolean') return 0.3
  if (typeof a === 'number' && typeof b === 'number') return 0.2
  if (spelled(a) === spelled(b)) return 0.95
  return countOf(a) === countOf(b) ? SAME_MEANING : 0.1
}

/** 20 of `$20`. */
function countOf(value: Json): Json {
  return quantityOf(value)?.value ?? value
}

/** `1,234.50` */
const GROUPED = /^-?\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,15})?$/

function spelled(value: Json): string {
  const said = String(value).trim().toLowerCase()
  const text = GROUPED.test(said) ? said.replaceAll(',', '') : said
  return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text
}

function compareObjects(a: JsonObject, b: JsonObject, depth: number): number {
  let total = 0
  let weights = 0
  const add = (weight: number, score: number) => {
    total += weight * score
    weights += weight
  }
  const removed: string[] = []
  for (const key of Object.keys(a)) {
    if (!Object.hasOwn(b, key)) removed.push(key)
    else add(Math.max(weightOf(a[key]), weightOf(b[key])), compare(a[key] as Json, b[key] as Json, depth + 1))
  }
  const added = Object.keys(b).filter((key) => !Object.hasOwn(a, key))
  for (const key of removed) {
    const renamed = added.findIndex(
      (name) => compare(a[key] as Json, b[name] as Json, depth + 1) >= SAME_MEANING,
    )
    if (renamed < 0) add(weightOf(a[key]) / 3, 0)
    else {
      add(weightOf(a[key]), SAME_MEANING)
      added.splice(renamed, 1)
    }
  }
  for (const key of added) add(weightOf(b[key]) / 3, 0)
  // A call with no arguments at all says nothing about its intent; the tool alone does.
  if (Object.keys(a).length === 0) return weights === 0 ? 1 : 0.55
  return weights === 0 ? 1 : total / weights
}

/** How much a value says: bits of its length, roughly; 1 for a flag, 8 for 250 characters. */
function weightOf(value: Json | undefined): number {
  if (value === undefined || value === null || typeof value === 'boolean') return 1
  if (typeof value === 'number') return 2
  if (typeof value === 'string') return 1 + Math.min(8, Math.log2(1 + value.length))
  const members: Json[] = Array.isArray(value) ? value : Object.values(value)
  return (
    1 +
    Math.min(
      12,
      members.slice(0, 20).reduce<number>((sum, member) => sum + weightOf(member) / 2, 0),
    )
  )
}

function compareArrays(a: readonly Json[], b: readonly Json[], depth: number): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0.4
  const length = Math.max(a.length, b.length)
  let aligned = 0
  for (let index = 0; index < Math.min(a.length, b.length, 50); index++)
    aligned += compare(a[index] as Json, b[index] as Json, depth + 1)
  const others = new Set(b.slice(0, 200).map(canonicalJson))
  const shared = a.slice(0, 200).filter((element) => others.has(canonicalJson(element))).length
  return Math.max(aligned, shared) / Math.min(length, 200)
}

function compareWrapped(a: Json, b: Json, depth: number): number {
  const [list, other] = Array.isArray(a) ? [a, b] : [b as Json[], a]
  if (list.length === 1) return 0.95 * compare(list[0] as Json, other, depth + 1)
  if (typeof other === 'string' && list.every((part) => typeof part === 'string') && isJoined(list, other))
    return 0.95
  return typeof other === 'string' ? compareStringified(list, other, depth) : 0
}

/** `['A', 'B']` and `A|B`: the parts in their order, and only marks between them. */
function isJoined(parts: readonly string[], text: string): boolean {
  if (text.length > MAX_TOKENIZED) return false
  const letters = plain(text)
  return letters !== '' && letters === plain(parts.join(' '))
}

function compareStringified(a: Json, b: Json, depth: number): number {
  const [text, other] = typeof a === 'string' ? [a, b] : [b, a]
  if (typeof text !== 'string' || !/^\s*[[{"]/.test(text)) return 0
  try {
    return 0.98 * compare(JSON.parse(text) as Json, other, depth + 1)
  } catch {
    return 0.9 * tokenOverlap(text, canonicalJson(other))
  }
}

/** Similarity of what could not be parsed with the arguments that later worked. */
export function rawSimilarity(raw: string, input: Json): number {
  return tokenOverlap(raw, canonicalJson(input))
}

export function compareTexts(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (isRespelled(short, long)) return 0.95
  if (sameDigitGroups(a, b)) return SAME_MEANING
  if (isAffixed(short, long)) return SAME_MEANING
  if (/\s/.test(a.trim()) || /\s/.test(b.trim())) return tokenOverlap(a, b)
  return compareNames(a, b)
}

/** Longer texts are prose, of which the words tell enough. */
const MAX_RESPELLED = 200

function isRespelled(short: string, long: string): boolean {
  if (long.length > MAX_RESPELLED || long.length > 2 * short.length + 8) return false
  const quick = sameLetters(short, long)
  if (quick !== undefined) return quick
  const text = plain(short)
  return text !== '' && text === plain(long)
}

/** Whether `plain` makes the same of two texts, and not nothing; undefined where letters outside ASCII decide. */
function sameLetters(a: string, b: string): boolean | undefined {
  let left = 0
  let right = 0
  for (let found = false; ; found = true) {
    while (LETTERS[a.charCodeAt(left)] === 0) left++
    while (LETTERS[b.charCodeAt(right)] === 0) right++
    if (left >= a.length && right >= b.length) return found
    const letter = left < a.length ? LETTERS[a.charCodeAt(left++)] : 0
    const other = right < b.length ? LETTERS[b.charCodeAt(right++)] : 0
    if (letter === undefined || other === undefined) return undefined
    if (letter !== other) return false
  }
}

/** Letters and digits of ASCII in lower case; 0 for the rest of it. */
const LETTERS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  return /[A-Za-z0-9]/.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0
})

/** Letters and digits only, in lower case. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

const MONTH_NAMES = /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/g
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** `May 13, 2024` and `2024-05-13`: the same numbers, in another order. */
function sameDigitGroups(a: string, b: string): boolean {
  if (a.length > 32 || b.length > 32 || !/\d/.test(a) || !/\d/.test(b)) return false
  const [left, right] = [a, b].map((text) => {
    const plain = text
      .toLowerCase()
      .replace(MONTH_NAMES, (_, name: string) => ` ${MONTHS.indexOf(name) / 3 + 1} `)
    const groups = plain
      .match(/\d+/g)
      ?.map(Number)
      .sort((x, y) => x - y)
    return /[a-z]{3}/.test(plain) || !groups || groups.length < 2 ? undefined : groups.join()
  })
  return left !== undefined && left === right
}

/** The long text is the short one with something put before or behind it, at a boundary. */
function isAffixed(short: string, long: string): boolean {
  if (short.length < 2 || long.length === short.length) return false
  const joint = long.endsWith(short) ? long[long.length - short.length - 1] : long[short.length]
  // A word more is another text, not another way to write it.
  return (long.endsWith(short) || long.startsWith(short)) && !/[\p{L}\p{N}\s]/u.test(joint as string)
}

/** Paths, ids, names: without the same last segment or a slip of the pen, they name different things. */
function compareNames(a: string, b: string): number {
  const last = (text: string) => text.split(/[/\\]/).filter(Boolean).at(-1) ?? ''
  if (/[/\\]/.test(a) && /[/\\]/.test(b) && last(a) === last(b)) return 0.85
  if (isSlip(a, b)) return 0.7
  return 0.3 * tokenOverlap(a.replace(/([a-z])([A-Z])/g, '$1 $2'), b.replace(/([a-z])([A-Z])/g, '$1 $2'))
}

/** One or two letters of a word differ; digits may not, as other digits are another thing. */
function isSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 2) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const differing = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const before = /\p{L}*$/u.exec(a.slice(0, start))?.[0].length ?? 0
  const after = /^\p{L}*/u.exec(a.slice(a.length - end))?.[0].length ?? 0
  return before + after >= 4 && differing.every((part) => part.length <= 2 && !/\d/.test(part))
}

const MAX_TOKENS = 300
const MAX_TOKENIZED = 2_000

/** Share of the words of both texts that they have in common (Dice, words counted as often as they stand). */
export function tokenOverlap(a: string, b: string): number {
  const left = tokensOf(a)
  const right = tokensOf(b)
  const total = left.length + right.length
  if (total === 0) return 0
  let shared = 0
  for (let at = 0, other = 0; at < left.length && other < right.length; ) {
    const difference = (left[at] as number) - (right[other] as number)
    if (difference === 0) shared++
    if (difference <= 0) at++
    if (difference >= 0) other++
  }
  return (2 * shared) / total
}

/** One text is compared with many others. */
const tokenCache = new Map<string, readonly number[]>()

/** The first words and signs of a text as hashes in order of size: two that collide are rare, and do no harm. */
function tokensOf(text: string): readonly number[] {
  const known = tokenCache.get(text)
  if (known) return known
  const head = text.slice(0, MAX_TOKENIZED).toLowerCase()
  const length = scanned(head)
  scratch.subarray(0, length).sort()
  // A list: a typed array of its own for each text has its bytes outside the heap, and costs more than the words.
  const made: number[] = []
  for (let index = 0; index < length; index++) made.push(scratch[index] as number)
  if (tokenCache.size >= 512) tokenCache.clear()
  tokenCache.set(text, made)
  return made
}

const OFFSET = 0x811c9dc5
const mixed = (hash: number, code: number) => Math.imul(hash ^ code, 0x01000193)

const scratch = new Int32Array(MAX_TOKENS)

/**
 * Writes the words of a text to `scratch` and tells how many there are: each run of letters, digits and underscores is a
 * word, every other sign that is seen stands for itself.
 */
function scanned(text: string): number {
  let length = 0
  for (let index = 0; index < text.length && length < MAX_TOKENS; ) {
    const code = text.charCodeAt(index++)
    const kind = kindOf(code)
    if (kind === BLANK) continue
    let hash = mixed(OFFSET, code)
    while (kind === WORD && index < text.length && kindOf(text.charCodeAt(index)) === WORD)
      hash = mixed(hash, text.charCodeAt(index++))
    scratch[length++] = hash
  }
  return length
}

const BLANK = 1
const WORD = 2
const SIGN = 3
/** By code unit, found out when it is first met. The halves of a pair stand for themselves. */
const kinds = new Uint8Array(2 ** 16)

function kindOf(code: number): number {
  const known = kinds[code] as number
  if (known !== 0) return known
  const letter = String.fromCharCode(code)
  const made = /[\p{L}\p{N}_]/u.test(letter) ? WORD : /\s/.test(letter) ? BLANK : SIGN
  kinds[code] = made
  return made
}
