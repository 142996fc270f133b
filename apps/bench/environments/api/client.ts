import type { Json, JsonObject } from '@lifeharness/core'
import { type Access, VERSION } from './state.ts'

export type Sent = { method: string; path: string; headers?: JsonObject; query?: JsonObject; body?: Json }
export type Received = { status: number; headers: Record<string, string>; body: Json }

/** What a client of this venue throws for an answer that is an error, worded as clients word it. */
export class VenueError extends Error {
  override readonly name = 'VenueError'
  readonly status: number
  readonly response: Received

  constructor(response: Received) {
    super(`${response.status} ${said(response.body)}`)
    this.status = response.status
    this.response = response
  }
}

/** Sends a request as it is, with the access key; of the answer it keeps the headers that are about it. */
export async function send({ url, key }: Access, sent: Sent): Promise<Received> {
  const { method, path, headers = {}, query = {}, body } = sent
  const target = new URL(`.${path.startsWith('/') ? path : `/${path}`}`, `${url}/`)
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) target.searchParams.append(name, String(one))
  }
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  const response = await fetch(target, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...own,
      'x-access-key': key,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const kept = [...response.headers].filter(([name]) => KEPT.has(name))
  return { status: response.status, headers: Object.fromEntries(kept), body: parsed(text) }
}

/** Sends a request of a typed tool: its client knows the version, and throws what is refused. */
export async function request(access: Access, { headers, ...sent }: Sent): Promise<Json> {
  const received = await send(access, { ...sent, headers: { 'api-version': VERSION, ...headers } })
  if (received.status >= 400) throw new VenueError(received)
  return received.body
}

const KEPT = new Set(['date', 'etag', 'retry-after', 'allow', 'accept-post', 'idempotent-replayed'])

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

function said(body: Json): string {
  const { title, detail } = (body ?? {}) as { title?: string; detail?: string }
  return `${title}: ${detail}`
}
