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
    let present = lettersOf(masked)
    for (const [index, [pattern, mask]] of masks.entries()) {
      if (!stands(needs[index], present)) continue
      const next = masked.replace(pattern, mask as string)
      if (next === masked) continue
      masked = next
      present = lettersOf(masked)
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

function stands(need: Need | undefined, present: Letters): boolean {
  if (!need) return true
  for (let word = 0; word < WORDS; word++)
    if ((need.any[word] as number) & (present[word] as number)) return true
  for (const letters of need.all) if (allOf(letters, present)) return true
  return false
}

function allOf(letters: Letters, present: Letters): boolean {
  for (let word = 0; word < WORDS; word++) {
    const bits = letters[word] as number
    if ((bits & (present[word] as number)) !== bits) return false
  }
  return true
}

/** The letters of a text, capitals as small ones. */
function lettersOf(text: string): Letters {
  const present = new Int32Array(WORDS)
  for (let index = 0; index < text.length; index++) add(present, text.charCodeAt(index))
  // `A` to `Z` stand 32 places before `a` to `z`.
  present[3] = (present[3] as number) | ((present[2] as number) & CAPITALS)
  return present
}

const CAPITALS = 0x07fffffe

function add(letters: Letters, code: number): void {
  const at = code < NOT_ASCII.charCodeAt(0) ? code : 128
  letters[at >> 5] = (letters[at >> 5] as number) | (1 << (at & 31))
}
