import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { statusInText } from '../status-text.ts'
import { textJudgement } from '../text-category.ts'
import { tellsOfTimeout } from '../text-timeout.ts'
import { verdict } from '../verdict.ts'
import { WEIGHED_CATEGORIES } from '../word-weights.ts'

/** Last resort of the classifiers: what the words of a text weigh together, where no phrase tells, or one that seldom tells the truth. */
export const weighedWords: Classifier = defineClassifier({
  name: 'weighed-words',
  categories: WEIGHED_CATEGORIES,
  on: 'facts',
  classify(step) {
    const message = failureFacts(step.result)?.message
    if (!message) return undefined
    if (tellsOfTimeout(message)) return undefined
    const judged = textJudgement(message)
    // A status that a text names tells more than its words.
    if (judged?.by !== 'words' || statusInText(message) !== undefined) return undefined
    // Words are no proof of what a call did, whatever their category means where it is certain.
    return verdict(judged.category, 'text', message, { effect: 'possible' })
  },
})
