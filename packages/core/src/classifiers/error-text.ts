import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { TEXT_CATEGORIES, textCategory } from '../text-category.ts'
import { saysTimeout, waitsForPage } from '../text-timeout.ts'
import { verdict } from '../verdict.ts'

/** Last resort of the classifiers: what the text says, in the words of no tool in particular. */
export const errorText: Classifier = defineClassifier({
  name: 'error-text',
  categories: [...TEXT_CATEGORIES, 'result.empty'],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { message } = facts
    if (message.trim() === '')
      return facts.said === 'host' ? verdict('result.empty', 'text', 'an error without a word') : undefined
    // The page that did not come is another matter than the element that did not.
    if (saysTimeout(message.slice(0, 500)) && !waitsForPage(message)) return undefined
    const category = textCategory(message)
    return category && verdict(category, 'text', message)
  },
})
