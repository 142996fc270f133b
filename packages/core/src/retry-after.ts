import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { ToolResult } from './trajectory.ts'

/**
 * How long a refusal asks to wait, in milliseconds: by the facts of its error, or by the header `Retry-After` (RFC 9110
 * §10.2.3) of a response that the tool returns as a result. Undefined where nothing readable is asked for.
 */
export function askedDelay({ error, view }: ToolResult): number | undefined {
  return error?.retryAfterMs ?? delayIn(responseIn(view()))
}

/** The delay of a client's error, which keeps the headers of the response in one of three places. */
export function delayOfError(error: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof error.retryAfterMs === 'number') return error.retryAfterMs
  const response = error.response as { headers?: unknown } | null | undefined
  return delayIn(response ?? { headers: error.responseHeaders ?? error.headers })
}

function delayIn(response: { readonly headers?: unknown } | undefined): number | undefined {
  const headers = response?.headers
  if (typeof headers !== 'object' || headers === null) return undefined
  const precise = headerOf(headers, 'retry-after-ms')
  if (precise !== undefined && /^\d{1,9}$/.test(precise)) return Number(precise)
  const asked = headerOf(headers, 'retry-after')
  if (asked === undefined) return undefined
  if (/^\d{1,6}$/.test(asked)) return Number(asked) * 1_000
  // A date counts from the server's own clock, which may differ from this one.
  const [until, sent] = [Date.parse(asked), Date.parse(headerOf(headers, 'date') ?? '')]
  return Number.isNaN(until - sent) ? undefined : Math.max(0, until - sent)
}

/** Headers are an object, or something that is asked with `get`; their names have no case. */
function headerOf(headers: object, name: string): string | undefined {
  const { get } = headers as { get?: unknown }
  const value =
    typeof get === 'function'
      ? get.call(headers, name)
      : Object.entries(headers).find(([own]) => own.toLowerCase() === name)?.[1]
  const one = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one.trim() : typeof one === 'number' ? String(one) : undefined
}

/** Longest text that is read as a response, in characters. */
const MAX_PARSED = 16_384

/** The response in a result: the object itself, or the JSON of its only text. */
function responseIn(view: Json): JsonObject | undefined {
  const parts = isJsonObject(view) && Array.isArray(view.content) ? view.content : view
  const only = Array.isArray(parts) && parts.length === 1 ? parts[0] : parts
  const text = isJsonObject(only) && only.headers === undefined ? only.text : only
  if (isJsonObject(text)) return text
  if (typeof text !== 'string' || text.length > MAX_PARSED || !/^\s*\{/.test(text)) return undefined
  try {
    const parsed = JSON.parse(text) as Json
    return isJsonObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
