import { weigherOf } from '@lifeharness/core/learn'
import { tableOf } from './word-table.ts'
import { type Sample, trainWords, trustOf } from './word-trainer.ts'

export type LeftOut = {
  corpus: string
  category: string
  families: string
  words: string
  together: string
}

/**
 * What is made of wordings whose tools were left out of the training, in so many parts. Only those count of which it is
 * known what the families said before they were written for them.
 */
export function judgeLeftOut(samples: readonly Sample[], folds: number): LeftOut[] {
  const tools = [...new Set(samples.map(({ tool }) => tool))].sort()
  const part = new Map(tools.map((tool, at) => [tool, at % folds]))
  return Array.from({ length: folds }, (_, fold) => {
    const known = samples.filter(({ tool }) => part.get(tool) !== fold)
    const weigh = weigherOf(tableOf(trainWords(known), trustOf(known)))
    const left = samples.filter(({ tool, said }) => part.get(tool) === fold && said !== undefined)
    return left.map(({ corpus = '', category, words, said }) => {
      const [stage, of] = said ? (said.split(' ') as [never, never]) : []
      const saying = stage && of ? { stage, category: of } : undefined
      return {
        ...{ corpus, category, families: of ?? 'unknown' },
        ...{ words: weigh(words, undefined) ?? 'unknown', together: weigh(words, saying) ?? 'unknown' },
      }
    })
  }).flat()
}
