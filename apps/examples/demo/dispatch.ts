import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ToolSet, tool, zodSchema } from 'ai'
import { z } from 'zod'
import { chance } from './random.ts'

/** The dispatch service: a strict HTTP API on loopback. Each episode works in a workspace of its own. */

export type Pickup = { date: string; window: string }

export type Workspace = {
  checked: Set<number>
  pickups: Map<number, Pickup>
  /** Answers given before, by idempotency key. */
  answered: Map<string, Answer>
  requests: Map<string, number>
  /** What the outages of this workspace depend on. */
  luck: string
}

export type Dispatch = {
  url: string
  open(id: string, luck: string): Workspace
  drop(id: string): void
  close(): Promise<void>
}

type Answer = { status: number; body: object; headers?: Record<string, string> }

const OUTAGES = 0.15
/** For the one second that `retry-after` says: all waits of the demo are 250 times shorter than usual. */
const RETRY_AFTER_MS = 4

export async function startDispatch(): Promise<Dispatch> {
  const workspaces = new Map<string, Workspace>()
  const server = createServer((request, response) => {
    handle(workspaces, request)
      .catch((error: unknown): Answer => ({ status: 500, body: { message: String(error) } }))
      .then((answer) => send(response, answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open(id, luck) {
      const workspace = {
        checked: new Set<number>(),
        pickups: new Map(),
        answered: new Map(),
        requests: new Map(),
        luck,
      }
      workspaces.set(id, workspace)
      return workspace
    },
    drop: (id) => void workspaces.delete(id),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function handle(workspaces: Map<string, Workspace>, request: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const workspace = workspaces.get(String(request.headers['x-workspace']))
  if (!workspace) return { status: 401, body: { message: 'the header x-workspace is missing or unknown' } }
  const [, collection = '', key = ''] = (request.url ?? '').split('/')
  const route = `${request.method} ${collection}`
  if (route === 'POST address-checks') return checkAddress(workspace, Number(decodeURIComponent(key)))
  if (isOut(workspace, route)) {
    const headers = { 'retry-after': '1', 'retry-after-ms': String(RETRY_AFTER_MS) }
    return { status: 503, body: { message: 'the depot is restarting' }, headers }
  }
  if (route === 'GET parcels') return parcel(decodeURIComponent(key))
  if (route === 'POST pickups') {
    const idempotencyKey = request.headers['idempotency-key']
    if (!idempotencyKey) return { status: 400, body: { message: 'the header idempotency-key is missing' } }
    const earlier = workspace.answered.get(String(idempotencyKey))
    const answer = earlier ?? bookPickup(workspace, JSON.parse(Buffer.concat(chunks).toString()))
    if (answer.status < 300) workspace.answered.set(String(idempotencyKey), answer)
    return answer
  }
  return { status: 404, body: { message: `no route ${route}` } }
}

/** Depends on the number of the request in its workspace, so that both arms of an evaluation have the same outages. */
function isOut(workspace: Workspace, route: string): boolean {
  const count = (workspace.requests.get(route) ?? 0) + 1
  workspace.requests.set(route, count)
  return chance('outage', workspace.luck, route, count) < OUTAGES
}

function checkAddress({ checked }: Workspace, order: number): Answer {
  checked.add(order)
  return { status: 200, body: { order_no: order, address: 'ok' } }
}

function bookPickup(
  { checked, pickups }: Workspace,
  { order_no, date, window }: { order_no: number; date: string; window: string },
): Answer {
  if (!isIsoDate(date))
    return refused('invalid_date', `date must be a calendar date as YYYY-MM-DD, got "${date}"`)
  if (window !== 'FORENOON' && window !== 'AFTERNOON')
    return refused('invalid_window', `window "${window}" is not offered`)
  if (!checked.has(order_no))
    return {
      status: 428,
      body: { error: 'unchecked', message: `the address of order ${order_no} is unchecked` },
    }
  pickups.set(order_no, { date, window })
  return { status: 201, body: { order_no, date, window, booked: true } }
}

function refused(error: string, message: string): Answer {
  return { status: 422, body: { error, message } }
}

function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const PARCEL_STATES = ['at the depot', 'on its way', 'at the door', 'returned'] as const

/** Both depots number their parcels from 1: `EU-1042` and `US-1042` are two parcels. */
export function parcelState(ref: string): string | undefined {
  const [, depot, number] = /^(EU|US)-(\d{4})$/.exec(ref) ?? []
  if (!depot) return undefined
  return PARCEL_STATES[(Number(number) + (depot === 'EU' ? 0 : 2)) % PARCEL_STATES.length]
}

function parcel(ref: string): Answer {
  const state = parcelState(ref)
  if (!state) return { status: 404, body: { error: 'unknown_parcel', message: `no parcel "${ref}"` } }
  return { status: 200, body: { ref, state } }
}

/** An answer of the service that is no success, as its client throws it. */
class DispatchError extends Error {
  override name = 'DispatchError'
  status: number
  retryAfterMs?: number
  constructor(status: number, message: string, retryAfterMs: number | undefined) {
    super(`${status} ${message}`)
    this.status = status
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}

const INPUT = {
  checkAddress: zodSchema(z.strictObject({ order_no: z.int() })),
  bookPickup: zodSchema(z.strictObject({ order_no: z.int(), date: z.string(), window: z.string() })),
  trackParcel: zodSchema(z.strictObject({ ref: z.string() })),
}

export function dispatchTools({ url }: Dispatch, workspace: string): ToolSet {
  async function call(method: string, path: string, body?: object, idempotencyKey?: string): Promise<object> {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: {
        'x-workspace': workspace,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = (await response.json()) as { message?: string }
    if (response.ok) return answer
    const wait = response.headers.get('retry-after-ms')
    throw new DispatchError(response.status, answer.message ?? '', wait === null ? undefined : Number(wait))
  }
  return {
    check_address: tool({
      description: 'Checks the address of an order with the carrier.',
      inputSchema: INPUT.checkAddress,
      execute: ({ order_no }) => call('POST', `address-checks/${order_no}`),
    }),
    book_pickup: tool({
      description: 'Books the pickup of an order for a date and a window of the day.',
      inputSchema: INPUT.bookPickup,
      execute: (input, { toolCallId }) => call('POST', 'pickups', input, toolCallId),
    }),
    track_parcel: tool({
      description: 'Where a parcel is, by its reference.',
      inputSchema: INPUT.trackParcel,
      execute: ({ ref }) => call('GET', `parcels/${encodeURIComponent(ref)}`),
    }),
  }
}
