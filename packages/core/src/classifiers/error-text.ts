import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { textJudgement } from '../text-category.ts'
import { FAMILY_CATEGORIES } from '../text-saying.ts'
import { tellsOfTimeout } from '../text-timeout.ts'
import { verdict } from '../verdict.ts'

/** What the text says in phrases, in the words of no tool in particular. */
export const errorText: Classifier = defineClassifier({
  name: 'error-text',
  categories: [...FAMILY_CATEGORIES, 'result.empty'],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { message } = facts
    if (message.trim() === '')
      return facts.said === 'host' ? verdict('result.empty', 'text', 'an error without a word') : undefined
    // The page that did not come is another matter than the element that did not.
    if (tellsOfTimeout(message)) return undefined
    const judged = textJudgement(message)
    return judged?.by === 'families'
      ? verdict(judged.category, 'text', message, { effect: 'possible' })
      : undefined
  },
})
