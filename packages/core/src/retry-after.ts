import { headerOf, responseIn } from './http-response.ts'
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
