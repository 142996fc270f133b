import type { Category } from '@lifeharness/core'
import { WORD_TABLE_CODE, type WordTable } from '@lifeharness/core/learn'
import type { WordWeights } from './word-trainer.ts'

const { letters: LETTERS, middle: MIDDLE } = WORD_TABLE_CODE

/** What core reads. Words, categories and weights stand apart, and the first word of pairs only once: so they are packed best. */
export function tableOf({ categories, weights }: WordWeights, trust: ReadonlyMap<string, number>): WordTable {
  const words: string[] = []
  const rows: string[] = []
  let steps = ''
  let group = ''
  for (const [gram, row] of weights) {
    const [first, second] = gram.split(' ') as [string, string | undefined]
    if (second !== undefined && first !== group) {
      words.push(first)
      rows.push('')
    }
    group = first
    words.push(second === undefined ? first : ` ${second}`)
    const told = row.flatMap((weight, at) => (weight === 0 ? [] : [at]))
    rows.push(told.map((at) => LETTERS[at]).join(''))
    steps += told.map((at) => LETTERS[(row[at] as number) + MIDDLE]).join('')
  }
  return {
    CATEGORIES: categories as readonly Category[],
    TRUST: Object.fromEntries(trust),
    WORDS: words.join('\n'),
    ROWS: rows.join('\n'),
    WEIGHTS: steps,
  }
}

/** The source file of core that holds it. */
export function tableSource({ CATEGORIES, TRUST, WORDS, ROWS, WEIGHTS }: WordTable): string {
  return [
    '// Written by `pnpm bench wordings --write`; docs/decisions/2026-11-29-learnt-word-weights.md says how.',
    "import type { Category } from './failure.ts'",
    '',
    `export const CATEGORIES: readonly Category[] = ${JSON.stringify(CATEGORIES)}`,
    '',
    '/** How far a saying of the families is trusted, in steps. */',
    `export const TRUST: Readonly<Record<string, number>> = ${JSON.stringify(TRUST)}`,
    '',
    '/** A word a line and, behind a space, the second word of a pair with the word above. */',
    `export const WORDS: string = ${JSON.stringify(WORDS)}`,
    '',
    '/** By line, the categories that it tells of: a letter each. */',
    `export const ROWS: string = ${JSON.stringify(ROWS)}`,
    '',
    '/** A letter for each of those: the weight in steps. */',
    `export const WEIGHTS: string = ${JSON.stringify(WEIGHTS)}`,
    '',
  ].join('\n')
}
