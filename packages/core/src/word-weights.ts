import type { Category } from './failure.ts'
import type { Saying } from './text-saying.ts'
import { CATEGORIES, ROWS, TRUST, WEIGHTS, WORDS } from './word-weights.generated.ts'

/** What the words can tell. */
export const WEIGHED_CATEGORIES: readonly Category[] = CATEGORIES.filter((category) => category !== 'unknown')

/** Weights are whole steps; so many make a category e times as likely. */
const STEPS = 5
/** A letter is a category or, counted from the middle, a weight. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MIDDLE = 31

/** Below this share of likelihood for the likeliest, nothing is said. */
const LIKELY = 0.3
/** Fewer words that are known, or a smaller share of all of them: another language, or no message at all. */
const KNOWN_WORDS = 2
const KNOWN_SHARE = 0.5

/** A word, or the second one of a pair. */
type Node = { row?: Int8Array; next?: Map<string, Node> }
let decoded: { words: ReadonlyMap<string, Node>; trust: ReadonlyMap<string, number> } | undefined

/**
 * The category that the words of a text and the saying of the families make likeliest together: multinomial logistic
 * regression over words and pairs of words, learnt from our own collection of wordings. Undefined where none is likely.
 */
export function weigh(words: readonly string[], saying: Saying | undefined): Category | undefined {
  decoded ??= decode()
  const of = saying ? CATEGORIES.indexOf(saying.category) : -1
  // What a message shows in any language needs no words.
  if (saying && (of < 0 || saying.stage === 'shown')) return saying.category
  const found = rowsOf(words, decoded.words)
  if (!found) return saying?.category
  const scores = new Float64Array(CATEGORIES.length)
  for (const row of found)
    for (let at = 0; at < row.length; at += 2)
      scores[row[at] as number] = (scores[row[at] as number] as number) + (row[at + 1] as number)
  const unit = 1 / (STEPS * Math.sqrt(found.size))
  let best = 0
  for (let at = 0; at < scores.length; at++) {
    const trust = saying && at === of ? (decoded.trust.get(`${saying.stage} ${saying.category}`) ?? 0) : 0
    scores[at] = (scores[at] as number) * unit + trust
    if ((scores[at] as number) > (scores[best] as number)) best = at
  }
  // Some words are those of a failure that says nothing of itself.
  if (CATEGORIES[best] === 'unknown') return saying?.category
  if (saying) return CATEGORIES[best]
  let sum = 0
  for (const score of scores) sum += Math.exp(score - (scores[best] as number))
  return sum * LIKELY < 1 ? CATEGORIES[best] : undefined
}

/** The rows of words and pairs, each once. Undefined where too little is known. */
function rowsOf(words: readonly string[], nodes: ReadonlyMap<string, Node>): Set<Int8Array> | undefined {
  const found = new Set<Int8Array>()
  let spoken = 0
  let known = 0
  for (let at = 0; at < words.length; at++) {
    const one = nodes.get(words[at] as string)
    if (isSpoken(words[at] as string)) {
      spoken++
      if (one) known++
    }
    if (one?.row) found.add(one.row)
    const two = one?.next?.get(words[at + 1] as string)
    if (two?.row) found.add(two.row)
  }
  return known < KNOWN_WORDS || known < KNOWN_SHARE * spoken ? undefined : found
}

function isSpoken(word: string): boolean {
  const first = word.charCodeAt(0)
  return word.length > 1 && ((first >= 97 && first <= 122) || first > 127)
}

/** When first asked. A line of words that begins with a space goes with the line above that does not. */
function decode(): NonNullable<typeof decoded> {
  const words = new Map<string, Node>()
  const rows = ROWS.split('\n')
  let first: Node = {}
  let row = 0
  let weight = 0
  for (const line of WORDS.split('\n')) {
    const [before, second] = line.split(' ') as [string, string | undefined]
    const node: Node = {}
    if (second === undefined) {
      first = node
      words.set(before, node)
    } else {
      first.next ??= new Map()
      first.next.set(second, node)
    }
    const categories = rows[row++] as string
    if (categories === '') continue
    node.row = new Int8Array(2 * categories.length)
    for (let at = 0; at < categories.length; at++) {
      node.row[2 * at] = LETTERS.indexOf(categories[at] as string)
      node.row[2 * at + 1] = LETTERS.indexOf(WEIGHTS[weight++] as string) - MIDDLE
    }
  }
  return { words, trust: new Map(Object.entries(TRUST).map(([key, steps]) => [key, steps / STEPS])) }
}
