import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { urlToHttpOptions } from 'node:url'
import { createParser } from 'eventsource-parser'
import { headersFor } from './http-headers.ts'
import { answeredId, type Id, isRequest, type Line, lineOf, ownVersion, readLine } from './message.ts'
import { HttpRefusal, type ServerEnd, type ServerEvents } from './server-end.ts'

/** A server that is reached at an address. */
export type RemoteServer = {
  /** The endpoint of a server over Streamable HTTP. */
  url: string
  /** Sent with every request, e.g. `authorization`; they win over what a client over HTTP sent. */
  headers?: Record<string, string>
}

/** How long a server is given to take note that its client is gone, in milliseconds. */
const GRACE_MS = 1_000
const REDIRECTS = 3
/** A stream that broke off is asked for again this often in a row, at these intervals unless the server names one. */
const RECONNECTIONS = 3
const RECONNECT_MS = 1_000
/** What a refusal tells a client beside its status. */
const TELLING = ['content-type', 'www-authenticate', 'retry-after']

/**
 * The server's end over Streamable HTTP. The SDK's transport would rebuild each message through a schema; here the texts
 * pass as they come.
 */
export function remoteServer(
  { url, headers = {} }: RemoteServer,
  { line: received, ended }: ServerEvents,
): ServerEnd {
  const endpoint = new URL(url)
  const address = urlToHttpOptions(endpoint)
  const secure = endpoint.protocol === 'https:'
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  /** Requests whose answer is due; and the stream of what the server says by itself. */
  const open = new Map<Id, { abort: AbortController; withoutSession: boolean }>()
  const closing = new AbortController()
  let session: Record<string, string> = {}
  let greeting: Id | undefined
  let initialized: Promise<unknown> = Promise.resolve()

  function exchange(
    method: string,
    more: Record<string, string>,
    { body, signal, to = endpoint, redirects = REDIRECTS }: Exchange,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const place = to === endpoint ? address : urlToHttpOptions(to)
      const options = { ...place, method, agent, headers: { ...more, ...session, ...own } }
      const sent = (secure ? requestHttps : requestHttp)(options, (response) => {
        const { statusCode = 0, headers } = response
        const next = headers.location === undefined ? undefined : new URL(headers.location, to)
        // Another origin would be given what is meant for this one.
        if ((statusCode !== 307 && statusCode !== 308) || next?.origin !== to.origin || redirects === 0)
          return resolve(response)
        response.resume()
        resolve(exchange(method, more, { body, signal, to: next, redirects: redirects - 1 }))
      })
      sent.on('error', reject)
      destroyOn(signal, sent)
      sent.end(body)
    })
  }

  async function post(line: Line): Promise<void> {
    const { message } = line
    const request = isRequest(message) ? message : undefined
    const abort = new AbortController()
    if (request?.method === 'initialize') {
      session = {}
      greeting = request.id
    }
    if (request) open.set(request.id, { abort, withoutSession: ownVersion(request) !== undefined })
    try {
      const derived = message ? headersFor(message, line.headers) : line.headers
      const accept = 'application/json, text/event-stream'
      const response = await exchange(
        'POST',
        { ...derived, 'content-type': 'application/json', accept },
        { body: line.text, signal: abort.signal },
      )
      const { statusCode = 0 } = response
      if (statusCode < 200 || statusCode >= 300) throw await refusal(response)
      if (!request) {
        response.resume()
        if (message?.method === 'notifications/initialized') void listen()
        return
      }
      const id = response.headers['mcp-session-id']
      if (request.method === 'initialize' && typeof id === 'string') session['mcp-session-id'] = id
      void answer(response, request.id, abort.signal).finally(() => answered(request.id))
    } catch (error) {
      if (request) answered(request.id)
      throw error
    }
  }

  /** Passes on all that is said in answer to one request; a stream that broke off before the answer is taken up again. */
  async function answer(response: IncomingMessage, id: Id, signal: AbortSignal): Promise<void> {
    let broken = 'the server ended its answer without one'
    try {
      if (!isEventStream(response)) return await answerOf(response, id)
      const place: Place = { retryMs: RECONNECT_MS }
      let stream: IncomingMessage | undefined = response
      for (let again = 0; again <= RECONNECTIONS; again++) {
        if (stream && (await readEvents(stream, place, id))) return
        if (place.lastId === undefined) break
        await sleep(place.retryMs, undefined, { signal })
        stream = await resume(place, signal)
      }
    } catch (error) {
      broken = String(error)
    }
    if (signal.aborted) return
    received(lineOf({ jsonrpc: '2.0', id, error: { code: -32000, message: broken } }), id)
  }

  /** A stream from where it broke off; nothing where the server has none. */
  async function resume({ lastId }: Place, signal: AbortSignal): Promise<IncomingMessage | undefined> {
    const from: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId }
    const stream = await exchange('GET', { ...from, accept: 'text/event-stream' }, { signal })
    if (stream.statusCode === 200 && isEventStream(stream)) return stream
    stream.resume()
    return undefined
  }

  async function answerOf(response: IncomingMessage, id: Id): Promise<void> {
    const text = await textOf(response)
    for (const line of linesOf(text)) {
      note(line)
      received(line, id)
    }
  }

  /** Reads a stream to its end; true when it held the answer. */
  async function readEvents(stream: IncomingMessage, place: Place, id?: Id): Promise<boolean> {
    let answered = false
    const parser = createParser({
      onRetry(ms) {
        place.retryMs = ms
      },
      onEvent({ id: eventId, event, data }) {
        if (eventId) place.lastId = eventId
        if (data === '' || (event !== undefined && event !== 'message')) return
        for (const line of linesOf(data)) {
          note(line)
          answered ||= id !== undefined && answeredId(line.message) === id
          received(line, id)
        }
      },
    })
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => parser.feed(chunk))
    // Broken off: what was whole has been passed on.
    await overOf(stream)
    return answered
  }

  /** What the server says by itself, for as long as the session lasts. Not every server has such a stream. */
  async function listen(): Promise<void> {
    const place: Place = { retryMs: RECONNECT_MS }
    const { signal } = closing
    for (let failures = 0; failures <= RECONNECTIONS && !signal.aborted; ) {
      try {
        const stream = await resume(place, signal)
        if (!stream) return
        failures = 0
        await readEvents(stream, place)
      } catch {
        failures++
      }
      await sleep(place.retryMs, undefined, { signal }).catch(() => {})
    }
  }

  /** The revision both sides agreed on stands in every later request. */
  function note({ message }: Line): void {
    const agreed = message?.result?.protocolVersion
    if (message?.id === greeting && typeof agreed === 'string') session['mcp-protocol-version'] = agreed
  }

  async function close(): Promise<void> {
    if (closing.signal.aborted) return
    closing.abort()
    for (const { abort } of open.values()) abort.abort()
    if (session['mcp-session-id'] !== undefined)
      await exchange('DELETE', {}, { signal: AbortSignal.timeout(GRACE_MS) }).then(
        (response) => response.resume(),
        () => {},
      )
    agent.destroy()
    ended(0)
  }

  /** An answer was the last that was due. */
  let finishing = false
  function answered(id: Id): void {
    open.delete(id)
    if (finishing && open.size === 0) void close()
  }

  return {
    send(line) {
      const { message } = line
      if (message?.method === 'notifications/cancelled') {
        const cancelled = open.get(message.params?.requestId as Id)
        // Without sessions, the end of its stream is what cancels a request.
        if (cancelled?.withoutSession) return cancelled.abort.abort()
      }
      const posted = initialized.then(() => post(line))
      // Over stdio nobody waits for a notification to be taken over; here the next request could overtake this one.
      if (message?.method === 'notifications/initialized') initialized = posted.catch(() => {})
      return posted
    },
    finish() {
      finishing = true
      if (open.size === 0) void close()
    },
    close,
  }
}

type Exchange = { body?: string | undefined; signal: AbortSignal; to?: URL; redirects?: number }

/** Where in a stream we are. */
type Place = { lastId?: string; retryMs: number }

/** What the option `signal` of a request does, without the listeners that it adds to request and response. */
function destroyOn(signal: AbortSignal, sent: ClientRequest): void {
  const destroy = () => sent.destroy(signal.reason)
  if (signal.aborted) destroy()
  signal.addEventListener('abort', destroy, { once: true })
  sent.once('close', () => signal.removeEventListener('abort', destroy))
}

/** Resolves when a stream has ended or broken off. `finished` of Node would be on the path of the answer. */
function overOf(stream: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve)
    stream.once('close', resolve)
    stream.on('error', () => {})
  })
}

function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'text/event-stream'
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += chunk
  return text
}

async function refusal(response: IncomingMessage): Promise<HttpRefusal> {
  const telling = TELLING.flatMap((name) => {
    const value = response.headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return new HttpRefusal(response.statusCode ?? 0, Object.fromEntries(telling), await textOf(response))
}

/** The messages of one JSON text. Outside of strings a line break is white space, inside it cannot stand. */
function linesOf(text: string): Line[] {
  const line = readLine(text.replace(/[\r\n]+/g, ' '))
  if (line.message) return [line]
  try {
    const batch: unknown = JSON.parse(line.text)
    return Array.isArray(batch) ? batch.map(lineOf) : []
  } catch {
    return []
  }
}
