import { shownCodeCategory } from '../code-category.ts'
import { contractVerdict } from '../contract-verdict.ts'
import { type Category, type Classifier, defineClassifier, type Verdict } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { statusCategory, statusInText } from '../status-text.ts'
import { textJudgement } from '../text-category.ts'
import { printedIssues } from '../validation-text.ts'
import { verdict } from '../verdict.ts'

/**
 * HTTP statuses, reported by the transport (typed), stated in a result object, or, last, named in the text; and the errors
 * of GraphQL, whose answers have the status of a success.
 */
export const httpStatus: Classifier = defineClassifier({
  name: 'http-status',
  categories: [
    'parse.malformed_json',
    'contract.missing_param',
    'contract.misnamed_param',
    'contract.type',
    'contract.value',
    'state.precondition',
    'state.not_found',
    'state.conflict',
    'auth.denied',
    'exec.rate_limited',
    'exec.timeout',
    'exec.unavailable',
    'result.oversize',
  ],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { status, message } = facts
    if (status && status.value >= 400) {
      // A refusal by the server itself means that the request was not carried out; one that a tool relays may be its last of many.
      const refused: Partial<Verdict> = status.on === 'error' && status.value < 500 ? { effect: 'none' } : {}
      const rank = status.on === 'error' ? 'typed' : 'protocol'
      const evidence = `status ${status.value}: ${message}`
      return verdict(meant(status.value, message), rank, evidence, refused)
    }
    if (facts.refusedRequest)
      return verdict(requestFault(message, TOLD_OF_QUERY), 'protocol', message, { effect: 'none' })
    const said = statusInText(message)
    if (said === undefined) return undefined
    const category = refusedIn(said, message) ?? denied(statusCategory(said), message)
    return verdict(category, decidesAlone(category, message) ? 'template' : 'text', message)
  },
})

/** A status of one meaning, where the words beside it tell no more than that something was refused. */
function decidesAlone(category: Category, message: string): boolean {
  if (category === 'contract.value' || category === 'exec.unavailable') return false
  const judged = textJudgement(message)
  return !judged || judged.by === 'words' || VAGUE.has(judged.category)
}
const VAGUE: ReadonlySet<Category> = new Set(['contract.value', 'exec.unavailable'])

/** What a status means together with what is said beside it. */
function meant(status: number, message: string): Category {
  const category = statusCategory(status)
  return category === 'contract.value' && status !== NOT_THAT_METHOD
    ? requestFault(message, TOLD_WITH_400)
    : denied(category, message)
}

/** Of a status in a text words are less sure: a phrase must say how the request is wrong, or a name of the error. */
function refusedIn(status: number, message: string): Category | undefined {
  if (status !== 400 && status !== 422) return undefined
  const judged = textJudgement(message)
  return howWrong(judged?.by === 'families' ? judged.category : undefined, message, TOLD_IN_TEXT)
}

/** What tells more than that a request is wrong: what is said, or the name that the error has. */
function howWrong(said: Category | undefined, message: string, told: RegExp): Category | undefined {
  const tells = (one: Category | undefined) => one && one !== 'contract.value' && told.test(one)
  if (tells(said)) return said
  const named = shownCodeCategory(message)
  return tells(named) ? named : undefined
}

/** Some answer 403 to who asks too often. */
function denied(category: Category, message: string): Category {
  return category === 'auth.denied' && saidOf(message) === 'exec.rate_limited'
    ? 'exec.rate_limited'
    : category
}

/** What a status is overruled by. To wait and call again needs a phrase that says so: words that weigh that much are too few. */
function saidOf(message: string): Category | undefined {
  const judged = textJudgement(message)
  return judged?.category === 'exec.rate_limited' && judged.by === 'words' ? undefined : judged?.category
}

/** Whatever the words: they speak of a method that is not allowed, not of a person. */
const NOT_THAT_METHOD = 405

/** Many answer 400 to whatever they refuse; that something is down or broken is no refusal. */
const TOLD_WITH_400 = /^(?:contract|state|auth)\.|^exec\.rate_limited$|^result\.oversize$/
const TOLD_IN_TEXT = /^contract\./
/** A query that is refused before it is carried out has met no state: what is unknown in it is a word of the schema. */
const TOLD_OF_QUERY = /^(?:contract|auth)\./

/** 400 and 422 say that the request is wrong; the words say how. */
function requestFault(message: string, told: RegExp): Category {
  if (
    /\bJSON\b/.test(message) &&
    /\b(?:not (?:a )?valid|invalid|malformed|unexpected|pars(?:e|ing))\b/i.test(message)
  )
    return 'parse.malformed_json'
  const printed = contractVerdict(printedIssues(message), 'protocol', undefined)
  if (printed) return printed.category
  return howWrong(saidOf(message), message, told) ?? 'contract.value'
}
