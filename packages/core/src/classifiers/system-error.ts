import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { verdict } from '../verdict.ts'

const codes = (category: Category, names: string): [string, Category][] =>
  names.split(' ').map((name) => [name, category])

/** Error codes of operating systems, as Node and libuv spell them. */
const CATEGORY_OF: ReadonlyMap<string, Category> = new Map([
  ...codes('state.not_found', 'ENOENT ESRCH ENODEV ENXIO'),
  ...codes('auth.denied', 'EACCES EPERM EROFS'),
  ...codes('state.conflict', 'EEXIST ENOTEMPTY EBUSY ETXTBSY EADDRINUSE'),
  ...codes(
    'contract.value',
    'EINVAL EISDIR ENOTDIR ENAMETOOLONG ELOOP EBADF E2BIG EDOM ERANGE ERR_INVALID_URL',
  ),
  ...codes(
    'exec.unavailable',
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE EHOSTUNREACH EHOSTDOWN ENETUNREACH ENETDOWN',
  ),
  ...codes(
    'exec.unavailable',
    'ENOTFOUND EAI_AGAIN EAI_FAIL ENOSPC EDQUOT ENOMEM EMFILE ENFILE EIO UND_ERR_SOCKET',
  ),
  ...codes('exec.dependency', 'ENOSYS ENOEXEC MODULE_NOT_FOUND ERR_MODULE_NOT_FOUND'),
  ...codes('exec.timeout', 'ETIMEDOUT'),
  ...codes('contract.type', 'ERR_INVALID_ARG_TYPE'),
  ...codes('contract.missing_param', 'ERR_MISSING_ARGS'),
  ...codes(
    'contract.value',
    'ERR_INVALID_ARG_VALUE ERR_OUT_OF_RANGE ERR_UNKNOWN_ENCODING UND_ERR_INVALID_ARG',
  ),
  ...codes(
    'exec.unavailable',
    'EPROTO DEPTH_ZERO_SELF_SIGNED_CERT UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_HAS_EXPIRED',
  ),
])
/** Codes of TLS, of the HTTP parser and of the HTTP client: no answer came. */
const NO_ANSWER = /^(?:ERR_SSL_|ERR_TLS_|HPE_|UND_ERR_(?!INVALID|ABORTED|\w*TIMEOUT))/
/** Of gRPC and the APIs built on it (google.rpc.Code). */
const RPC: ReadonlyMap<string, Category> = new Map([
  ...codes('contract.value', 'OUT_OF_RANGE'),
  ...codes('exec.timeout', 'DEADLINE_EXCEEDED'),
  ...codes('state.not_found', 'NOT_FOUND'),
  ...codes('state.conflict', 'ALREADY_EXISTS ABORTED'),
  ...codes('auth.denied', 'PERMISSION_DENIED UNAUTHENTICATED'),
  ...codes('exec.rate_limited', 'RESOURCE_EXHAUSTED'),
  ...codes('state.precondition', 'FAILED_PRECONDITION'),
  ...codes('exec.dependency', 'UNIMPLEMENTED'),
  ...codes('exec.unavailable', 'UNAVAILABLE INTERNAL'),
])
/** Browsers' network errors; those that are not listed mean that no page came. */
const BROWSER: ReadonlyMap<string, Category> = new Map([
  ...codes('state.not_found', 'FILE_NOT_FOUND'),
  ...codes('exec.timeout', 'TIMED_OUT CONNECTION_TIMED_OUT'),
  ...codes('auth.denied', 'ACCESS_DENIED BLOCKED_BY_CLIENT BLOCKED_BY_ADMINISTRATOR BLOCKED_BY_RESPONSE'),
  ...codes('contract.value', 'INVALID_URL UNKNOWN_URL_SCHEME DISALLOWED_URL_SCHEME UNSAFE_PORT'),
])
/** No connection came about, so nothing was sent. */
const UNSENT: ReadonlySet<string> = new Set(
  'ECONNREFUSED EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' '),
)

/** Numbers that Python prints: `[Errno 2] No such file or directory`. */
const ERRNO: Readonly<Record<string, string>> = {
  ...{
    1: 'EPERM',
    2: 'ENOENT',
    12: 'ENOMEM',
    13: 'EACCES',
    17: 'EEXIST',
    20: 'ENOTDIR',
    21: 'EISDIR',
    22: 'EINVAL',
  },
  ...{ 28: 'ENOSPC', 30: 'EROFS', 32: 'EPIPE', 36: 'ENAMETOOLONG', 39: 'ENOTEMPTY', 98: 'EADDRINUSE' },
  ...{ 101: 'ENETUNREACH', 104: 'ECONNRESET', 110: 'ETIMEDOUT', 111: 'ECONNREFUSED', 113: 'EHOSTUNREACH' },
}
/** In the texts of its own pages a browser leaves out the prefix. */
const IN_BROWSER =
  /\b(?:net::ERR_(?=[A-Z_]+)|ERR_(?=(?:CONNECTION|NAME|ADDRESS|INTERNET|NETWORK|PROXY|TUNNEL|SSL|CERT)_|(?:EMPTY_RESPONSE|TIMED_OUT|TOO_MANY_REDIRECTS|FILE_NOT_FOUND)\b))([A-Z_]+)/
const CODE_IN_TEXT = /\b(E[A-Z]{3,14}|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND)\b|\[Errno (\d{1,3})\]/g

/** Node names the program that it did not find as it names a file. */
const SPAWNED = /\bspawn(?:Sync)? \S+ ENOENT\b/

/** Codes of the operating system: typed on the error, or printed the way Node and Python print them. */
export const systemError: Classifier = defineClassifier({
  name: 'system-error',
  categories: [...new Set([...CATEGORY_OF.values(), ...RPC.values(), ...BROWSER.values()])],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, message } = facts
    const typed = typeof code === 'string' ? typedCategory(code) : undefined
    if (message.includes('spawn') && !/\bcwd\b/.test(message) && SPAWNED.test(message))
      return verdict('exec.dependency', typed ? 'typed' : 'template', message)
    if (typed) {
      const details = UNSENT.has(code as string) ? { effect: 'none' as const } : {}
      return verdict(typed, 'typed', `${code}: ${message}`, details)
    }
    const page = message.includes('ERR_') ? IN_BROWSER.exec(message.slice(0, 1000))?.[1] : undefined
    if (page) return verdict(BROWSER.get(page) ?? 'exec.unavailable', 'template', message)
    // Quicker than to look for whole words.
    if (!/E[A-Z]{3}|_FOUND|\[Errno/.test(message)) return undefined
    for (const [, name, number] of message.slice(0, 1000).matchAll(CODE_IN_TEXT)) {
      const category = CATEGORY_OF.get(name ?? ERRNO[number as string] ?? '')
      if (category) return verdict(category, 'template', message)
    }
    return undefined
  },
})

function typedCategory(code: string): Category | undefined {
  return CATEGORY_OF.get(code) ?? RPC.get(code) ?? (NO_ANSWER.test(code) ? 'exec.unavailable' : undefined)
}
