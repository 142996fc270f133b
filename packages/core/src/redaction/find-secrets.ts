import { isIntroducedAsPlain, looksRandom } from './entropy.ts'
import { findFormats } from './secret-formats.ts'
import { isPlaceholder, type KeyVerdict, mayNameSecret } from './secret-keys.ts'

/** Bounds of a secret inside a text. */
export type Span = { start: number; end: number }

type Add = (start: number, end: number) => void

/**
 * All secrets inside a text. Every pattern is linear: bounded repeats, and a start that cannot lie inside the run
 * that it scans. `judge` says what the name of a field means.
 */
export function findSecrets(text: string, judge: (name: string) => KeyVerdict, alwaysNamed: boolean): Span[] {
  const spans: Span[] = []
  const add: Add = (start, end) => void (end > start && spans.push({ start, end }))
  findPrivateKeys(text, add)
  if (text.includes('://')) findUrlPasswords(text, add)
  if (alwaysNamed || mayNameSecret(text) || URL_HINT.test(text)) {
    findAssignments(text, judge, add)
    findFlags(text, judge, add)
  }
  if (COMMANDS_HINT.test(text)) findCommands(text, add)
  if (AUTH_HINT.test(text)) findSchemes(text, add)
  findRuns(text, add)
  return spans
}

/** Private keys only: certificates and public keys are public. Without its end the text was cut, and all of it goes. */
function findPrivateKeys(text: string, add: Add): void {
  for (let at = text.indexOf('-----BEGIN'); at >= 0; ) {
    const name = /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text.slice(at, at + 90))?.[0]
    if (!name) {
      at = text.indexOf('-----BEGIN', at + 10)
      continue
    }
    const end = text.indexOf(name.replace('BEGIN', 'END'), at)
    const stop = end < 0 ? text.length : end + name.length - 2
    add(at, stop)
    at = text.indexOf('-----BEGIN', stop)
  }
}

/** `scheme://user:password@host`; the password may hold unencoded `@` and `/` up to the last `@` of the word. */
const URL_PASSWORD = /:\/\/[^\s/?#:@"'`<>]{0,128}:([^\s"'`<>]{1,256})@(?=[A-Za-z0-9[_-])/g

function findUrlPasswords(text: string, add: Add): void {
  for (const match of text.matchAll(URL_PASSWORD)) {
    const password = match[1] as string
    const end = match.index + match[0].length - 1
    // `host:8080/path/@scope` holds no password: what comes first is a port.
    if (/^\d{1,5}[/?#,;)\]]/.test(password) || isPlaceholder(password)) continue
    add(end - password.length, end)
  }
}

/** A name, in quotes or not, then `:`, `=`, `:=` or `=>`. */
const ASSIGNMENT =
  /(?<![\w.])-{0,2}([A-Za-z][\w.-]{1,63})(\\{0,7}["'`]?\]?\*{0,3}[ \t]{0,4}(?:=>|:=|[:=])\*{0,3}[ \t]{0,8})/g

function findAssignments(text: string, judge: (name: string) => KeyVerdict, add: Add): void {
  /** Where the line of cookies that was read last ends: a line that says `cookie:` again is not read again. */
  let cookiesUntil = 0
  for (const match of text.matchAll(ASSIGNMENT)) {
    const name = match[1] as string
    const verdict = judge(name)
    if (!verdict) {
      if (URL_KEYS.test(name) && /[?&]/.test(text[match.index - 1] ?? '')) findUrlKey(text, match, add)
      continue
    }
    const start = match.index + match[0].length
    const isCookie = COOKIE_NAME.test(name)
    if (isCookie && start < cookiesUntil) continue
    const quote = /^(\\{0,7})(["'`])/.exec(text.slice(start, start + 8))
    const value = quote ? quoted(text, start + quote[0].length, quote[0]) : bare(text, start)
    const accepted = quote
      ? accepts(verdict, value) && !isParserToken(text, match.index, name, value)
      : acceptsBare(text, match, verdict, value)
    if (!accepted) continue
    const from = start + (quote?.[0].length ?? 0)
    if (!isCookie) addValue(text, from, value, name, add)
    else {
      const cookies = quote ? value : text.slice(from, lineEnd(text, from))
      cookiesUntil = from + cookies.length
      for (const span of cookieSpans(cookies, name)) add(from + span.start, from + span.end)
    }
  }
}

/** Parameters that are secrets in addresses only, where they sign or open what the address names. */
const URL_HINT = /[?&](?:x-(?:amz|goog)-)?(?:sig|hmac|code_verifier)/i
const URL_KEYS = /^(?:sig|signature|x-amz-signature|x-goog-signature|key|hmac|code_verifier)$/i

function findUrlKey(text: string, match: RegExpExecArray | RegExpMatchArray, add: Add): void {
  const start = (match.index as number) + match[0].length
  const value = bare(text, start)
  if (value.length >= 16 && /\d/.test(value)) add(start, start + value.length)
}

const LONGEST_VALUE = 4_096

/** The text up to the closing quote; where that is missing the text was cut, and the line counts. */
function quoted(text: string, start: number, quote: string): string {
  if (quote.length > 1) {
    const end = text.indexOf(quote, start)
    return text.slice(start, end < 0 || end - start > LONGEST_VALUE ? lineEnd(text, start) : end)
  }
  for (let end = start; end < text.length && end - start < LONGEST_VALUE; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === quote) return text.slice(start, end)
  }
  return text.slice(start, lineEnd(text, start))
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

function bare(text: string, start: number): string {
  BARE.lastIndex = start
  return BARE.exec(text)?.[0] ?? ''
}

const BARE = /[^\s,;&"'`<>()[\]{}|\\]{0,512}/y

/** Whether a value of its own (quoted, or a field's whole value) is the secret that its name announces. */
export function accepts(verdict: KeyVerdict, value: string): boolean {
  if (!verdict || isPlaceholder(value)) return false
  if (verdict === 'code') return /^\d{3,8}$/.test(value)
  return verdict !== 'opaque' || looksOpaque(value)
}

/** One word with letters and something else in it. */
function looksOpaque(value: string): boolean {
  return (
    value.length >= 6 &&
    !/\s/.test(value) &&
    /[^A-Za-z]/.test(value.replace(/[-_ ]/g, '')) &&
    /[A-Za-z]/.test(value)
  )
}

/** `Unexpected token: "}"`: a parser speaks of its own tokens. */
function isParserToken(text: string, at: number, name: string, value: string): boolean {
  return (
    /^tokens?$/i.test(name) && value.length < 16 && PARSER_WORDS.test(text.slice(Math.max(0, at - 16), at))
  )
}

const PARSER_WORDS = /(?:unexpected|invalid|unknown|illegal|expected|bad|next|first|last)\s$/i

/** Without quotes a name and a colon can be prose (`password: must be longer`) or code (`token = response.token`). */
function acceptsBare(text: string, match: RegExpMatchArray, verdict: KeyVerdict, value: string): boolean {
  if (COOKIE_NAME.test(match[1] as string) || AUTHORIZATION_NAME.test(match[1] as string)) return value !== ''
  const start = (match.index as number) + match[0].length
  const next = text[start + value.length]
  if (!accepts(verdict, value) || next === '(' || next === '[' || /^\w+:\/\//.test(value)) return false
  if (isParserToken(text, match.index as number, match[1] as string, value)) return false
  const separator = (match[2] as string).replace(/[\\"'`\]*]/g, '')
  // Code that hands a variable on: `password=password`, `token=self.token`, `secret=get_secret()`.
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(value) && mayNameSecret(value) && !/\d/.test(value))
    return false
  if (separator === '=') return true
  const digits = /\d/.test(value)
  if (verdict === 'number')
    return digits || /[^\w.:-]/.test(value) || (value.length >= 6 && endsLine(text, start + value.length))
  return value.length >= 8 && digits && /[A-Za-z]/.test(value)
}

function endsLine(text: string, at: number): boolean {
  return (
    /^[ \t]*(?:\r?\n|$)/.test(text.slice(at, at + 40)) && !PROSE.test(text.slice(Math.max(0, at - 24), at))
  )
}

const PROSE =
  /(?:required|missing|invalid|incorrect|expired|wrong|empty|optional|mismatch|forbidden|denied|failed|error|field)\.?$/i
const COOKIE_NAME = /(?:^|[-_.])cookies?$/i
const AUTHORIZATION_NAME = /(?:^|[-_.])authorization$/i

/** Adds what is secret of a value: not the scheme of an authorization. */
function addValue(text: string, start: number, value: string, name: string, add: Add): void {
  if (AUTHORIZATION_NAME.test(name) && !/\s/.test(value)) {
    // Without quotes the value ends at white space: the scheme, and the secret comes after it.
    const rest = text.slice(start, Math.min(lineEnd(text, start), start + LONGEST_VALUE))
    const scheme = schemeOf(rest)
    if (scheme) {
      const secret = bare(text, start + scheme)
      if (secret.length >= 8 && !isPlaceholder(secret)) add(start + scheme, start + scheme + secret.length)
      return
    }
    if (value.length < 8 || !/\d/.test(value)) return
  }
  const scheme = schemeOf(value)
  const inner = value.slice(scheme)
  add(start + scheme + (inner.length - inner.trimStart().length), start + value.trimEnd().length)
}

/** Length of `Bearer ` and its like at the beginning of a value; 0 where there is none. */
export function schemeOf(value: string): number {
  return (
    /^\s*(?:Bearer|Basic|Token|Digest|Negotiate|ApiKey|Bot|GenieKey|AWS4-HMAC-SHA256)\s+/i.exec(value)?.[0]
      .length ?? 0
  )
}

/** The values of a cookie header; of `Set-Cookie` only the first, the rest are attributes. */
export function cookieSpans(header: string, name: string): Span[] {
  const spans: Span[] = []
  for (const match of header.matchAll(/([^=;\s]{1,128})=([^;\s"'\\]{1,4096})/g)) {
    const value = match[2] as string
    const end = (match.index as number) + match[0].length
    if (!isPlaceholder(value)) spans.push({ start: end - value.length, end })
    if (/set/i.test(name)) break
  }
  return spans
}

/** `--password hunter2`, with a space. */
const FLAG = /(?<![\w-])--([A-Za-z][\w-]{1,40})[ \t]{1,4}(["']?)([^\s"'`;|&<>]{1,512})/g

function findFlags(text: string, judge: (name: string) => KeyVerdict, add: Add): void {
  for (const match of text.matchAll(FLAG)) {
    const value = match[3] as string
    if (!accepts(judge(match[1] as string), value) || /^[-$]/.test(value)) continue
    const end = (match.index as number) + match[0].length
    add(end - value.length, end)
  }
}

const COMMANDS_HINT = /sshpass|curl|wget|mysql|identified|password\s/i
/** Commands and statements that take a password in their own way; the last group is the password. */
const COMMANDS: readonly RegExp[] = [
  /\bsshpass[ \t]{1,4}-p[ \t]{0,4}["']?([^\s"']{1,128})/g,
  /\b(?:curl|wget)\b[^\n|;]{0,300}?[ \t](?:-u|--user)[ =]?["']?[^\s:"']{1,128}:([^\s"']{1,128})/g,
  /\bmysql(?:dump|admin|sh)?\b[^\n|;]{0,300}?[ \t]-p["']?([^\s"'-][^\s"']{1,127})/g,
  /\b(?:identified[ \t]{1,4}(?:with[ \t]{1,4}\S{1,40}[ \t]{1,4})?by|password)[ \t]{1,4}(?:'([^'\n]{1,128})'|"([^"\n]{1,128})")/gi,
]

function findCommands(text: string, add: Add): void {
  for (const pattern of COMMANDS)
    for (const match of text.matchAll(pattern)) {
      const secret = (match[2] ?? match[1]) as string
      if (isPlaceholder(secret)) continue
      const start = (match.index as number) + match[0].lastIndexOf(secret)
      add(start, start + secret.length)
    }
}

const AUTH_HINT = /bearer|basic/i
const SCHEME = /(?<![\w-])(bearer|basic)[ \t]{1,4}([A-Za-z0-9._~+/=-]{8,4096})/gi

/** `Bearer …` and `Basic …` anywhere; `bearer authentication` and `basic understanding` are prose. */
function findSchemes(text: string, add: Add): void {
  for (const match of text.matchAll(SCHEME)) {
    const secret = match[2] as string
    const isSecret = /^b?earer$/i.test(match[1] as string)
      ? /\d/.test(secret) || (secret.length >= 20 && /[A-Z]/.test(secret) && /[a-z]/.test(secret))
      : isBasicCredential(secret)
    const end = (match.index as number) + match[0].length
    if (isSecret) add(end - secret.length, end)
  }
}

/** The base64 of `user:password`. */
function isBasicCredential(text: string): boolean {
  try {
    return /^[^\p{Cc}:]*:/u.test(atob(text))
  } catch {
    return false
  }
}

const RANDOM = /[A-Za-z0-9_+/=-]{32,}/g

/** Well-known formats, and what looks random, inside the runs of characters that keys are made of. */
function findRuns(text: string, add: Add): void {
  for (const { start, end } of keyRuns(text)) {
    const run = text.slice(start, end)
    findFormats(run, (from, to) => add(start + from, start + to))
    if (run.length >= 32) findRandom(text, run, start, add)
  }
}

function findRandom(text: string, run: string, offset: number, add: Add): void {
  for (const { 0: candidate, index } of run.matchAll(RANDOM)) {
    // A name and `=` are in the run's alphabet too: `KEY=value`.
    const from = /^[A-Za-z_]{1,40}=(?!=?$)/.exec(candidate)?.[0].length ?? 0
    const start = offset + index + from
    const end = offset + index + candidate.length
    if (!looksRandom(candidate.slice(from)) || isWrapped(text, start, end)) continue
    if (!isIntroducedAsPlain(text.slice(Math.max(0, start - 48), start))) add(start, end)
  }
}

const KEY_CHARACTERS = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.~-')
  KEY_CHARACTERS[character.charCodeAt(0)] = 1
const SHORTEST_RUN = 16

/**
 * All runs of at least 16 key characters. Only every sixteenth character is looked at until one of them could lie
 * inside a run, which is several times as fast as a pattern: nearly all words of ordinary text are shorter.
 */
function keyRuns(text: string): Span[] {
  const runs: Span[] = []
  const isKey = (at: number) => KEY_CHARACTERS[text.charCodeAt(at)] === 1
  for (let probe = SHORTEST_RUN - 1; probe < text.length; probe += SHORTEST_RUN) {
    if (!isKey(probe)) continue
    const floor = runs.at(-1)?.end ?? 0
    let start = probe
    while (start > floor && isKey(start - 1)) start--
    let end = probe + 1
    while (end < text.length && isKey(end)) end++
    if (end - start < SHORTEST_RUN) continue
    runs.push({ start, end })
    probe = end
  }
  return runs
}

/** A line of base64 content between others of its length (64 or 76 characters). */
function isWrapped(text: string, start: number, end: number): boolean {
  if (end - start < 60) return false
  return (
    /[A-Za-z0-9+/]{60,}\\?[nr]?\s?$/.test(text.slice(Math.max(0, start - 80), start)) ||
    /^(?:\\[nr]|\s)[A-Za-z0-9+/]{20,}/.test(text.slice(end, end + 80))
  )
}
