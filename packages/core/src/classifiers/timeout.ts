import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { anyMatch } from '../pattern-filter.ts'
import { verdict } from '../verdict.ts'

const TIMEOUT_NAME = /(?:^|\.)(?:\w*Time(?:d)?Out(?:Error|Exception|Expired)?|DeadlineExceeded\w*)$/i
const TIMEOUT_CODES: ReadonlySet<string | number> = new Set<string | number>([
  ...['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_TIMEOUT', 'TIMEOUT', 'DEADLINE_EXCEEDED', 'ECONNABORTED_TIMEOUT'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  -32001, // MCP: request timed out.
])
/** Nothing was sent yet. */
const UNSENT_CODES: ReadonlySet<string | number> = new Set(['UND_ERR_CONNECT_TIMEOUT'])
/** Whether a text speaks of an answer that did not come in time. */
export const saysTimeout: (text: string) => boolean = anyMatch(
  new RegExp(
    [
      /\btimed[ -]?out\b|\b(?:has|have|had|did|will|would) time out\b/,
      /\btime-?out (?:error|exceeded|expired|reached|occurred|elapsed|after|while|waiting|of \d)/,
      /\btime-?out\b.{0,20}\bexceeded/,
      /\b(?:request|connection|connect|gateway|read|write|operation|query|execution|command|response|socket|navigation) time-?out\b(?! (?:limit|value|option|setting|parameter))/,
      /^(?:error: )?time-?out\b(?! (?:limit|value|option|setting|parameter))/,
      /\bdue to (?:\w+ ){0,2}time-?out\b|\bdeadline exceeded\b|\b(?:took|taking) too long\b|\bno (?:response|answer) (?:with)?in\b/,
    ]
      .map(({ source }) => source)
      .join('|'),
    'im',
  ),
)
/** A page that does not show what is waited for has changed: that is not slowness. */
export const waitsForPage: (text: string) => boolean = anyMatch(
  /\bwaiting for (?:locator|selector|element)\b/i,
)

/** No answer in time. */
export const timeout: Classifier = defineClassifier({
  name: 'timeout',
  categories: ['exec.timeout'],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, name, message } = facts
    if (waitsForPage(message)) return undefined
    if (code !== undefined && TIMEOUT_CODES.has(code)) {
      return verdict(
        'exec.timeout',
        'typed',
        `${code}: ${message}`,
        UNSENT_CODES.has(code) ? { effect: 'none' } : {},
      )
    }
    if (name !== undefined && TIMEOUT_NAME.test(name))
      return verdict('exec.timeout', 'typed', `${name}: ${message}`)
    return saysTimeout(message.slice(0, 1000)) ? verdict('exec.timeout', 'text', message) : undefined
  },
})
