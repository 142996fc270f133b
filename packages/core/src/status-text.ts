import type { Category } from './failure.ts'
import { FEW, remembering } from './remember.ts'

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
  /\b(?:http(?:\s?error|\s?exception|\/\d(?:\.\d)?)?|status(?:\s?code)?|error\s?code|code)[\s:=(]{1,3}(?:is |was |of )?([45]\d\d)\b/i
const REASONS =
  'bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request timeout|' +
  'conflict|gone|precondition failed|payload too large|unprocessable|validation failed|locked|too many requests|' +
  'internal server error|not implemented|bad gateway|service unavailable|gateway time-?out|client error|server error'
const PLACES: readonly RegExp[] = [
  BESIDE_A_WORD,
  new RegExp(`(?:^|[:(<\\s'"])([45]\\d\\d):?\\s(?:status code|${REASONS})\\b`, 'i'),
  /\b(?:server|http|unexpected) response: ([45]\d\d)\b/i,
  // After the request line, and after `failed …:` or `error …:` in front of capital words, a bracket or the end.
  /\b(?:GET|PUT|POST|PATCH|DELETE|HEAD) \S+: ([45]\d\d)\b/,
  /\b(?:[Ee]rror|ERROR|[Ff]ailed|[Ff]ailure)\b[^\n]{0,80}?[:(]\s?([45]\d\d)\b(?=\)|\s*$|:|\s[A-Z<[{])/,
]

/** The status that a text names; undefined where a number is none. */
export const statusInText: (message: string) => number | undefined = remembering((message) => {
  const head = message.slice(0, 400)
  if (!/[45]\d\d/.test(head)) return undefined
  for (const place of PLACES) {
    const said = place.exec(head)?.[1]
    if (said) return Number(said)
  }
  return undefined
}, FEW)

/** What a status of 400 or more means. */
export function statusCategory(status: number): Category {
  return CATEGORY_OF[status] ?? (status >= 500 ? 'exec.unavailable' : 'contract.value')
}
