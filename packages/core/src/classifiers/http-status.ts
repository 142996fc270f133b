import { contractVerdict } from '../contract-verdict.ts'
import { type Category, type Classifier, defineClassifier, type Verdict } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { remembering } from '../remember.ts'
import { textCategory } from '../text-category.ts'
import { printedIssues } from '../validation-text.ts'
import { verdict } from '../verdict.ts'

const CATEGORY_OF: Readonly<Record<number, Category>> = {
  ...{ 401: 'auth.denied', 402: 'state.precondition', 403: 'auth.denied', 404: 'state.not_found' },
  ...{
    407: 'auth.denied',
    408: 'exec.timeout',
    504: 'exec.timeout',
    409: 'state.conflict',
    410: 'state.not_found',
  },
  ...{ 412: 'state.precondition', 413: 'result.oversize', 423: 'state.conflict', 428: 'state.precondition' },
  ...{ 429: 'exec.rate_limited', 451: 'auth.denied' },
}

/** In prose only beside a word that makes it a status: `HTTP 404`, `status code: 400`, `503 Service Unavailable`. */
const BESIDE_A_WORD =
  /\b(?:http(?:\s?error|\s?exception|\/\d(?:\.\d)?)?|status(?:\s?code)?|error\s?code|code)[\s:=(]{1,3}([45]\d\d)\b/i
const REASONS =
  'bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request timeout|' +
  'conflict|gone|precondition failed|payload too large|unprocessable|validation failed|locked|too many requests|' +
  'internal server error|not implemented|bad gateway|service unavailable|gateway time-?out|client error|server error'
const PLACES: readonly RegExp[] = [
  BESIDE_A_WORD,
  new RegExp(`(?:^|[:(<\\s])([45]\\d\\d):?\\s(?:${REASONS})\\b`, 'i'),
  // After the request line, and after `failed …:` or `error …:` in front of capital words, a bracket or the end.
  /\b(?:GET|PUT|POST|PATCH|DELETE|HEAD) \S+: ([45]\d\d)\b/,
  /\b(?:[Ee]rror|ERROR|[Ff]ailed|[Ff]ailure)\b[^\n]{0,80}?[:(]\s?([45]\d\d)\b(?=\)|\s*$|:|\s[A-Z<[{])/,
]

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
      const category = categoryOf(status.value)
      const evidence = `status ${status.value}: ${message}`
      return verdict(
        category === 'contract.value' ? requestFault(message) : denied(category, message),
        rank,
        evidence,
        refused,
      )
    }
    if (facts.refusedRequest) return verdict(requestFault(message), 'protocol', message, { effect: 'none' })
    const said = statusInText(message)
    return said === undefined ? undefined : verdict(categoryOf(said), 'text', message)
  },
})

const statusInText = remembering((message: string): number | undefined => {
  const head = message.slice(0, 400)
  if (!/[45]\d\d/.test(head)) return undefined
  for (const place of PLACES) {
    const said = place.exec(head)?.[1]
    if (said) return Number(said)
  }
  return undefined
})

/** Some answer 403 to who asks too often. */
function denied(category: Category, message: string): Category {
  return category === 'auth.denied' && textCategory(message) === 'exec.rate_limited'
    ? 'exec.rate_limited'
    : category
}

/** 400 and 422 say that the request is wrong; the words say how. */
function requestFault(message: string): Category {
  if (
    /\bJSON\b/.test(message) &&
    /\b(?:not (?:a )?valid|invalid|malformed|unexpected|pars(?:e|ing))\b/i.test(message)
  )
    return 'parse.malformed_json'
  const printed = contractVerdict(printedIssues(message), 'protocol', undefined)
  if (printed) return printed.category
  const said = textCategory(message)
  if (said?.startsWith('contract.')) return said
  return said === 'state.conflict' && /\balready\b/i.test(message) ? said : 'contract.value'
}

function categoryOf(status: number): Category {
  return CATEGORY_OF[status] ?? (status >= 500 ? 'exec.unavailable' : 'contract.value')
}
