import { bothOf, saysOnlyThatItFailed, toldIn } from './error-envelope.ts'
import { isJsonObject, type Json } from './json.ts'
import { withoutMarkup } from './message-essence.ts'
import { REMEMBERED_LENGTH, remembering } from './remember.ts'
import type { ErrorFacts, ToolResult } from './trajectory.ts'

/** What a failed result says of itself, wherever the tool wrote it: a thrown error, a result object, JSON in a text. */
export type FailureFacts = {
  /** Who calls it a failure: `host` (an error), or only the `result` inside an envelope of success. */
  said: 'host' | 'result'
  /** The innermost error text; empty where nothing is said. */
  message: string
  name?: string
  code?: string | number
  /** HTTP-like status, and whether the transport reported it or a result object states it. */
  status?: { value: number; on: 'error' | 'result' }
  exitCode?: number
  /** GraphQL (§7.1.2): errors with places in the query and none in the answer refuse the request before it is carried out. */
  refusedRequest?: true
}

const OPENING_BRACE = 123

const known = new WeakMap<ToolResult, FailureFacts | 'none'>()

/**
 * The facts of a failed result; undefined for a success and for control flow. A result that the host calls a success is
 * a failure only by a field that says so (`isError`, `success: false`, a non-null `error`, a status of 400 or more, an
 * exit code), never by its prose. Quick for successes, computed once for failures.
 */
export function failureFacts(result: ToolResult): FailureFacts | undefined {
  if (result !== current) return factsFound(result)
  answer ??= factsFound(result) ?? 'none'
  return answer === 'none' ? undefined : answer
}

/** The result that is being classified: each classifier asks for the same facts. */
let current: ToolResult | undefined
let answer: FailureFacts | 'none' | undefined

/** While a step is classified the facts of its result are found once; afterwards nothing holds on to the result. */
export function whileClassified<Of>(result: ToolResult, classify: () => Of): Of {
  const [outer, outerAnswer] = [current, answer]
  current = result
  answer = undefined
  try {
    return classify()
  } finally {
    current = outer
    answer = outerAnswer
  }
}

function factsFound(result: ToolResult): FailureFacts | undefined {
  const { outcome, value } = result
  if (outcome === 'interrupted') return undefined
  // Every classifier asks this of every success, so it must be quick: a few fields, or the first letter of a text.
  const byField = outcome === 'error' || saysByField(value)
  const text = byField ? undefined : jsonTextOf(value)
  if (!byField && text === undefined) return undefined
  if (outcome === 'error') {
    const facts = recurringFacts(result)
    if (facts) return facts
  }
  const earlier = known.get(result)
  if (earlier) return earlier === 'none' ? undefined : earlier
  // Most texts that could be an envelope say no such thing: to see it again is quicker than to note it of each.
  if (text !== undefined && !SAYS_FAILURE.test(text.slice(0, ENVELOPE_LENGTH))) return undefined
  const facts = outcome === 'error' ? hostFacts(result) : softFacts(result)
  const shared = facts && oneOf(facts)
  known.set(result, shared ?? 'none')
  return shared
}

/**
 * Most failures are an error with a text that came before. Looking the text up is all they cost then: to note the facts
 * of each result by itself takes longer.
 */
function recurringFacts({ error }: ToolResult): FailureFacts | undefined {
  if (!error || error.message === 'unknown error' || error.message.length > REMEMBERED_LENGTH)
    return undefined
  const { said, errors } = errorsWith(error.message)
  if (!said.message) return undefined
  const earlier = errors.find(
    ({ error: { name, code, status } }) =>
      name === error.name && code === error.code && status === error.status,
  )
  if (earlier) return earlier.facts
  const facts = oneOf(factsOfError(said, error))
  if (errors.length < MAX_WITH_MESSAGE) errors.push({ error, facts })
  return facts
}

type KnownError = { error: ErrorFacts; facts: FailureFacts }
const errorsWith = remembering((message: string): { said: Said; errors: KnownError[] } => {
  return { said: readSaid(message, 0), errors: [] }
})

const withMessage = remembering((_message: string): FailureFacts[] => [])
const MAX_WITH_MESSAGE = 8

/** Equal facts are one object, so that what was found out about them once can be remembered with it. */
function oneOf(facts: FailureFacts): FailureFacts {
  const known = withMessage(facts.message)
  const equal = known.find((other) => sameFacts(other, facts))
  if (equal) return equal
  if (known.length < MAX_WITH_MESSAGE) known.push(facts)
  return facts
}

function sameFacts(a: FailureFacts, b: FailureFacts): boolean {
  return (
    a.said === b.said &&
    a.name === b.name &&
    a.code === b.code &&
    a.exitCode === b.exitCode &&
    a.refusedRequest === b.refusedRequest &&
    a.status?.value === b.status?.value &&
    a.status?.on === b.status?.on
  )
}

/** Longest text that is parsed as JSON, in characters. */
const MAX_PARSED = 16_384
/** Envelopes of errors are short: a text that says no such thing at its beginning is not parsed. */
const ENVELOPE_LENGTH = 400
const SAYS_FAILURE = new RegExp(
  [
    '"errors?"\\s*:\\s*(?!\\s|null|false|""|\\[\\s*\\]|\\{\\s*\\}|0\\b)',
    '"isError"\\s*:\\s*true',
    '"(?:success|ok)"\\s*:\\s*false',
    '"(?:status|statusCode|status_code)"\\s*:\\s*(?:[45]\\d\\d\\b|"(?:error|fail)")',
    '"(?:exitCode|exit_code|returncode|return_code)"\\s*:\\s*-?[1-9]',
  ].join('|'),
)

function saysByField(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const said = value as Record<string, unknown>
  return (
    said.isError === true ||
    said.success === false ||
    said.ok === false ||
    Boolean(said.error) ||
    Boolean(said.errors) ||
    isBadStatus(said.status) ||
    isBadStatus(said.statusCode) ||
    isBadStatus(said.status_code) ||
    saysByField(said.body) ||
    saysExit(said) ||
    (typeof said.output === 'string' && isRecord(said.metadata) && saysExit(said.metadata))
  )
}

function saysExit(said: Record<string, unknown>): boolean {
  return Boolean(said.exitCode ?? said.exit_code ?? said.returncode ?? said.return_code)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A text that could be a JSON object, also as the one content part of a result (MCP, LangChain). */
function jsonTextOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === OPENING_BRACE ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const parts = Array.isArray(value) ? value : (value as { content?: unknown }).content
  if (!Array.isArray(parts) || parts.length !== 1) return undefined
  const text = (parts[0] as Part)?.text
  return typeof text === 'string' && text.charCodeAt(0) === OPENING_BRACE ? text : undefined
}

type Part = { text?: unknown } | null | undefined

function isBadStatus(status: unknown): boolean {
  return typeof status === 'number' ? status >= 400 : status === 'error' || status === 'fail'
}

function softFacts(result: ToolResult): FailureFacts | undefined {
  const said = readSaid(result.view(), 0)
  return said.failed ? { said: 'result', ...factsOf(said) } : undefined
}

function hostFacts(result: ToolResult): FailureFacts {
  const { error } = result
  const ownText = error && error.message !== 'unknown error' ? readSaid(error.message, 0) : {}
  return factsOfError(ownText.message ? ownText : { ...readSaid(result.view(), 0), ...ownText }, error)
}

function factsOfError(said: Said, error: ErrorFacts | undefined): FailureFacts {
  return {
    said: 'host',
    ...factsOf(said),
    ...(error?.name === undefined || error.name === 'Error' ? {} : { name: error.name }),
    ...(error?.code === undefined ? {} : { code: error.code }),
    ...exitOf(error?.code, error?.status),
    ...(isHttpStatus(error?.status) ? { status: { value: error.status, on: 'error' as const } } : {}),
  }
}

type Said = {
  failed?: boolean
  message?: string
  name?: string
  code?: string | number
  status?: number
  exitCode?: number
  refusedRequest?: true
}

function factsOf({
  message = '',
  name,
  code,
  status,
  exitCode,
  refusedRequest,
}: Said): Omit<FailureFacts, 'said'> {
  return {
    message: withoutMarkup(message),
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status: { value: status, on: 'result' as const } }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(refusedRequest ? { refusedRequest } : {}),
  }
}

const MAX_DEPTH = 6
/** `not_found_error`, `NOT_FOUND`: a type or a status that is the name of an error. */
const CODE = /^[a-z]+(?:[._][a-z]+)+$|^[A-Z]+(?:_[A-Z]+)+$/

/** What a value says, looking through content parts, wrappers and JSON texts. */
function readSaid(value: Json | undefined, depth: number): Said {
  if (typeof value === 'string') {
    const parsed = depth < MAX_DEPTH ? parsedText(value) : undefined
    const inner = parsed === undefined ? {} : readSaid(parsed, depth + 1)
    // A program that printed nothing said nothing: its envelope is no message.
    const otherwise = inner.exitCode === undefined ? value : ''
    return inner.message || inner.failed ? { message: otherwise, ...inner } : { message: value.trim() }
  }
  if (Array.isArray(value)) {
    const said = value.slice(0, 4).map((item) => (depth < MAX_DEPTH ? readSaid(item, depth + 1) : {}))
    const messages = said.flatMap(({ message }) => (message ? [message] : []))
    return { ...(said.find(({ failed }) => failed) ?? said[0]), message: messages.join('\n') }
  }
  return isJsonObject(value) && depth < MAX_DEPTH ? readObject(value, depth) : {}
}

function readObject(value: { [key: string]: Json }, depth: number): Said {
  const { error, errors, message, detail, details, stderr, text, content, reason, body, output, stdout } =
    value
  const listed =
    Array.isArray(errors) && errors.length > 0 && (value.data ?? null) === null ? errors : undefined
  const nested = isSaid(error) ? readSaid(error, depth + 1) : listed ? readSaid(listed, depth + 1) : {}
  const status = [
    ...[value.status, value.statusCode, value.status_code, value.error_code, nested.status],
    // Google's errors carry the status as their code, and its name as their status.
    typeof message === 'string' && Number(value.code) >= 400 ? value.code : undefined,
  ].find(isHttpStatus)
  // What a program printed, and what is to be known of its run beside it.
  const run = typeof output === 'string' && isJsonObject(value.metadata) ? value.metadata : {}
  const exitCode = [value, run]
    .flatMap((said) => [said.exitCode, said.exit_code, said.returncode, said.return_code])
    .find(Number.isInteger)
  const told = toldIn(value)
  const spoken = [
    bothOf(error, told),
    // Where the error is said to be one and no more, the answer beside it says which.
    saysOnlyThatItFailed(nested.message) ? [details, value.response].find(isSpoken) : undefined,
    nested.message,
    message === undefined ? undefined : told,
    message,
    detail,
    stderr,
    text,
    reason,
    value.msg,
    value.errorMessages,
    content,
    body,
    output,
    stdout,
    value.description,
  ].find(isSpoken)
  const inside = spoken === undefined ? insideMembers(value, errors, depth) : readSaid(spoken, depth + 1)
  const jsend = (value.status === 'error' || value.status === 'fail') && typeof message === 'string'
  const failed =
    value.isError === true ||
    value.success === false ||
    value.ok === false ||
    isSaid(error) ||
    listed !== undefined ||
    jsend ||
    (status !== undefined && status >= 400) ||
    (exitCode !== undefined && exitCode !== 0) ||
    inside.failed === true
  const code =
    [nested.code, Number(value.code) === status ? undefined : value.code].find(
      (found) => typeof found === 'string' || Number.isInteger(found),
    ) ??
    [value.error_type, value.error_code, value.type, value.status].find(
      (found) => typeof found === 'string' && CODE.test(found),
    )
  const name = [nested.name, value.name, value.type].find(
    (found) => typeof found === 'string' && /(?:Error|Exception)$/.test(found),
  )
  return {
    ...inside,
    ...(failed ? { failed } : {}),
    ...(name === undefined ? {} : { name: name as string }),
    ...(code === undefined ? {} : { code: code as string | number }),
    ...(status === undefined ? {} : { status: status as number }),
    ...(exitCode === undefined ? {} : { exitCode: exitCode as number }),
    ...(listed?.every(placesQuery) ? { refusedRequest: true } : {}),
  }
}

function placesQuery(error: Json): boolean {
  return isJsonObject(error) && Array.isArray(error.locations) && error.path === undefined
}

/** A batch whose every item failed has failed; what is wrong with each field stands under its name. */
function insideMembers(value: { [key: string]: Json }, errors: Json | undefined, depth: number): Said {
  const inside = insideList(value, depth)
  if (inside.failed) return inside
  const texts = Object.values(isJsonObject(errors) ? errors : value)
    .flat()
    .filter((text) => typeof text === 'string' && text.includes(' '))
  return texts.length === 0 ? inside : { message: texts.slice(0, 4).join('\n') }
}

/** A batch whose every item failed has failed. */
function insideList(value: { [key: string]: Json }, depth: number): Said {
  const lists = Object.values(value).filter(
    (member) => Array.isArray(member) && member.length > 0,
  ) as Json[][]
  if (lists.length !== 1 || depth + 1 >= MAX_DEPTH) return {}
  const items = (lists[0] as Json[])
    .slice(0, 8)
    .map((item) => (isJsonObject(item) ? readSaid(item, depth + 1) : {}))
  return items.every(({ failed }) => failed) ? (items[0] as Said) : {}
}

/** `"error": null`, `""`, `false`, `0`, `[]` and `{}` say that there is none. */
function isSaid(error: Json | undefined): error is Json {
  if (Array.isArray(error)) return error.length > 0
  if (isJsonObject(error)) return Object.keys(error).length > 0
  return Boolean(error)
}

function isSpoken(value: Json | undefined): value is Json {
  return typeof value === 'string' ? value.trim() !== '' : isSaid(value) && typeof value === 'object'
}

function isHttpStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599
}

/** A child process ends with 0 to 255; Node's errors carry it as `code`, those of its synchronous calls as `status`. */
function exitOf(code: unknown, status: unknown): { exitCode?: number } {
  const exit = [code, status].find(
    (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) < 200,
  )
  const signalled = Number.isInteger(code) && (code as number) <= 255 && (code as number) > 0 ? code : exit
  return signalled === undefined ? {} : { exitCode: signalled as number }
}

function parsedText(text: string): Json | undefined {
  if (text.length > MAX_PARSED || !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
