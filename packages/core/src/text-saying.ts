import type { ErrorLines } from './error-lines.ts'
import type { Category } from './failure.ts'
import { localisedCategory } from './localised-text.ts'
import { firstMatch } from './pattern-filter.ts'
import { FAMILIES, WEAK_FAMILIES } from './text-families.ts'
import { GENERAL, GRAMMAR } from './text-grammar.ts'
import { saysTimeout } from './text-timeout.ts'

const grammarOf = firstMatch(GRAMMAR)
const phraseOf = firstMatch(FAMILIES)
const familyOf = (text: string) => at('head', grammarOf(text)) ?? at('phrase', phraseOf(text))
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
/** A line that points at a place of what was given: there it is wrong. */
const POINTER = /^ *\^ *$/m

/** What the families can find. */
export const FAMILY_CATEGORIES: readonly Category[] = [
  ...new Set([...GRAMMAR, ...FAMILIES, ...GENERAL, ...WEAK_FAMILIES].map(([category]) => category)),
]

/** What the families make of a text, and which of them: some are right more often than others. */
export type Saying = { category: Category; stage: Stage }
export type Stage = 'head' | 'phrase' | 'general' | 'weak' | 'shown'

/**
 * The family that a text belongs to. The line that says what failed goes before the others: logs, hints and stacks say
 * much that is not the error. `text` is what is read of the message. Undefined where no family matches.
 */
export function sayingOf(
  message: string,
  text: string,
  { headline, text: lines }: ErrorLines,
): Saying | undefined {
  // Which page a time-out waited for stands in its log.
  const first = headline.length < lines.length && !saysTimeout(headline) ? familyOf(headline) : undefined
  return (
    first ??
    familyOf(lines) ??
    (lines.length < text.length ? familyOf(text) : undefined) ??
    at('general', generalOf(headline) ?? generalOf(lines)) ??
    at('weak', weakFamilyOf(headline) ?? weakFamilyOf(lines)) ??
    at('shown', shownFault(message) ?? localisedCategory(lines)) ??
    at('shown', POINTER.test(message) ? 'contract.value' : undefined)
  )
}

function at(stage: Stage, category: Category | undefined): Saying | undefined {
  return category && { category, stage }
}
