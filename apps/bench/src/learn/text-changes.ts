/** One replaced run of tokens; `before` or `after` may be empty. */
export type TextChange = { before: string; after: string }

const MAX_TOKENS = 400

/**
 * The runs of tokens in which two texts differ, by their longest common subsequence. Tokens are words, white space and
 * single marks. Undefined for texts too long to compare.
 */
export function textChanges(before: string, after: string): TextChange[] | undefined {
  const a = tokens(before)
  const b = tokens(after)
  if (a.length > MAX_TOKENS || b.length > MAX_TOKENS) return undefined
  const common = commonLengths(a, b)
  const changes: TextChange[] = []
  let run: { before: string[]; after: string[] } = { before: [], after: [] }
  const close = () => {
    if (run.before.length + run.after.length > 0)
      changes.push({ before: run.before.join('').trim(), after: run.after.join('').trim() })
    run = { before: [], after: [] }
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      close()
      i++
      j++
    } else if (j < b.length && (i === a.length || at(common, i, j + 1) > at(common, i + 1, j)))
      run.after.push(b[j++] as string)
    else run.before.push(a[i++] as string)
  }
  close()
  return changes
}

/** A text with its runs of white space as one. */
export function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/**
 * What a text becomes when each of these changes is made wherever its words stand, white space told apart only from
 * none. Undefined where one of them has no words to find.
 */
export function replacedWords(text: string, changes: readonly TextChange[]): string | undefined {
  const runs = changes.map(({ before, after }) => ({ run: tokens(before), after }))
  if (runs.some(({ run }) => run.length === 0)) return undefined
  // The longest first: a part of it may be another's whole.
  runs.sort((a, b) => b.run.length - a.run.length)
  const all = tokens(text)
  let made = ''
  for (let at = 0; at < all.length; ) {
    const found = runs.find(({ run }) => run.every((token, offset) => all[at + offset] === token))
    made += found ? found.after : all[at]
    at += found ? found.run.length : 1
  }
  return words(made)
}

function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\s\p{L}\p{N}_]/gu) ?? []
}

type Table = readonly Uint16Array[]

function at(table: Table, row: number, column: number): number {
  return table[row]?.[column] ?? 0
}

/** Lengths of the longest common subsequences of all pairs of tails. */
function commonLengths(a: readonly string[], b: readonly string[]): Table {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (table[i] as Uint16Array)[j] =
        a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1))
  return table
}
