import { pathSegments, valuesAt } from '../../json.ts'
import { numbersIn, sumOf } from '../amounts.ts'
import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type FailedCall, type Inducer } from '../evidence.ts'

/** Share of the failures of one signature whose message names the sum of the amounts. */
const MIN_SHARE = 0.8

/**
 * Proposes to explain totals that must agree: the error names the sum of the amounts that were given, and beside it
 * another number. Which amount is wrong only the model can know, so nothing is edited.
 */
export const totalsInducer: Inducer = defineInducer({
  name: 'totals',
  *propose(evidence) {
    const lists = [...evidence.profile.arguments]
      .filter(([path, { range }]) => path.includes('/*') && range !== undefined)
      .map(([path]) => path)
    for (const failures of groupBy(evidence.failures, ({ failure }) => failure.signature).values())
      for (const path of lists) {
        const named = failures.filter((failed) => namesSum(failed, path))
        const argument = pathSegments(path)
          .filter((name) => name !== '*')
          .join('.')
        if (named.length === 0 || named.length < MIN_SHARE * failures.length || !isSlot(argument)) continue
        yield draftOf(evidence, {
          inducer: 'totals',
          kind: 'explain-error',
          options: { advice: 'amounts-add-up', slots: { argument } },
          path,
          covered: named.map((failed) => ({ failed, paired: false })),
        })
      }
  },
})

function namesSum({ input, message }: FailedCall, path: string): boolean {
  const sum = sumOf(valuesAt(input, path))
  const numbers = numbersIn(message)
  return sum !== undefined && sum !== 0 && numbers.includes(sum) && numbers.some((number) => number !== sum)
}

function isSlot(text: string): boolean {
  return text.length > 0 && text.length <= 64 && !/\s/.test(text)
}
