import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { ToolResult } from './trajectory.ts'

/** A response as far as a result shows it: returned by the tool, or kept by the error that its client threw. */
export type HttpResponse = { status: number | undefined; headers: object; body: Json | undefined }

/** Undefined where a result neither is a response nor came of one. */
export function responseOf({ error, value, view }: ToolResult): HttpResponse | undefined {
  if (error === undefined) {
    const shown = responseIn(view())
    if (!shown) return undefined
    const { headers, body } = shown
    const status = [shown.status, shown.statusCode, shown.status_code].find(isStatus)
    const isResponse = status !== undefined && (isObject(headers) || body !== undefined)
    // What a client has taken out of its response is the body alone.
    return isResponse
      ? { status, headers: isObject(headers) ? headers : {}, body: parsed(body) }
      : { status: undefined, headers: {}, body: shown }
  }
  const thrown = value as { response?: unknown; responseHeaders?: unknown; headers?: unknown } | null
  const kept = isObject(thrown) ? ((thrown.response ?? thrown) as Record<string, unknown>) : {}
  const headers = kept.headers ?? (thrown as { responseHeaders?: unknown } | null)?.responseHeaders
  const body = kept.data ?? kept.body
  if (error.status === undefined && !isObject(headers)) return undefined
  return {
    status: error.status,
    headers: isObject(headers) ? headers : {},
    body: isObject(body) || typeof body === 'string' ? parsed(body as Json) : parsed(error.message),
  }
}

/** Headers are an object, or something that is asked with `get`; their names have no case. */
export function headerOf(headers: object, name: string): string | undefined {
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

/** The object that a result shows: itself, or the JSON of its only text. */
export function responseIn(view: Json): JsonObject | undefined {
  const parts = isJsonObject(view) && Array.isArray(view.content) ? view.content : view
  const only = Array.isArray(parts) && parts.length === 1 ? parts[0] : parts
  const shown = parsed(isJsonObject(only) && only.type === 'text' ? only.text : only)
  return isJsonObject(shown) ? shown : undefined
}

/** A text that is the JSON of an object is read; anything else stays what it is. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || value.length > MAX_PARSED || !/^\s*\{/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

function isStatus(value: Json | undefined): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
