import { WORD_TABLE_CODE } from '@lifeharness/core/learn'
import type { Wording } from './word-corpus.ts'

export type Sample = Pick<Wording, 'tool' | 'category' | 'said'> & {
  words: readonly string[]
  /** Where it comes from. */
  corpus?: string
  /** For how many it counts: 1 unless it is told. */
  times?: number
}

/** By words in a row: whole steps for each category. */
export type WordWeights = { categories: readonly string[]; weights: ReadonlyMap<string, readonly number[]> }

const { steps: STEPS, middle: MIDDLE } = WORD_TABLE_CODE
/** The largest weight, in steps: a letter can say no more. */
const LARGEST = MIDDLE - 1

export type Training = {
  rounds?: number
  rate?: number
  /** The price of a weight that is not zero, and of its size. */
  l1?: number
  l2?: number
  /** A word, or a pair of words, that fewer tools say is a matter of theirs. */
  minTools?: number
  pairTools?: number
}

/**
 * Multinomial logistic regression over words and pairs of words, with penalties on the number (L1) and the size (L2) of the
 * weights: every sample in every round, in steps by AdaGrad. No chance is involved.
 */
export function trainWords(samples: readonly Sample[], options: Training = {}): WordWeights {
  const { rounds = 100, rate = 0.5, l1 = 0.3, l2 = 0.03, minTools = 2, pairTools = 3 } = options
  const categories = [...new Set(samples.map(({ category }) => category))].sort()
  const width = categories.length
  const grams = samples.map(({ words }) => gramsOf(words))
  const names = sharedBy(minTools, pairTools, samples, grams)
  const index = new Map(names.map((name, at) => [name, at]))
  const rows = rowsOf(samples, grams, index, categories)
  const weights = new Float64Array(names.length * width)
  const squares = new Float64Array(weights.length)
  for (let round = 0; round < rounds; round++) {
    const slopes = slopesOf(rows, weights, width)
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at] as number
      const slope = (slopes[at] as number) + l2 * weight
      squares[at] = (squares[at] as number) + slope * slope
      const step = rate / (1e-6 + Math.sqrt(squares[at] as number))
      const moved = weight - step * slope
      weights[at] = Math.sign(moved) * Math.max(0, Math.abs(moved) - step * l1)
    }
  }
  const kept = names.flatMap((name, at): [string, number[]][] => {
    const row = Array.from(weights.subarray(at * width, (at + 1) * width), inSteps)
    return row.some((weight) => weight !== 0) ? [[name, row]] : []
  })
  return { categories, weights: new Map(kept) }
}

const inSteps = (weight: number) => Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight * STEPS)))

type Row = { at: Int32Array; value: number; truth: number; weight: number }

function rowsOf(
  samples: readonly Sample[],
  grams: readonly string[][],
  index: ReadonlyMap<string, number>,
  categories: readonly string[],
): Row[] {
  const ofTool = Map.groupBy(samples, ({ tool }) => tool)
  return samples.map(({ tool, category, times = 1 }, place) => {
    const at = Int32Array.from((grams[place] as string[]).flatMap((gram) => index.get(gram) ?? []))
    // A tool with many wordings counts for more than another, but not in proportion.
    const weight = times * Math.sqrt(20 / (ofTool.get(tool) as Sample[]).length)
    return { at, value: 1 / Math.sqrt(Math.max(1, at.length)), truth: categories.indexOf(category), weight }
  })
}

function slopesOf(rows: readonly Row[], weights: Float64Array, width: number): Float64Array {
  const slopes = new Float64Array(weights.length)
  const scores = new Float64Array(width)
  for (const { at, value, truth, weight } of rows) {
    scores.fill(0)
    for (let i = 0; i < at.length; i++) {
      const start = (at[i] as number) * width
      for (let c = 0; c < width; c++)
        scores[c] = (scores[c] as number) + (weights[start + c] as number) * value
    }
    const top = Math.max(...scores)
    let sum = 0
    for (let c = 0; c < width; c++) {
      scores[c] = Math.exp((scores[c] as number) - top)
      sum += scores[c] as number
    }
    for (let c = 0; c < width; c++)
      scores[c] = weight * value * ((scores[c] as number) / sum - (c === truth ? 1 : 0))
    for (let i = 0; i < at.length; i++) {
      const start = (at[i] as number) * width
      for (let c = 0; c < width; c++)
        slopes[start + c] = (slopes[start + c] as number) + (scores[c] as number)
    }
  }
  return slopes
}

/** Words and pairs of them, each once; a mark alone says nothing. */
export function gramsOf(words: readonly string[]): string[] {
  const grams = new Set(words.filter((word) => /[a-z"@#/]/.test(word)))
  for (let at = 0; at + 1 < words.length; at++) grams.add(`${words[at]} ${words[at + 1]}`)
  return [...grams]
}

function sharedBy(
  minTools: number,
  pairTools: number,
  samples: readonly Sample[],
  grams: readonly string[][],
): string[] {
  const tools = new Map<string, Set<string>>()
  samples.forEach(({ tool }, place) => {
    for (const gram of grams[place] as string[]) {
      const known = tools.get(gram)
      if (known) known.add(tool)
      else tools.set(gram, new Set([tool]))
    }
  })
  return [...tools]
    .filter(([gram, by]) => by.size >= (gram.includes(' ') ? pairTools : minTools))
    .map(([gram]) => gram)
    .sort((a, b) => (a < b ? -1 : 1))
}

/** What a saying adds to its category however often it is right, and how much evidence of a stage one of a category is worth. */
const BASE = 1.2
const EVIDENCE = 4
const MOST = 4

/**
 * How far each saying of the families (`stage category`) is trusted: the odds that it is right where the families had not
 * been written with the wording in view, in steps. What was said seldom is trusted as its stage is.
 */
export function trustOf(samples: readonly Sample[], base = BASE): Map<string, number> {
  const counts = new Map<string, { said: number; right: number }>()
  const add = (key: string, right: boolean) => {
    const known = counts.get(key) ?? { said: 0, right: 0 }
    counts.set(key, { said: known.said + 1, right: known.right + (right ? 1 : 0) })
  }
  for (const { said, category } of samples) {
    if (!said) continue
    const [stage, sayingCategory] = said.split(' ') as [string, string]
    add(said, sayingCategory === category)
    add(stage, sayingCategory === category)
  }
  const share = ({ said, right }: { said: number; right: number }, before: number) =>
    (right + EVIDENCE * before) / (said + EVIDENCE)
  const keys = [...counts.keys()].filter((key) => key.includes(' ')).sort()
  return new Map(
    keys.map((key) => {
      const stage = counts.get(key.split(' ')[0] as string) as { said: number; right: number }
      const right = share(counts.get(key) as { said: number; right: number }, share(stage, 0.5))
      return [key, Math.round(STEPS * Math.min(MOST, base + Math.log(right / (1 - right))))]
    }),
  )
}
