import { errorLines } from './error-lines.ts'
import type { Category } from './failure.ts'
import { FEW, remembering } from './remember.ts'
import { FAMILY_CATEGORIES, type Saying, sayingOf } from './text-saying.ts'
import { WEIGHED_CATEGORIES, weigh } from './word-weights.ts'
import { wordsOf } from './wording.ts'

/** What `textCategory` can find. */
export const TEXT_CATEGORIES: readonly Category[] = [
  ...new Set([...FAMILY_CATEGORIES, ...WEIGHED_CATEGORIES]),
]

export type TextJudgement = {
  category: Category
  /** `words`: the families say otherwise, or nothing. */
  by: 'families' | 'words'
}

/**
 * The category that a text speaks of: what its words weigh together, the saying of the families of phrases among them. A
 * phrase is right nearly always in the tools it was written for, and less so in others, as its weight says.
 */
export const textJudgement: (message: string) => TextJudgement | undefined = remembering((message) => {
  const { saying, words } = readText(message)
  const category = weigh(words, saying)
  return category && { category, by: category === saying?.category ? 'families' : 'words' }
}, FEW)

export function textCategory(message: string): Category | undefined {
  return textJudgement(message)?.category
}

/** What a message gives to weigh. */
export function readText(message: string): { saying: Saying | undefined; words: readonly string[] } {
  const text = essence(printedTexts(message) || message).replace(APOSTROPHE, "'")
  const lines = errorLines(text)
  return { saying: sayingOf(message, text, lines), words: wordsOf(lines.text) }
}

/** Python prints errors by field as a dictionary, `{'tags': ['must be of list type']}`: what it says are the texts in it. */
function printedTexts(message: string): string {
  if (!/^\{(?:'|\d)/.test(message) || !message.endsWith('}')) return ''
  return [...message.slice(0, HEAD).matchAll(/[[:,] ?(?:'([^'\n]+)'|"([^"\n]+)")(?!:)/g)]
    .flatMap(([, single, double]) => single ?? double ?? [])
    .filter((text) => text.includes(' '))
    .join('\n')
}

/** Some programs print the letter of print: `Can’t`. */
const APOSTROPHE = /(?<=\w)’(?=\w)/g

/** Stacks and long outputs say much that is not the error: its beginning and its end count. */
const HEAD = 500
const TAIL = 200

function essence(message: string): string {
  if (message.length <= HEAD + TAIL) return message.trim()
  return `${message.slice(0, HEAD)}\n${message.slice(-TAIL)}`.trim()
}
