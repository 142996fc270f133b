import type { Applied } from './action.ts'
import type { Json, JsonObject } from './json.ts'
import { delayOfError } from './retry-after.ts'
import type { Tool, ToolContract } from './tool.ts'

/** One call of a tool as the model emitted it. */
export type ToolCall = {
  /** The host's tool-call id. */
  id: string
  tool: Tool
  /** Index of the model turn inside the episode, from 0; calls of one turn are siblings. */
  turn: number
  /** Position among its siblings, from 0. */
  index: number
  /** 1 for the first execution, counted up by retries. */
  attempt: number
  /** A person approved exactly this call: it is executed byte for byte or not at all (law 10). */
  approved: boolean
  /** The arguments, when what the model emitted was a JSON value. */
  input?: Json
  /** The text as emitted, when it was not valid JSON. */
  rawInput?: string
}

/** Machine-readable facts of an error; `message` is never empty. */
export type ErrorFacts = {
  message: string
  name?: string
  /** Exit code, `ECONNREFUSED`, JSON-RPC code. */
  code?: string | number
  /** HTTP-like status. */
  status?: number
  /** How long the error asks to wait, in milliseconds. */
  retryAfterMs?: number
}

/** `interrupted`: control flow of the host (abort, interrupt, approval, `input_required`); never a failure. */
export type Outcome = 'ok' | 'error' | 'interrupted'

/** What became of one execution of a call, as the host saw it. */
export type ToolResult = {
  outcome: Outcome
  /** The host's own object, by reference. For a thrown error, the thrown object. */
  value: unknown
  /** Lazy, bounded JSON of the value; binary content as `{ mediaType, bytes, sha }`. */
  view(): Json
  error?: ErrorFacts
  /** Execution time in milliseconds. */
  ms: number
}

/** Tokens of one model turn, as the provider counts them. */
export type Usage = { inputTokens?: number; outputTokens?: number }

/** One turn of the model. */
export type ModelStep = {
  type: 'model'
  provider?: string
  modelId?: string
  finishReason?: string
  usage?: Usage
  /** What the model wrote beside its calls; kept only where the host hands it over. */
  text?: string
}

/** One call of a tool, with its result and what the layer did about it. */
export type ToolStep = {
  type: 'tool'
  /** As the model emitted it. */
  call: ToolCall
  /** As the host executed it; the same object when nothing was rewritten. */
  executed: ToolCall
  result: ToolResult
  applied: readonly Applied[]
  /** What `observeState()` returned after the call. */
  state?: Json
  /** When it was over, in milliseconds since the epoch; absent where a recording does not say. */
  at?: number
}

/** One step of an episode. */
export type Step = ModelStep | ToolStep

/** Who ran, on whose behalf, in which tenant. */
export type EpisodeInfo = {
  id: string
  agent?: string
  /** Model family, see `modelFamily`. */
  family: string
  subject?: string
  scope?: string
}

/** The recorded, ordered steps of one episode. */
export type Trajectory = EpisodeInfo & {
  contracts: readonly ToolContract[]
  steps: readonly Step[]
  /** What the host or the source of the recording said of the whole episode. */
  success?: boolean
  source?: string
}

/** Largest text kept of a result's view, in characters. */
export const VIEW_LIMIT = 16_384

/**
 * A result whose view is computed at most once; afterwards only the member `value` itself holds on to the host's
 * object. A view that throws is `…`.
 */
export function toolResult(
  outcome: Outcome,
  value: unknown,
  details: { error?: ErrorFacts; ms?: number; view?: () => Json } = {},
): ToolResult {
  let view: Json | undefined
  let compute: (() => Json) | undefined = details.view ?? viewOf(value)
  return {
    outcome,
    value,
    view: () => {
      if (compute) {
        try {
          view = compute()
        } catch {
          view = '…'
        }
        compute = undefined
      }
      return view as Json
    },
    ...(details.error ? { error: details.error } : {}),
    ms: details.ms ?? 0,
  }
}

/** A closure of its own: one made beside `view` would hold on to the value for as long as that lives. */
function viewOf(value: unknown): () => Json {
  return () => boundedView(value)
}

/**
 * A bounded JSON picture of any host value: texts are cut with a marker, binary content becomes
 * `{ mediaType, bytes }`, what is too deep or cannot be looked into becomes `…`, functions vanish. Never throws.
 */
export function boundedView(value: unknown, limit: number = VIEW_LIMIT): Json {
  const budget = { left: limit }
  return picture(value, budget, 0)
}

const MAX_DEPTH = 12

function picture(value: unknown, budget: { left: number }, depth: number): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return cut(value, budget)
  if (typeof value !== 'object') return null
  if (depth >= MAX_DEPTH || budget.left <= 0) return '…'
  if (value instanceof Error) {
    const { name, message } = errorFacts(value)
    return { name: name ?? 'Error', message: cut(message, budget) }
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return { mediaType: 'application/octet-stream', bytes: value.byteLength }
  try {
    const encodable = value as { toJSON?: () => unknown }
    if (typeof encodable.toJSON === 'function') return picture(encodable.toJSON(), budget, depth + 1)
    if (Array.isArray(value)) {
      const items: Json[] = []
      for (const item of value) {
        if (budget.left <= 0) {
          items.push(`… ${value.length - items.length} more`)
          break
        }
        budget.left -= 2
        items.push(picture(item, budget, depth + 1))
      }
      return items
    }
    if (value instanceof Map || value instanceof Set) return picture([...value], budget, depth + 1)
    const object: JsonObject = {}
    for (const [key, member] of Object.entries(value)) {
      if (budget.left <= 0) {
        object['…'] = 'cut'
        break
      }
      if (member === undefined || typeof member === 'function') continue
      budget.left -= 4
      const name = cut(key, budget)
      // Plain assignment would lose a member that is called `__proto__`.
      if (name === '__proto__') continue
      object[name] = picture(member, budget, depth + 1)
    }
    // A response, a blob, a class with private fields: nothing of it can be seen.
    return Object.keys(object).length === 0 && !isPlain(value) ? '…' : object
  } catch {
    return '…'
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * Whether a view shows all of what it was taken from. Two that do not may look the same and be of different things:
 * two screenshots of one size, two long texts with the same beginning.
 */
export function isWholeView(view: Json): boolean {
  if (typeof view === 'string') return !CUT.test(view)
  if (typeof view !== 'object' || view === null) return true
  if (Array.isArray(view)) return view.every(isWholeView)
  if ('…' in view || ('mediaType' in view && 'bytes' in view)) return false
  return Object.entries(view).every(([key, member]) => isWholeView(member) && !CUT.test(key))
}

const CUT = /^…$|^… \d+ more$|… \(\d+ more characters\)$/

function cut(text: string, budget: { left: number }): string {
  if (text.length <= budget.left) {
    budget.left -= text.length
    return text
  }
  const kept = text.slice(0, Math.max(0, budget.left))
  budget.left = 0
  return `${kept}… (${text.length - kept.length} more characters)`
}

/** The facts of anything that was thrown. Never throws; the message is bounded like a view. */
export function errorFacts(thrown: unknown): ErrorFacts {
  try {
    const facts = factsOf(thrown)
    return { ...facts, message: cut(facts.message, { left: VIEW_LIMIT }) }
  } catch {
    // A getter, a proxy, a message that is no text.
    return { message: 'unknown error' }
  }
}

function factsOf(thrown: unknown): ErrorFacts {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) || 'unknown error' }
  const error = thrown as Record<string, unknown>
  const cause = causeOf(error)
  const response = error.response as { status?: unknown } | undefined
  const status = [error.status, error.statusCode, response?.status].find((s) => typeof s === 'number')
  const code = codeOf(error) ?? cause?.code
  const retryAfterMs = delayOfError(error)
  return {
    message: withCause(
      String(error.message ?? '') || String(error.name ?? '') || 'unknown error',
      cause?.message,
    ),
    ...(typeof error.name === 'string' ? { name: error.name } : {}),
    ...(code !== undefined ? { code } : {}),
    ...(status !== undefined ? { status: status as number } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

type Cause = { message: string; code?: string | number }

/** What caused an error, where it says so: `fetch failed` alone tells nothing. */
function causeOf({ cause }: Record<string, unknown>, depth = 0): Cause | undefined {
  if (typeof cause !== 'object' || cause === null || depth > 2) return undefined
  const error = cause as Record<string, unknown>
  const inner = causeOf(error, depth + 1)
  const code = codeOf(error) ?? inner?.code
  const said = typeof error.message === 'string' ? error.message : ''
  return { message: withCause(said, inner?.message), ...(code === undefined ? {} : { code }) }
}

function withCause(message: string, cause: string | undefined): string {
  if (!cause || message.includes(cause)) return message
  return message === '' ? cause : `${message}: ${cause}`
}

/** The numbers of a `DOMException` are history, and no exit codes. */
function codeOf(error: Record<string, unknown>): string | number | undefined {
  const { code } = error
  if (typeof code === 'number') return error instanceof DOMException ? undefined : code
  return typeof code === 'string' ? code : undefined
}
