import type { Category } from './failure.ts'
import type { Saying } from './text-saying.ts'
import { CATEGORIES, ROWS, TRUST, WEIGHTS, WORDS } from './word-weights.generated.ts'

// Named one by one: a module as a value costs the main entry a helper.
const learnt: WordTable = { CATEGORIES, TRUST, WORDS, ROWS, WEIGHTS }

/** What the words can tell. */
export const WEIGHED_CATEGORIES: readonly Category[] = learnt.CATEGORIES.filter(
  (category) => category !== 'unknown',
)

/** How a table is written: for who learns one as for who reads it. */
export const WORD_TABLE_CODE = {
  /** Weights are whole steps; so many make a category e times as likely. */
  steps: 5,
  /** A letter is a category or, counted from the middle, a weight. */
  letters: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  middle: 31,
} as const
const { steps: STEPS, letters: LETTERS, middle: MIDDLE } = WORD_TABLE_CODE

/** Below this share of likelihood for the likeliest, nothing is said. */
const LIKELY = 0.3
/** Fewer words that are known, or a smaller share of all of them: another language, or no message at all. */
const KNOWN_WORDS = 2
const KNOWN_SHARE = 0.5

/** A word, or the second one of a pair; its row stands in the list of all, an array of its own for each takes its time. */
type Node = { from: number; to: number; next: Map<string, Node> | undefined; seen: number }
/** Marks what was met in the text that is weighed: each word and pair counts once. */
let text = 0
/** What was learnt, as text (`word-weights.generated.ts`). */
export type WordTable = {
  CATEGORIES: readonly Category[]
  TRUST: Readonly<Record<string, number>>
  WORDS: string
  ROWS: string
  WEIGHTS: string
}
export type Weigh = (words: readonly string[], saying: Saying | undefined) => Category | undefined

let weighLearnt: Weigh | undefined

/** By what core ships; decoded when first asked. */
export const weigh: Weigh = (words, saying) => {
  weighLearnt ??= weigherOf(learnt)
  return weighLearnt(words, saying)
}

/**
 * Says the category that the words of a text and the saying of the families make likeliest together: multinomial logistic
 * regression over words and pairs of words, learnt from our own collection of wordings. Undefined where none is likely.
 */
export function weigherOf(table: WordTable): Weigh {
  const decoded = decode(table)
  return (words, saying) => likeliest(decoded, words, saying)
}

function likeliest(
  { categories, words: nodes, rows, trust }: Decoded,
  words: readonly string[],
  saying: Saying | undefined,
): Category | undefined {
  const of = saying ? categories.indexOf(saying.category) : -1
  // What a message shows in any language needs no words.
  if (saying && (of < 0 || saying.stage === 'shown')) return saying.category
  const scores = new Float64Array(categories.length)
  const found = addRows(words, nodes, rows, scores)
  if (found === 0) return saying?.category
  const unit = 1 / (STEPS * Math.sqrt(found))
  let best = 0
  for (let at = 0; at < scores.length; at++) {
    const trusted = saying && at === of ? (trust.get(`${saying.stage} ${saying.category}`) ?? 0) : 0
    scores[at] = (scores[at] as number) * unit + trusted
    if ((scores[at] as number) > (scores[best] as number)) best = at
  }
  // Some words are those of a failure that says nothing of itself.
  if (categories[best] === 'unknown') return saying?.category
  if (saying) return categories[best]
  let sum = 0
  for (const score of scores) sum += Math.exp(score - (scores[best] as number))
  return sum * LIKELY < 1 ? categories[best] : undefined
}

/** Adds up the rows of words and pairs, and says how many there are: none where too little is known. */
function addRows(
  words: readonly string[],
  nodes: ReadonlyMap<string, Node>,
  rows: Int8Array,
  scores: Float64Array,
): number {
  text++
  let found = 0
  let spoken = 0
  let known = 0
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const one = nodes.get(word)
    if (isSpoken(word)) {
      spoken++
      if (one) known++
    }
    if (!one) continue
    found += addRow(one, rows, scores)
    const two = one.next?.get(words[at + 1] as string)
    if (two) found += addRow(two, rows, scores)
  }
  return known < KNOWN_WORDS || known < KNOWN_SHARE * spoken ? 0 : found
}

function addRow(node: Node, rows: Int8Array, scores: Float64Array): number {
  if (node.from === node.to || node.seen === text) return 0
  node.seen = text
  for (let at = node.from; at < node.to; at += 2)
    scores[rows[at] as number] = (scores[rows[at] as number] as number) + (rows[at + 1] as number)
  return 1
}

function isSpoken(word: string): boolean {
  const first = word.charCodeAt(0)
  return word.length > 1 && ((first >= 97 && first <= 122) || first > 127)
}

type Decoded = {
  categories: readonly Category[]
  words: ReadonlyMap<string, Node>
  /** One row after the other: a category and its weight, and so on. */
  rows: Int8Array
  trust: ReadonlyMap<string, number>
}

/** A line of words that begins with a space goes with the line above that does not. */
function decode({ CATEGORIES, TRUST, WORDS, ROWS, WEIGHTS }: WordTable): Decoded {
  const words = new Map<string, Node>()
  const rows = new Int8Array(2 * WEIGHTS.length)
  const lines = ROWS.split('\n')
  let first: Node = { from: 0, to: 0, next: undefined, seen: 0 }
  let line = 0
  let filled = 0
  for (const word of WORDS.split('\n')) {
    const from = filled
    const categories = lines[line++] as string
    for (let at = 0; at < categories.length; at++) {
      rows[filled] = LETTERS.indexOf(categories[at] as string)
      rows[filled + 1] = LETTERS.indexOf(WEIGHTS[filled / 2] as string) - MIDDLE
      filled += 2
    }
    const node: Node = { from, to: filled, next: undefined, seen: 0 }
    if (word[0] === ' ') {
      first.next ??= new Map()
      first.next.set(word.slice(1), node)
    } else {
      first = node
      words.set(word, node)
    }
  }
  const trust = new Map(Object.entries(TRUST).map(([key, steps]) => [key, steps / STEPS]))
  return { categories: CATEGORIES, words, rows, trust }
}
