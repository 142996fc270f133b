import { type SqlName, sqlNames } from '../sql-names.ts'

const MAX_TOKENS = 300

/**
 * The names of two versions of one query that stand at the same place, changed or not: words and marks are aligned by
 * their longest common subsequence, and where one word stands in the place of one other, the two belong together.
 */
export function alignedNames(before: string, after: string): [SqlName, SqlName][] {
  const left = sqlNames(before)
  const right = sqlNames(after)
  if (!left || !right) return []
  const a = wordsOf(before)
  const b = wordsOf(after)
  if (a.length > MAX_TOKENS || b.length > MAX_TOKENS) return []
  const nameAt = (names: readonly SqlName[]) => new Map(names.map((name) => [name.start, name]))
  const leftNames = nameAt(left.names)
  const rightNames = nameAt(right.names)
  return aligned(a, b).flatMap(([from, to]): [SqlName, SqlName][] => {
    const wrong = leftNames.get(from.at)
    const right = rightNames.get(to.at)
    return wrong && right ? [[wrong, right]] : []
  })
}

type Word = { text: string; at: number }

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu)].map((match) => ({
    text: match[0],
    at: match.index,
  }))
}

/** Words that stayed, and words in the place of one other word between words that stayed. */
function aligned(a: readonly Word[], b: readonly Word[]): [Word, Word][] {
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] as number
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i]?.text === b[j]?.text ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found: [Word, Word][] = []
  let run: [Word[], Word[]] = [[], []]
  const close = () => {
    const [[from, ...more], [to, ...others]] = run
    if (from && to && more.length + others.length === 0) found.push([from, to])
    run = [[], []]
  }
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i]?.text === b[j]?.text) {
      close()
      found.push([a[i++] as Word, b[j++] as Word])
    } else if (j < b.length && (i === a.length || at(i, j + 1) > at(i + 1, j))) run[1].push(b[j++] as Word)
    else run[0].push(a[i++] as Word)
  }
  close()
  return found
}
