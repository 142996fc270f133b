import type { ServerResponse } from 'node:http'
import type { ClientEnd, Link } from './link.ts'
import { answeredId, errorFor, type Id, isRequest, type Line, lineOf, ownVersion } from './message.ts'
import { HttpRefusal } from './server-end.ts'

/** One session of a client over Streamable HTTP. */
export type HttpSession = {
  /** Takes what was posted; what is said in answer goes to this response, with these headers. */
  receive(lines: readonly Line[], response: ServerResponse, headers?: Record<string, string>): void
  /** Opens the stream of what the server says by itself. */
  listen(response: ServerResponse): void
  isOpen(request: Id): boolean
  /** Somebody waits for something. */
  busy(): boolean
  close(): Promise<void>
}

/** One posted message, or batch, with what is still to be answered. */
type Reply = {
  response: ServerResponse
  headers: Record<string, string>
  due: Set<Id>
  /** By which progress says to whom it belongs. */
  tokens: Set<unknown>
  starting: NodeJS.Timeout
}

/** Clients do not wait for ever for the head of a response. */
const START_MS = 5_000
/** Messages kept for a stream that is not open yet. */
const WAITING = 1_000
/** A client that lives opens its stream again at once. Most never say that they leave. */
const GONE_MS = 60_000

export function openHttpSession(open: (client: ClientEnd) => Link, closed: () => void): HttpSession {
  const replies = new Map<Id, Reply>()
  let standalone: ServerResponse | undefined
  let waiting: Line[] = []
  let leaving: NodeJS.Timeout | undefined
  let closing: Promise<void> | undefined

  const link = open({
    toClient(line, relatedTo) {
      const { message } = line
      const answered = answeredId(message)
      if (answered !== undefined) return finish(answered, line)
      const reply = replyFor(line, relatedTo)
      if (reply) return say(reply, line)
      if (standalone) standalone.write(event(line))
      else if (waiting.length < WAITING) waiting.push(line)
    },
    refused({ message }, error) {
      const id = isRequest(message) ? message.id : undefined
      const reply = id === undefined ? undefined : replies.get(id)
      if (id === undefined || !reply) return
      if (!(error instanceof HttpRefusal) || reply.response.headersSent || reply.due.size > 1)
        return finish(id, errorFor(id, error))
      forget(id, reply)
      reply.response.writeHead(error.status, error.headers).end(error.body)
      // There is no session, or no longer: the client will begin another.
      if (message?.method === 'initialize' || error.status === 404) void close()
    },
    ended() {
      void close()
    },
  })

  /** On whose stream a message belongs. What no request led to goes to the stream of its own, where there is one. */
  function replyFor({ message }: Line, relatedTo: Id | undefined): Reply | undefined {
    const related = relatedTo === undefined ? undefined : replies.get(relatedTo)
    if (related) return related
    const heard = [...replies.values()].filter(({ response }) => response.writable)
    const token = message?.params?.progressToken
    const progressing = heard.find(({ tokens }) => token !== undefined && tokens.has(token))
    if (progressing) return progressing
    // A server over stdio does not say for whom it asks or logs; only a request that is open can have made it do so.
    const asks = isRequest(message) || message?.method === 'notifications/message'
    return asks || !standalone ? heard.at(-1) : undefined
  }

  function start({ response, headers, starting }: Reply): void {
    clearTimeout(starting)
    if (!response.headersSent) response.writeHead(200, { ...STREAM, ...headers })
  }

  function say(reply: Reply, line: Line): void {
    start(reply)
    reply.response.write(event(line))
  }

  function forget(id: Id, reply: Reply): void {
    replies.delete(id)
    reply.due.delete(id)
    if (reply.due.size === 0) clearTimeout(reply.starting)
  }

  function finish(id: Id, line: Line): void {
    const reply = replies.get(id)
    if (!reply) return
    const { response, headers, due } = reply
    forget(id, reply)
    // Where the answer is all there is to say it needs no stream.
    if (due.size === 0 && !response.headersSent) {
      // With its length a response leaves in one piece.
      const whole = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(line.text) }
      response.writeHead(200, { ...whole, ...headers }).end(line.text)
    } else {
      say(reply, line)
      if (due.size === 0) response.end()
    }
  }

  /** A cancelled request is not answered; its stream would stay open for nobody. */
  function cancel(id: Id): void {
    const reply = replies.get(id)
    if (!reply) return
    forget(id, reply)
    if (reply.due.size > 0) return
    start(reply)
    reply.response.end()
  }

  async function end(): Promise<void> {
    clearTimeout(leaving)
    closed()
    await link.close()
    for (const id of [...replies.keys()]) finish(id, errorFor(id, new Error('the server has ended')))
    standalone?.end()
  }

  function close(): Promise<void> {
    closing ??= end()
    return closing
  }

  return {
    receive(lines, response, headers = {}) {
      const requests = lines.flatMap(({ message }) => (isRequest(message) ? [message] : []))
      if (requests.length > 0) {
        const due = new Set(requests.map(({ id }) => id))
        const tokens = new Set(requests.map(({ params }) => (params?._meta as Meta)?.progressToken))
        const reply: Reply = {
          response,
          headers,
          due,
          tokens,
          starting: setTimeout(() => {
            start(reply)
            response.flushHeaders()
          }, START_MS),
        }
        for (const id of due) replies.set(id, reply)
        response.once('close', () => {
          clearTimeout(reply.starting)
          // Without sessions, a response that the client leaves is a request that it cancels.
          for (const request of requests)
            if (due.has(request.id) && ownVersion(request) !== undefined) {
              forget(request.id, reply)
              link.fromClient(cancellation(request.id))
            }
        })
      } else response.writeHead(202, headers).end()
      for (const line of lines) {
        link.fromClient(line)
        const { method, params } = line.message ?? {}
        if (method === 'notifications/cancelled') cancel(params?.requestId as Id)
      }
    },
    listen(response) {
      if (standalone) {
        response.writeHead(409).end()
        return
      }
      standalone = response
      clearTimeout(leaving)
      response.writeHead(200, STREAM).flushHeaders()
      for (const line of waiting) response.write(event(line))
      waiting = []
      response.once('close', () => {
        standalone = undefined
        leaving = setTimeout(() => replies.size === 0 && void close(), GONE_MS).unref()
      })
    },
    isOpen: (request) => replies.has(request),
    busy: () => replies.size > 0 || standalone !== undefined,
    close,
  }
}

const STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' }

type Meta = { progressToken?: unknown } | undefined

function event({ text }: Line): string {
  return `event: message\ndata: ${text}\n\n`
}

function cancellation(requestId: Id): Line {
  return lineOf({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } })
}
