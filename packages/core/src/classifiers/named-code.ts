import { codeCategory, shownCodeCategory } from '../code-category.ts'
import { CATEGORIES, type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { textCategory } from '../text-category.ts'
import { verdict } from '../verdict.ts'

/** Names that tools give to everything that is wrong with a call: how it is wrong stands in the message. */
const COARSE: ReadonlySet<Category> = new Set(['contract.value', 'exec.unavailable', 'state.precondition'])

/** The name that a tool gives to an error, in a field or in its message: `resource_missing`, `ResourceNotFoundException`. */
export const namedCode: Classifier = defineClassifier({
  name: 'named-code',
  categories: CATEGORIES.filter((category) =>
    /^(?:parse|resolve|contract|state|auth|exec|result)\./.test(category),
  ),
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, message } = facts
    const typed = typeof code === 'string' ? codeCategory(code) : undefined
    const found = typed ?? shownCodeCategory(message)
    if (!found) return undefined
    const evidence = typed ? `${code}: ${message}` : message
    if (COARSE.has(found)) {
      const said = message !== code && message.includes(' ') ? textCategory(message) : undefined
      return said ? undefined : verdict(found, 'text', evidence)
    }
    return verdict(found, typed ? 'typed' : 'template', evidence)
  },
})
