import { errorLines } from './error-lines.ts'
import type { Category } from './failure.ts'
import { localisedCategory } from './localised-text.ts'
import { firstMatch } from './pattern-filter.ts'
import { remembering } from './remember.ts'
import { FAMILIES, WEAK_FAMILIES } from './text-families.ts'
import { GENERAL, GRAMMAR } from './text-grammar.ts'
import { saysTimeout } from './text-timeout.ts'

const grammarOf = firstMatch(GRAMMAR)
const phraseOf = firstMatch(FAMILIES)
const familyOf = (text: string) => grammarOf(text) ?? phraseOf(text)
const generalOf = firstMatch(GENERAL)
const weakFamilyOf = firstMatch(WEAK_FAMILIES)

/**
 * What a message shows whatever language it is in: the names that PostgreSQL gives to constraints, statements it proposes,
 * the words and expansions that a shell could not take.
 */
const shownFault = firstMatch<Category>([
  ['state.conflict', /["»«“'] ?\w+_(?:fkey|pkey|key) ?["«»”']|\bDROP \.{2,3} CASCADE\b/],
  ['contract.value', /["»«“'] ?\w+_check ?["«»”']/],
  ['exec.dependency', /^\S*sh: [^\n]{0,40}\b[a-z]+ ?: --?[A-Za-z][\w-]* ?:/m],
  [
    'contract.value',
    /^\S*sh: [^\n]{0,40}(?:\$\{[^}\n]*\}|\b\d+ ?[/%] ?0\b|\b(?:export|declare|local|readonly|read|unset) ?: ["'`«“„‘])/m,
  ],
])
/** Some programs print the letter of print: `Can’t`. */
const APOSTROPHE = /(?<=\w)’(?=\w)/g
/** A line that points at a place of what was given: there it is wrong. */
const POINTER = /^ *\^ *$/m

/** What `textCategory` can find. */
export const TEXT_CATEGORIES: readonly Category[] = [
  ...new Set([...GRAMMAR, ...FAMILIES, ...GENERAL, ...WEAK_FAMILIES].map(([category]) => category)),
]

/**
 * The category that a text speaks of. The line that says what failed goes before the others: logs, hints and stacks say
 * much that is not the error. Undefined where no family matches.
 */
export const textCategory: (message: string) => Category | undefined = remembering((message) => {
  const clean = essence(message).replace(APOSTROPHE, "'")
  const { headline, text: lines } = errorLines(clean)
  // Which page a time-out waited for stands in its log.
  if (headline.length < lines.length && !saysTimeout(headline)) {
    const first = familyOf(headline)
    if (first) return first
  }
  const said =
    familyOf(lines) ??
    (lines.length < clean.length ? familyOf(clean) : undefined) ??
    generalOf(headline) ??
    generalOf(lines) ??
    weakFamilyOf(headline) ??
    weakFamilyOf(lines) ??
    shownFault(message) ??
    localisedCategory(lines)
  return said ?? (POINTER.test(message) ? 'contract.value' : undefined)
})

/** Stacks and long outputs say much that is not the error: its beginning and its end count. */
const HEAD = 500
const TAIL = 200

function essence(message: string): string {
  if (message.length <= HEAD + TAIL) return message.trim()
  return `${message.slice(0, HEAD)}\n${message.slice(-TAIL)}`.trim()
}
