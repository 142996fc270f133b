import { type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { saysTimeout, waitsForPage } from '../text-timeout.ts'
import { verdict } from '../verdict.ts'

const TIMEOUT_NAME = /(?:^|\.)(?:\w*Time(?:d)?Out(?:Error|Exception|Expired)?|DeadlineExceeded\w*)$/i
const TIMEOUT_CODES: ReadonlySet<string | number> = new Set<string | number>([
  ...['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_TIMEOUT', 'TIMEOUT', 'DEADLINE_EXCEEDED'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  -32001, // MCP: request timed out.
])
/** Nothing was sent yet. */
const UNSENT_CODES: ReadonlySet<string | number> = new Set(['UND_ERR_CONNECT_TIMEOUT'])

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
    // Axios says so of its own time-outs, and of other aborts too.
    if (code === 'ECONNABORTED' && saysTimeout(message.slice(0, 200)))
      return verdict('exec.timeout', 'typed', `${code}: ${message}`)
    if (name !== undefined && TIMEOUT_NAME.test(name))
      return verdict('exec.timeout', 'typed', `${name}: ${message}`)
    return saysTimeout(message.slice(0, 1000)) ? verdict('exec.timeout', 'text', message) : undefined
  },
})
