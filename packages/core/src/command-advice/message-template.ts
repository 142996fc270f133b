/**
 * What a program says, with slots: `git: '{wrong}' is not a git command*`. `{name}` takes one short word that a shell
 * reads as it is written, `{name*}` a list of such words, `*` anything. No regular expression comes from outside the
 * code, and a line is read in a time that grows with its length.
 */
export type MessageTemplate = {
  /** The longest text that stands in every line that matches. */
  needle: string
  match(line: string): Slots | undefined
}

/** What stood in the slots of a message: a word, or the words of a list. */
export type Slots = ReadonlyMap<string, string | readonly string[]>

type Part = { literal: string } | { word: string } | { list: string } | { any: true }

const PART = /\{([a-z][a-zA-Z]*)(\*?)\}|\*/g
const SLOT_WORD = /^[\p{L}\p{N}._/@:=+~%^,-]{1,64}$/u
const WORD_LETTER = /[\p{L}\p{N}._/@:=+~%^,-]/u
const MAX_LISTED = 400
const LIST_MARKS = /[\s,|'"`‘’“”()[\]{}]+/
const MAX_LINE = 2_000

/** Whether a text may stand in a slot: one short word in which a shell sees nothing but itself. */
export function isSlotWord(text: string): boolean {
  return SLOT_WORD.test(text)
}

/** The words of a list, whatever parts them. */
export function wordsIn(text: string): string[] {
  return text.split(LIST_MARKS, MAX_LISTED).filter((word) => isSlotWord(word))
}

/** @throws where a template has no text of its own, or two slots side by side. */
export function messageTemplate(template: string): MessageTemplate {
  const parts = partsOf(template)
  const literals = parts.flatMap((part) => ('literal' in part ? [part.literal] : []))
  const needle = literals.reduce((longest, text) => (text.length > longest.length ? text : longest), '')
  for (const [index, part] of parts.entries())
    if (!('literal' in part) && index > 0 && !isPlainBefore(parts[index - 1] as Part, part))
      throw new Error(`two slots side by side in ${template}`)
  return {
    needle,
    match(line) {
      if (line.length > MAX_LINE || !line.includes(needle)) return undefined
      const slots = new Map<string, string | readonly string[]>()
      return matchFrom({ line, parts, slots, failed: new Set() }, 0, 0) ? slots : undefined
    },
  }
}

/** A word ends where no letter of a word follows, so anything may stand behind it; before it, a text must. */
function isPlainBefore(before: Part, part: Part): boolean {
  return 'literal' in before || ('word' in before && 'any' in part)
}

function partsOf(template: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { 0: whole, 1: name, 2: list, index } of template.matchAll(PART)) {
    if (index > at) parts.push({ literal: template.slice(at, index) })
    parts.push(name === undefined ? { any: true } : list ? { list: name } : { word: name })
    at = index + whole.length
  }
  if (at < template.length) parts.push({ literal: template.slice(at) })
  return parts
}

type Matching = {
  line: string
  parts: readonly Part[]
  slots: Map<string, string | readonly string[]>
  /** Parts and places of which it is known that nothing follows: each is tried once. */
  failed: Set<number>
}

function matchFrom(matching: Matching, index: number, at: number): boolean {
  const { line, parts, failed } = matching
  const part = parts[index]
  if (!part) return at === line.length
  const key = index * (MAX_LINE + 1) + at
  if (failed.has(key)) return false
  if ('literal' in part) {
    if (line.startsWith(part.literal, at) && matchFrom(matching, index + 1, at + part.literal.length))
      return true
  } else if (matchSlot(matching, part, index, at)) return true
  failed.add(key)
  return false
}

function matchSlot(
  matching: Matching,
  part: Exclude<Part, { literal: string }>,
  index: number,
  at: number,
): boolean {
  const { line, parts, slots } = matching
  const next = parts[index + 1]
  const literal = next && 'literal' in next ? next.literal : undefined
  let end = literal === undefined ? endOf(line, part, at, next === undefined) : line.indexOf(literal, at)
  for (; end !== -1 && end <= line.length; end = line.indexOf(literal as string, end + 1)) {
    const taken = line.slice(at, end)
    if ('word' in part && taken.length > 64) return false
    if (takes(slots, part, taken) && matchFrom(matching, index + 1, end)) return true
    if ('word' in part) slots.delete(part.word)
    if (literal === undefined) return false
  }
  return false
}

/** The last slot takes the rest of the line. */
function endOf(line: string, part: Part, at: number, isLast: boolean): number {
  if (!('word' in part)) return line.length
  let end = at
  while (end < line.length && WORD_LETTER.test(line[end] as string)) end++
  if (isLast) return end
  while (end > at && /[.,:]/.test(line[end - 1] as string)) end--
  return end
}

function takes(slots: Matching['slots'], part: Exclude<Part, { literal: string }>, taken: string): boolean {
  if ('any' in part) return true
  if ('list' in part) {
    const words = wordsIn(taken)
    slots.set(part.list, words)
    return words.length > 0
  }
  if (!isSlotWord(taken)) return false
  const known = slots.get(part.word)
  if (known !== undefined && known !== taken) return false
  slots.set(part.word, taken)
  return true
}
