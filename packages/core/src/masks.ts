import { NOT_ASCII, requiredLetters } from './required-literals.ts'

/** What is replaced, and by what. */
export type Mask = readonly [RegExp, string | ((whole: string, ...groups: string[]) => string)]

/**
 * Applies masks one after the other. A mask whose letters do not stand in the text is passed over: most messages have no
 * address, no date and no quotes of six languages, and to look for each costs more than to note once which letters
 * there are.
 */
export function masker(masks: readonly Mask[]): (text: string) => string {
  const needs = masks.map(([pattern]) => needOf(pattern))
  return (text) => {
    let masked = text
    noteLetters(masked)
    for (let index = 0; index < masks.length; index++) {
      if (!stands(needs[index])) continue
      const [pattern, mask] = masks[index] as Mask
      const next = masked.replace(pattern, mask as string)
      if (next === masked) continue
      masked = next
      noteLetters(masked)
    }
    return masked
  }
}

/** Bit sets of letters, 32 to a word; the last word is for letters outside ASCII. */
type Letters = Int32Array
const WORDS = 5

/** Any one of `any`, or all of one of `all`. */
type Need = { any: Letters; all: readonly Letters[] }

function needOf(pattern: RegExp): Need | undefined {
  const sets = requiredLetters(pattern)
  if (!sets) return undefined
  const lettersIn = (all: readonly ReadonlySet<string>[]) => {
    const letters = new Int32Array(WORDS)
    for (const set of all) for (const letter of set) add(letters, letter.charCodeAt(0))
    return letters
  }
  return {
    any: lettersIn(sets.filter(({ size }) => size === 1)),
    all: sets.filter(({ size }) => size > 1).map((set) => lettersIn([set])),
  }
}

function stands(need: Need | undefined): boolean {
  if (!need) return true
  for (let word = 0; word < WORDS; word++)
    if ((need.any[word] as number) & (present[word] as number)) return true
  for (const letters of need.all) if (allOf(letters)) return true
  return false
}

function allOf(letters: Letters): boolean {
  for (let word = 0; word < WORDS; word++) {
    const bits = letters[word] as number
    if ((bits & (present[word] as number)) !== bits) return false
  }
  return true
}

const present: Letters = new Int32Array(WORDS)

/** Notes the letters of a text, capitals as small ones, in `present`: one list for all texts, which nobody keeps. */
function noteLetters(text: string): void {
  // Numbers of their own and no list: this is read for each letter of each message.
  let [signs, digits, capitals, small, others] = [0, 0, 0, 0, 0]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const bit = 1 << (code & 31)
    if (code >= 128) others = 1
    else if (code >= 96) small |= bit
    else if (code >= 64) capitals |= bit
    else if (code >= 32) digits |= bit
    else signs |= bit
  }
  // `A` to `Z` stand 32 places before `a` to `z`.
  present[0] = signs
  present[1] = digits
  present[2] = capitals
  present[3] = small | (capitals & CAPITALS)
  present[4] = others
}

const CAPITALS = 0x07fffffe

function add(letters: Letters, code: number): void {
  const at = code < NOT_ASCII.charCodeAt(0) ? code : 128
  letters[at >> 5] = (letters[at >> 5] as number) | (1 << (at & 31))
}
