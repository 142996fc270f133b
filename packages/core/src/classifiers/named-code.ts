import { codeCategory, shownCodeCategory } from '../code-category.ts'
import { CATEGORIES, type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { textJudgement } from '../text-category.ts'
import { waitsForPage } from '../text-timeout.ts'
import { printedIssues } from '../validation-text.ts'
import { verdict } from '../verdict.ts'

/** Names that tools give to everything that is wrong with a call: how it is wrong stands in the message. */
const COARSE: ReadonlySet<Category> = new Set(['contract.value', 'exec.unavailable', 'state.precondition'])

/** Of a status of gRPC only a phrase tells more: what stands behind it often says nothing. */
const STATUS_OF_RPC = /^\d{1,2} [A-Z_]+: |\brpc error: code = /

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
    // A browser calls it a time-out that the page does not show what was waited for.
    if (!found || (found === 'exec.timeout' && waitsForPage(message))) return undefined
    const evidence = typed ? `${code}: ${message}` : message
    // A validator's name of an issue says less than the issue.
    if (printedIssues(message).length > 0) return undefined
    if (COARSE.has(found)) {
      const said = message !== code && message.includes(' ') ? textJudgement(message) : undefined
      if (said && !(said.by === 'words' && STATUS_OF_RPC.test(message))) return undefined
      return verdict(found, said ? 'template' : 'text', evidence)
    }
    return verdict(found, typed ? 'typed' : 'template', evidence)
  },
})
