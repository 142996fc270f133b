import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { verdict } from '../verdict.ts'

/**
 * A success of the host whose content says in a field that it failed. That it failed is certain; of what kind is left
 * to any classifier that knows, and so this verdict has the weakest rank.
 */
export const softFailure: Classifier = defineClassifier({
  name: 'soft-failure',
  categories: ['result.soft_failure'],
  on: 'facts',
  classify({ result }) {
    const facts = result.outcome === 'ok' ? failureFacts(result) : undefined
    return (
      facts &&
      verdict('result.soft_failure', 'text', facts.message || 'a field of the result says that it failed')
    )
  },
})
