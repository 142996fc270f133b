import { looseShape } from './shape.ts'

/**
 * How a name is written: the case of its letters, the mark between its words, and the loose shapes (see `looseShape`)
 * that its first word and its other words may have: `{ case: 'lower', mark: '_', first: ['L'], rest: ['L', 'DL'] }`
 * is `snake_case` in which no word but the later ones begins with a digit.
 */
export type Respelling = { case: 'lower' | 'upper'; mark: string; first: string[]; rest: string[] }

/** Marks between the words of a name. */
export const WORD_MARKS = ['_', '-', '.', ''] as const

/**
 * Longer ones are no names; texts with other characters (an apostrophe, a slash) are left alone, because what becomes of
 * these is a matter of taste.
 */
const NAME = /^\p{L}[\p{L}\p{N} _.-]{0,119}$/u

/** A name in the spelling; undefined where it is written so already, or cannot be without a guess. */
export function respelled(name: string, spelling: Respelling): string | undefined {
  if (!NAME.test(name) || /[ _.-]{2}|[ _.-]$/.test(name) || isSpelled(name, spelling)) return undefined
  const words = name.split(/[ _.-]/).flatMap((word) => word.split(/(?<=\p{Ll})(?=\p{Lu})/u))
  const made = words.map((word) => inCase(word, spelling)).join(spelling.mark)
  return made !== name && isSpelled(made, spelling) ? made : undefined
}

export function isSpelled(name: string, spelling: Respelling): boolean {
  const { mark, first, rest } = spelling
  if (!NAME.test(name) || inCase(name, spelling) !== name) return false
  const [head = '', ...tail] = mark === '' ? [name] : name.split(mark)
  return first.includes(looseShape(head)) && tail.every((word) => rest.includes(looseShape(word)))
}

function inCase(text: string, { case: letters }: Respelling): string {
  return letters === 'lower' ? text.toLowerCase() : text.toUpperCase()
}

/** The spelling that all names share, with the shapes of their words; undefined where there is none. */
export function commonSpelling(names: readonly string[]): Respelling | undefined {
  const letters = (['lower', 'upper'] as const).find((one) =>
    names.every((name) => inCase(name, { case: one, mark: '', first: [], rest: [] }) === name),
  )
  if (!letters || names.length === 0) return undefined
  const used = [...new Set(names.flatMap((name) => name.match(/[^\p{L}\p{N}]/gu) ?? []))]
  const [mark = ''] = used
  if (used.length > 1 || !(WORD_MARKS as readonly string[]).includes(mark)) return undefined
  const words = names.map((name) => (mark === '' ? [name] : name.split(mark)))
  const shapes = (parts: readonly string[]) => [...new Set(parts.map(looseShape))].sort()
  return {
    case: letters,
    mark,
    first: shapes(words.map(([head = '']) => head)),
    rest: shapes(words.flatMap(([, ...tail]) => tail)),
  }
}
