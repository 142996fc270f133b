import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { programFault as faultIn } from '../program-text.ts'
import { verdict } from '../verdict.ts'

/** A compiler or an interpreter refused the program it was given: what is wrong is in that text. */
export const programFault: Classifier = defineClassifier({
  name: 'program-fault',
  categories: ['parse.malformed_json', 'contract.value', 'state.not_found', 'exec.dependency'],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    const category = facts && faultIn(facts.message)
    if (!facts || !category) return undefined
    return verdict(category, facts.exitCode === undefined ? 'template' : 'protocol', facts.message)
  },
})
