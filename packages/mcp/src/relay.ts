import type { Episode, LifeHarness, ToolCall } from '@lifeharness/core'
import type { CallParams } from './act.ts'
import { headersFor } from './http-headers.ts'
import {
  answeredId,
  clientName,
  type Id,
  isRequest,
  type Line,
  lineOf,
  type Message,
  type Request,
  serverName,
} from './message.ts'
import { originOf } from './observe.ts'
import { runTool } from './run-tool.ts'
import { openSession, type SessionOptions } from './session.ts'
import { toolList } from './tool-list.ts'

export type RelayOptions = SessionOptions & {
  lifeHarness: LifeHarness
  /**
   * The origin of the server's tools. By default the name the server gives itself; give one where you trust origins,
   * since a server may call itself anything.
   */
  origin?: string
}

/** The two ends between which a relay stands. */
export type Wire = {
  /** Rejects where the server's end does not take the message over: HTTP answers each by a status. */
  toServer(line: Line): void | Promise<void>
  /** `relatedTo`: the client's request on whose behalf the server says this, where that is known. */
  toClient(line: Line, relatedTo?: Id): void
  /** A message of the client's that the server's end did not take over. */
  refused(line: Line, error: unknown): void
}

/** One session between a client and a server, without the streams it comes over. */
export type Relay = {
  fromClient(line: Line): void
  /** `relatedTo`: the request, as it was sent to the server, in answer to which this came. */
  fromServer(line: Line, relatedTo?: Id): void
  /** Calls that still run are given up. */
  close(): Promise<void>
}

/** Cancelled attempts whose answers are still waited for, to be dropped. */
const ABANDONED = 1_000

type Running = {
  /** The request's id as the client knows it. */
  id: Id
  abort: AbortController
  /** The id under which the server knows the current attempt. */
  attempt?: Id
}

type Attempt = { request: Running; resolve(line: Line): void; reject(error: unknown): void }

/** The server's JSON-RPC error, thrown so that the layer sees it, passed on as it came. */
class RpcError extends Error {
  readonly line: Line
  readonly code: number
  constructor(line: Line) {
    super(line.message?.error?.message ?? 'unknown error')
    this.line = line
    this.code = line.message?.error?.code ?? 0
  }
}

/** Everything is passed on as it came; only `tools/call` goes through the layer, and `tools/list` is read. */
export function createRelay(options: RelayOptions, wire: Wire): Relay {
  const running = new Map<Id, Running>()
  const attempts = new Map<Id, Attempt>()
  /** Attempts given up: whatever the server still says of them is for nobody. */
  const abandoned = new Set<Id>()
  const calls = new Set<Promise<void>>()
  /** Open `tools/list` requests of the client, with whether the list goes on an earlier page. */
  const lists = new Map<Id, boolean>()
  let server: string | undefined
  let client: string | undefined
  let fresh = 0
  const session = openSession(options.lifeHarness, options, () => client)
  const origin = () => options.origin ?? originOf(server)
  const list = toolList(session, origin)
  const toClient = lastProgressFirst(wire.toClient)

  /** Passes on what the layer does not touch. */
  function pass(line: Line): void {
    wire.toServer(line)?.catch((error) => wire.refused(line, error))
  }

  /** Sends one attempt and waits for the server's answer. */
  function attempt(request: Running, id: Id, sent: Line): Promise<Line> {
    const { signal } = request.abort
    if (signal.aborted) return Promise.reject(signal.reason)
    request.attempt = id
    return new Promise<Line>((resolve, reject) => {
      const giveUp = () => {
        attempts.delete(id)
        if (abandoned.size >= ABANDONED) abandoned.delete(abandoned.values().next().value as Id)
        abandoned.add(id)
        reject(signal.reason)
      }
      const settled = () => signal.removeEventListener('abort', giveUp)
      signal.addEventListener('abort', giveUp, { once: true })
      const refused = (error: unknown) => {
        settled()
        attempts.delete(id)
        reject(error)
      }
      attempts.set(id, {
        request,
        resolve(line) {
          settled()
          resolve(line)
        },
        reject: refused,
      })
      wire.toServer(sent)?.catch(refused)
    })
  }

  /** Runs one call through the layer; gives back the answer for the client. */
  async function answerFor(request: Running, line: Line, message: Request): Promise<Line> {
    const params = message.params as CallParams
    const { signal } = request.abort
    const asked = { id: String(message.id), origin: origin(), name: params.name, arguments: params.arguments }
    const bare = async () => withId(await attempt(request, message.id, line), message.id)
    const throughLayer = async (episode: Episode, emitted: ToolCall) => {
      const lines = new WeakMap<object, Line>()
      let first = true
      async function execute(sent: CallParams, executed: ToolCall): Promise<unknown> {
        // The first attempt keeps the client's id, so that it can go out and come back as it is.
        const own = first && executed.id === emitted.id
        if (own) first = false
        const id = own ? message.id : `lifeharness:${++fresh}`
        const out = own && sent === params ? line : rewritten(line, { ...message, id, params: sent })
        const answered = await attempt(request, id, out)
        if (answered.message?.error) throw new RpcError(answered)
        const result = answered.message?.result ?? {}
        lines.set(result, answered)
        return result
      }
      try {
        const told = await runTool(options.lifeHarness, episode, emitted, { params, signal, execute })
        const answered = lines.get(told as object)
        return answered ? withId(answered, message.id) : response(message.id, told)
      } catch (error) {
        if (error instanceof RpcError) return withId(error.line, message.id)
        throw error
      }
    }
    return session.call(asked, list.contracts(), throughLayer, bare)
  }

  /** A call as it is sent instead, with the headers that a server over HTTP compares with it. */
  function rewritten({ headers }: Line, message: Message): Line {
    const contract = list.contracts().find(({ tool }) => tool.name === message.params?.name)
    return { ...lineOf(message), headers: headersFor(message, headers, contract?.inputSchema) }
  }

  async function call(line: Line, message: Request): Promise<void> {
    const request: Running = { id: message.id, abort: new AbortController() }
    running.set(message.id, request)
    try {
      toClient(await answerFor(request, line, message))
    } catch (error) {
      // Cancelled: the protocol wants no answer.
      if (!request.abort.signal.aborted) wire.refused(line, error)
    } finally {
      running.delete(message.id)
    }
  }

  /** The list as the client should see it; as it came where it cannot be read. */
  function shownList(line: Line, message: Message, goesOn: boolean): Line {
    try {
      const page = list.read(message.result ?? {}, goesOn)
      return page === message.result ? line : lineOf({ ...message, result: page })
    } catch (error) {
      options.lifeHarness.report('mcp proxy', error)
      return line
    }
  }

  /** Passes a cancellation on to the attempt that runs. */
  function cancel(line: Line, message: Message, { abort, attempt: requestId }: Running): void {
    const { params } = message
    if (requestId === params?.requestId) pass(line)
    else if (requestId !== undefined)
      pass({ ...line, ...lineOf({ ...message, params: { ...params, requestId } }) })
    abort.abort(new DOMException('The client cancelled the call', 'AbortError'))
  }

  return {
    fromClient(line) {
      const { message } = line
      if (!message) return pass(line)
      client = clientName(message) ?? client
      if (isRequest(message)) {
        const { id, method, params } = message
        if (method === 'tools/call' && typeof params?.name === 'string') {
          const done = call(line, message).finally(() => calls.delete(done))
          calls.add(done)
          return
        }
        if (method === 'tools/list') lists.set(id, params?.cursor !== undefined)
      } else if (message.method === 'notifications/cancelled') {
        const cancelled = running.get(message.params?.requestId as Id)
        if (cancelled) return cancel(line, message, cancelled)
      }
      pass(line)
    },
    fromServer(line, relatedTo) {
      const { message } = line
      const id = answeredId(message)
      const related = relatedTo === undefined ? undefined : (attempts.get(relatedTo)?.request.id ?? relatedTo)
      if (!message || id === undefined) return toClient(line, related)
      server = serverName(message) ?? server
      const waiting = attempts.get(id)
      if (waiting) {
        attempts.delete(id)
        return waiting.resolve(line)
      }
      if (abandoned.delete(id)) return
      const goesOn = lists.get(id)
      toClient(lists.delete(id) ? shownList(line, message, goesOn === true) : line, related)
    },
    async close() {
      const ended = new Error('the server has ended')
      for (const { reject } of [...attempts.values()]) reject(ended)
      // An attempt that was cut off is a failure; whoever waits to try again must not.
      await new Promise((resolve) => setImmediate(resolve))
      for (const { abort } of running.values()) abort.abort(ended)
      await Promise.allSettled(calls)
      session.end()
    },
  }
}

/**
 * A client of the SDK loses a progress that reaches it in one chunk with the result it belongs to: an answer right
 * behind a progress waits until that has left the process. What comes behind the answer stays behind it.
 */
function lastProgressFirst(send: Wire['toClient']): Wire['toClient'] {
  let progressed = false
  let held: Parameters<typeof send>[] = []
  function release(): void {
    progressed = false
    const released = held
    held = []
    for (const waiting of released) deliver(...waiting)
  }
  function deliver(...said: Parameters<typeof send>): void {
    const [{ message }] = said
    if (held.length > 0 || (progressed && answeredId(message) !== undefined)) return void held.push(said)
    if (message?.method === 'notifications/progress' && !progressed) {
      progressed = true
      setImmediate(release)
    }
    send(...said)
  }
  return deliver
}

function response(id: Id, result: unknown): Line {
  return lineOf({ jsonrpc: '2.0', id, result })
}

/** The server's own line where it bears the client's id, else the same message under that id. */
function withId(line: Line, id: Id): Line {
  return line.message?.id === id ? line : lineOf({ ...line.message, id })
}
