import type { WordWeights } from './word-trainer.ts'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MIDDLE = 31

/** The source file that core reads: a line for each word or pair, and two letters for each weight. */
export function tableSource(
  { categories, weights }: WordWeights,
  trust: ReadonlyMap<string, number>,
): string {
  const lines = [...weights].map(([gram, row]) => {
    const pairs = row.flatMap((weight, at) =>
      weight === 0 ? [] : [`${LETTERS[at]}${LETTERS[weight + MIDDLE]}`],
    )
    return `${gram}\t${pairs.join('')}`
  })
  return [
    '// Written by `pnpm bench wordings --write`; docs/decisions/2026-11-29-learnt-word-weights.md says how.',
    "import type { Category } from './failure.ts'",
    '',
    `export const CATEGORIES: readonly Category[] = ${JSON.stringify(categories)}`,
    '',
    '/** How far a saying of the families is trusted, in steps. */',
    `export const TRUST: Readonly<Record<string, number>> = ${JSON.stringify(Object.fromEntries(trust))}`,
    '',
    '/** Words in a row and, after a tab, pairs of letters: a category and its weight in steps. */',
    `export const WEIGHTS = ${JSON.stringify(lines.join('\n'))}`,
    '',
  ].join('\n')
}
