import { readFileSync } from 'node:fs'
import type { Category } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import { failureFacts, readText, type Saying } from '@lifeharness/core/learn'
import type { Sample } from './word-trainer.ts'

/** One wording of a tool, labelled by docs/taxonomy.md. */
export type Wording = {
  tool: string
  category: Category
  message: string
  /**
   * What the families of phrases said when they first saw it, as `stage category`, or nothing; it is not here where they had
   * been written with it in view, and their saying proves nothing.
   */
  said?: string
}

/** Without these words are weighed whose families have seen all there is. */
export const CORPORA = [
  'business',
  'commands',
  'general',
  'libraries',
  'programs',
  'provoked',
  'services',
] as const

export function readWordings(corpus: (typeof CORPORA)[number]): Wording[] {
  const file = new URL(`./wordings/${corpus}.jsonl`, import.meta.url)
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Wording)
}

/** What is read of a wording as the layer reads it where nothing but its text is there. */
export function readOf({ message }: Wording): { words: readonly string[]; saying: Saying | undefined } {
  return readText(failureFacts(toolResult('error', message, { error: { message } }))?.message ?? '')
}

/** What was seen of a real tool, and what is said in general, count for more than what is known of one tool. */
const TIMES: Partial<Record<(typeof CORPORA)[number], number>> = { business: 3, general: 3, provoked: 3 }

/** All wordings, as what words are weighed by. */
export function readSamples(): Sample[] {
  return CORPORA.flatMap((corpus) =>
    readWordings(corpus).map((one) => ({
      corpus,
      tool: one.tool,
      category: one.category,
      ...(one.said === undefined ? {} : { said: one.said }),
      words: readOf(one).words,
      times: TIMES[corpus] ?? 1,
    })),
  )
}
