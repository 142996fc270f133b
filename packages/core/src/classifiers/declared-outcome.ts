import { type Classifier, defineClassifier } from '../failure.ts'
import { verdict } from '../verdict.ts'

/**
 * A result that the host calls a success and the user's configuration (`succeeded`) a failure. Where the host calls it
 * a failure too, the other classifiers know better which one.
 */
export const declaredOutcome: Classifier = defineClassifier({
  name: 'declared-outcome',
  categories: ['result.soft_failure'],
  on: 'step',
  classify({ result }, context) {
    if (result.outcome !== 'ok' || context.succeeded() !== false) return undefined
    return verdict('result.soft_failure', 'typed', 'declared a failure by the configuration of the tool')
  },
})
