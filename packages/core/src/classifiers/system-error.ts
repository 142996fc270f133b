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
const CODE_IN_TEXT = /\b(E[A-Z]{3,14}|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND)\b|\[Errno (\d{1,3})\]/g

/** Codes of the operating system: typed on the error, or printed the way Node and Python print them. */
export const systemError: Classifier = defineClassifier({
  name: 'system-error',
  categories: [...new Set(CATEGORY_OF.values())],
  on: 'step',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, message } = facts
    const typed = typeof code === 'string' ? CATEGORY_OF.get(code) : undefined
    if (typed) {
      const details = UNSENT.has(code as string) ? { effect: 'none' as const } : {}
      return verdict(typed, 'typed', `${code}: ${message}`, details)
    }
    // Quicker than to look for whole words.
    if (!/E[A-Z]{3}|_FOUND|\[Errno/.test(message)) return undefined
    for (const [, name, number] of message.slice(0, 1000).matchAll(CODE_IN_TEXT)) {
      const category = CATEGORY_OF.get(name ?? ERRNO[number as string] ?? '')
      if (category) return verdict(category, 'template', message)
    }
    return undefined
  },
})
