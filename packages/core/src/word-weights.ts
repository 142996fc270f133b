import type { Category } from './failure.ts'
import type { Saying } from './text-saying.ts'
import { CATEGORIES, ROWS, TRUST, WEIGHTS, WORDS } from './word-weights.generated.ts'

// Named one by one: a module as a value costs the main entry a helper.
const learnt: WordTable = { CATEGORIES, TRUST, WORDS, ROWS, WEIGHTS }

/** What the words can tell. */
export const WEIGHED_CATEGORIES: readonly Category[] = learnt.CATEGORIES.filter(
  (category) => category !== 'unknown',
)

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
type Node = { row?: Int8Array; next?: Map<string, Node>; seen: number }
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
  { categories, words: nodes, trust }: Decoded,
  words: readonly string[],
  saying: Saying | undefined,
): Category | undefined {
  const of = saying ? categories.indexOf(saying.category) : -1
  // What a message shows in any language needs no words.
  if (saying && (of < 0 || saying.stage === 'shown')) return saying.category
  const scores = new Float64Array(categories.length)
  const found = addRows(words, nodes, scores)
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
function addRows(words: readonly string[], nodes: ReadonlyMap<string, Node>, scores: Float64Array): number {
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
    found += addRow(one, scores)
    const two = one.next?.get(words[at + 1] as string)
    if (two) found += addRow(two, scores)
  }
  return known < KNOWN_WORDS || known < KNOWN_SHARE * spoken ? 0 : found
}

function addRow(node: Node, scores: Float64Array): number {
  const { row } = node
  if (!row || node.seen === text) return 0
  node.seen = text
  for (let at = 0; at < row.length; at += 2)
    scores[row[at] as number] = (scores[row[at] as number] as number) + (row[at + 1] as number)
  return 1
}

function isSpoken(word: string): boolean {
  const first = word.charCodeAt(0)
  return word.length > 1 && ((first >= 97 && first <= 122) || first > 127)
}

type Decoded = {
  categories: readonly Category[]
  words: ReadonlyMap<string, Node>
  trust: ReadonlyMap<string, number>
}

/** A line of words that begins with a space goes with the line above that does not. */
function decode({ CATEGORIES, TRUST, WORDS, ROWS, WEIGHTS }: WordTable): Decoded {
  const words = new Map<string, Node>()
  const rows = ROWS.split('\n')
  let first: Node = { seen: 0 }
  let row = 0
  let weight = 0
  for (const line of WORDS.split('\n')) {
    const [before, second] = line.split(' ') as [string, string | undefined]
    const node: Node = { seen: 0 }
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
  const trust = new Map(Object.entries(TRUST).map(([key, steps]) => [key, steps / STEPS]))
  return { categories: CATEGORIES, words, trust }
}
