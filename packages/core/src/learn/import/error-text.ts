import { bothOf, saysOnlyThatItFailed } from '../../error-envelope.ts'
import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { ErrorFacts } from '../../trajectory.ts'
import { exitNote } from './exit-note.ts'

/** Envelopes are unwrapped this deep: MCP content in a JSON error in a text. */
const MAX_DEPTH = 4
/** Longer texts are not searched for an envelope. */
const ENVELOPE_LIMIT = 1_000_000
const UNKNOWN = 'unknown error'

/**
 * The facts of what a source marked as an error: a text, a JSON envelope (`{ "error": … }`, `{ "message", "status" }`),
 * MCP content (`{ "type": "text", "text" }`, alone, in a list, or under `content`), or such an envelope as text.
 */
export function recordedError(value: Json | undefined): ErrorFacts {
  const facts = unwrap(value, 0)
  return { ...facts, message: facts.message || UNKNOWN }
}

/** What frameworks and tools put in front of an error, and nothing else begins with. */
const FRONT =
  /^\s*(?:error:|<tool_use_error>|### (?:result|error)\s*\n\s*error:|\[?(?:tool )?error\]?: |traceback \(most recent call last\):|[^\n]{0,80}\btraceback(?: \(most recent call last\))?:[ \t]*\n|an error occurred while (?:running|executing|calling|invoking|trying to execute)\b|mcp error -32\d{3}\b|(?:bash|sh|zsh|-sh|\/bin\/\w{0,3}sh|\/usr\/bin\/\w{0,3}sh): [^\n]{1,300}$)/i
/** What documents begin with too, if hardly ever such as are as short as an error. */
const FRONT_OF_SHORT =
  /^\s*(?:[Ee]rror (?:from server|(?:executing|calling|invoking|running|getting|reading|writing|creating|opening|loading|fetching|initiali[sz]ing|connecting|accessing|searching|updating|deleting|sending|retrieving|processing|parsing|listing|adding)\b)[^\n]{0,160}: ?\S|[Ff]ailed to \w+ [^\n]{0,160}: \S|(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception)\d?: \S|(?:[Aa]ction|[Tt]ool|[Ff]unction) ['"`][^'"`]{1,80}['"`] (?:does|do)(?:n't| not) exist\b|\w+ verification failed: \S)/
const SHORT = 2_000

/**
 * The facts of a result that says itself that it is an error, where its source has no mark of its own: the flag
 * `isError` or `is_error`, a non-empty `error` member at the top of a JSON object, a text that begins as errors do
 * (`Error:`, a Python stack, `Failed to open x: …`), or a note of the host that the program ended with another code than 0.
 */
export function evidentError(value: Json | undefined): ErrorFacts | undefined {
  if (typeof value === 'string') {
    const note = exitNote(value)
    if (note)
      return note.code === 0
        ? undefined
        : { message: note.printed || `exit code ${note.code}`, code: note.code }
    if (FRONT.test(value) || (value.length <= SHORT && FRONT_OF_SHORT.test(value)))
      return recordedError(value)
    if (!/^\s*\{/.test(value) || !/"(?:error|isError|is_error)"/.test(value)) return undefined
    const parsed = envelopeIn(value)
    return isJsonObject(parsed) ? evidentError(parsed) : undefined
  }
  if (!isJsonObject(value)) return undefined
  return isFlagged(value) || isSaid(value.error) ? recordedError(value) : undefined
}

/** An MCP result, or a message in its likeness, with its error flag set. */
export function isFlagged(value: Json | undefined): boolean {
  return isJsonObject(value) && (value.isError === true || value.is_error === true)
}

function isSaid(error: Json | undefined): boolean {
  return error !== undefined && error !== null && error !== false && error !== '' && error !== 0
}

function unwrap(value: Json | undefined, depth: number): ErrorFacts {
  if (typeof value === 'string') {
    const inner = depth < MAX_DEPTH && /^\s*[[{]/.test(value) ? envelopeIn(value) : undefined
    const facts = inner === undefined ? undefined : fromEnvelope(inner, depth)
    return facts?.message ? facts : { ...facts, message: value.trim() }
  }
  if (value === undefined || value === null) return { message: '' }
  const facts = depth < MAX_DEPTH ? fromEnvelope(value, depth) : undefined
  return facts?.message ? facts : { ...facts, message: JSON.stringify(value).slice(0, 2_000) }
}

/** What a known envelope says; an empty message where its form is not known. */
function fromEnvelope(value: Json, depth: number): ErrorFacts | undefined {
  if (Array.isArray(value)) {
    const text = textOf(value)
    return text === undefined ? undefined : unwrap(text, depth + 1)
  }
  if (!isJsonObject(value)) return undefined
  const inside = insideOf(value)
  const inner = inside === undefined ? { message: '' } : unwrap(inside, depth + 1)
  return { ...numbersOf(value), ...inner }
}

function insideOf(envelope: JsonObject): Json | undefined {
  const { error, content, message, errorText, detail, details, response } = envelope
  if (isSaid(error) && error !== true) {
    const more = [message, detail, details].find((text) => typeof text === 'string' && text.trim() !== '')
    const vague = typeof error === 'string' && saysOnlyThatItFailed(error)
    return bothOf(error, more) ?? (vague && isSaid(response) ? response : error)
  }
  if (envelope.type === 'text' && typeof envelope.text === 'string') return envelope.text
  if (Array.isArray(content)) return textOf(content)
  return [message, errorText, detail, content].find((text) => typeof text === 'string' && text.trim() !== '')
}

function numbersOf({ status, statusCode, code, name }: JsonObject): Omit<ErrorFacts, 'message'> {
  const http = [status, statusCode, code].find((n) => typeof n === 'number' && n >= 100 && n < 600)
  return {
    ...(typeof name === 'string' && name ? { name } : {}),
    ...(typeof code === 'number' || (typeof code === 'string' && code) ? { code } : {}),
    ...(typeof http === 'number' ? { status: http } : {}),
  }
}

/** The texts of content parts, joined; undefined where there are none. */
export function textOf(parts: readonly Json[]): string | undefined {
  const texts = parts.flatMap((part) => {
    if (typeof part === 'string') return [part]
    return isJsonObject(part) && part.type === 'text' && typeof part.text === 'string' ? [part.text] : []
  })
  return texts.length === 0 ? undefined : texts.join('\n')
}

function envelopeIn(text: string): Json | undefined {
  if (text.length > ENVELOPE_LIMIT) return undefined
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
