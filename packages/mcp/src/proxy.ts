import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Episode, LifeHarness, ToolCall, ToolContract } from '@lifeharness/core'
import { answer, type CallParams, listedTools, paramsFor, toldResult } from './act.ts'
import { type Line, type Message, readLines, writeLine } from './lines.ts'
import { codecFor, contractOf, type ListedTool, originOf } from './observe.ts'
import { openSession, type SessionOptions } from './session.ts'

export type ProxyOptions = SessionOptions & {
  lifeHarness: LifeHarness
  /** The server to start, with its arguments. It inherits this process' environment and standard error. */
  command: string
  args?: readonly string[]
  env?: Record<string, string | undefined>
  cwd?: string
  /**
   * The origin of the server's tools. By default the name the server gives itself; give one where you trust origins,
   * since a server may call itself anything.
   */
  origin?: string
  /** Where the client is. Default: standard input and output. */
  input?: Readable
  output?: Writable
  /** Stops the server and with it the proxy. */
  signal?: AbortSignal
  /** One line for the developer. Default: standard error, since standard output is the protocol. */
  log?(line: string): void
}

/** Time a server has to end after it was told to, in milliseconds; clients give two seconds to both of us. */
const GRACE_MS = 1_500
/** Cancelled attempts whose answers are still waited for, to be dropped. */
const ABANDONED = 1_000

type Id = string | number

type Request = Message & { id: Id }

type Running = {
  abort: AbortController
  /** The id under which the server knows the current attempt. */
  attempt?: Id
}

type Attempt = { resolve(line: Line): void; reject(error: unknown): void }

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

/**
 * Stands between an MCP client and a server that it starts, over stdio. Everything is passed on as it came; only
 * `tools/call` goes through the layer. Resolves with the server's exit code when both sides are closed and every event
 * is recorded; rejects when the server cannot be started.
 */
export async function runProxy(options: ProxyOptions): Promise<{ exitCode: number }> {
  const { lifeHarness, command, args = [], input = process.stdin, output = process.stdout } = options
  const log = options.log ?? ((line) => process.stderr.write(`lifeharness: ${line}\n`))
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  // A side that is gone shows itself by its end; writing to it is no error of ours.
  child.stdin.on('error', () => {})
  output.on('error', () => {})

  const relay = createRelay(options, {
    toServer: (line) => writeLine(child.stdin, line),
    toClient: (line) => writeLine(output, line),
    log,
  })
  readLines(input, relay.fromClient)
  readLines(child.stdout, relay.fromServer)

  // A server over stdio ends when its input does, as it would without us in between.
  const inputEnded = () => child.stdin.end()
  let killing: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill('SIGTERM')
    killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  }
  input.once('end', inputEnded)
  options.signal?.addEventListener('abort', stop, { once: true })
  if (options.signal?.aborted) stop()
  try {
    return { exitCode: await exited }
  } finally {
    clearTimeout(killing)
    options.signal?.removeEventListener('abort', stop)
    input.off('end', inputEnded)
    input.removeAllListeners('data')
    input.pause()
    await relay.close()
    await lifeHarness.flush().catch((error) => log(`events were not recorded: ${error}`))
  }
}

type Wire = {
  toServer(line: string | object): void
  toClient(line: string | object): void
  log(line: string): void
}

/** The proxy without its processes. */
export function createRelay(
  options: Pick<ProxyOptions, keyof SessionOptions | 'lifeHarness' | 'origin'>,
  wire: Wire,
): { fromClient(line: Line): void; fromServer(line: Line): void; close(): Promise<void> } {
  const running = new Map<Id, Running>()
  const attempts = new Map<Id, Attempt>()
  /** Attempts given up: whatever the server still says of them is for nobody. */
  const abandoned = new Set<Id>()
  const calls = new Set<Promise<void>>()
  /** Open `tools/list` and `initialize` requests of the client, with whether the list goes on an earlier page. */
  const lists = new Map<Id, boolean>()
  const greetings = new Set<Id>()
  let contracts: readonly ToolContract[] = []
  let pages: readonly ToolContract[] = []
  let server: string | undefined
  let client: string | undefined
  let fresh = 0
  const session = openSession(options.lifeHarness, options, () => client)
  const origin = () => options.origin ?? originOf(server)

  /** Sends one attempt and waits for the server's line. */
  function attempt(request: Running, id: Id, sent: string | object): Promise<Line> {
    const { signal } = request.abort
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
      attempts.set(id, {
        resolve(line) {
          settled()
          resolve(line)
        },
        reject(error) {
          settled()
          reject(error)
        },
      })
      wire.toServer(sent)
    })
  }

  /** Runs one call through the layer; gives back the line or message for the client. */
  async function answerFor(request: Running, line: Line, message: Request): Promise<string | object> {
    const params = message.params as CallParams
    const { signal } = request.abort
    const asked = { id: String(message.id), origin: origin(), name: params.name, arguments: params.arguments }
    const bare = async () => withId(await attempt(request, message.id, line.text), message.id)
    const throughLayer = async (episode: Episode, emitted: ToolCall) => {
      const lines = new WeakMap<object, Line>()
      let first = true
      async function execute(executed: ToolCall): Promise<unknown> {
        // The first attempt keeps the client's id, so that it can go out and come back as it is.
        const own = first && executed.id === emitted.id
        if (own) first = false
        const id = own ? message.id : `lifeharness:${++fresh}`
        const changed = paramsFor(params, emitted, executed)
        const sent = own && changed === params ? line.text : { ...message, id, params: changed }
        const answered = await attempt(request, id, sent)
        if (answered.message?.error) throw new RpcError(answered)
        const result = answered.message?.result ?? {}
        lines.set(result, answered)
        return result
      }
      const outcome = await episode.run(emitted, execute, { host: codecFor(signal), signal })
      const { value } = outcome.result
      if (value instanceof RpcError) return withId(value.line, message.id)
      const answered = typeof value === 'object' && value !== null ? lines.get(value) : undefined
      if (!answered) {
        // Nothing was sent, or the server went away before it answered.
        if (!first) throw value
        return response(message.id, answer(outcome.edited ?? outcome.result.view(), outcome.thrown))
      }
      const told = toldResult(value, outcome, report)
      return told === value ? withId(answered, message.id) : response(message.id, told)
    }
    return session.call(asked, contracts, throughLayer, bare)
  }

  async function call(line: Line, message: Request): Promise<void> {
    const request: Running = { abort: new AbortController() }
    running.set(message.id, request)
    try {
      wire.toClient(await answerFor(request, line, message))
    } catch (error) {
      // Cancelled: the protocol wants no answer. Otherwise the server is gone, and the client sees that itself.
      if (!request.abort.signal.aborted) wire.log(`tools/call ${message.params?.name}: ${error}`)
    } finally {
      running.delete(message.id)
    }
  }

  function readList(listed: Message, goesOn: boolean): Message | undefined {
    const tools = listed.result?.tools
    if (!Array.isArray(tools)) return undefined
    const page = (tools as ListedTool[]).map((tool) => contractOf(origin(), tool))
    pages = goesOn ? [...pages, ...page] : page
    // Until the last page is here, a tool that is missing may be on the next one.
    if (listed.result?.nextCursor !== undefined) return undefined
    contracts = pages
    const presented = session.present(pages)
    if (presented === pages) return undefined
    return { ...listed, result: { ...listed.result, tools: listedTools(tools, pages, presented) } }
  }

  const report = (error: unknown) => options.lifeHarness.report('mcp proxy', error)

  /** The list as the client should see it; as it came where it cannot be read. */
  function shownList(line: Line, message: Message, goesOn: boolean): string | object {
    try {
      return readList(message, goesOn) ?? line.text
    } catch (error) {
      report(error)
      return line.text
    }
  }

  return {
    fromClient(line) {
      const { message } = line
      const { id, method, params } = message ?? {}
      if (message && id !== undefined && method === 'tools/call' && typeof params?.name === 'string') {
        const done = call(line, message as Request).finally(() => calls.delete(done))
        calls.add(done)
        return
      }
      if (id !== undefined && method === 'tools/list') lists.set(id, params?.cursor !== undefined)
      if (id !== undefined && method === 'initialize') {
        greetings.add(id)
        client = nameOf(params?.clientInfo)
      }
      const cancelled =
        method === 'notifications/cancelled' ? running.get(params?.requestId as Id) : undefined
      if (!cancelled) return wire.toServer(line.text)
      const { attempt: requestId } = cancelled
      if (requestId === params?.requestId) wire.toServer(line.text)
      else if (requestId !== undefined) wire.toServer({ ...message, params: { ...params, requestId } })
      cancelled.abort.abort(new DOMException('The client cancelled the call', 'AbortError'))
    },
    fromServer(line) {
      const { message } = line
      const id = message?.method === undefined ? message?.id : undefined
      if (!message || id === undefined) return wire.toClient(line.text)
      const waiting = attempts.get(id)
      if (waiting) {
        attempts.delete(id)
        return waiting.resolve(line)
      }
      if (abandoned.delete(id)) return
      if (greetings.delete(id)) server = nameOf(message.result?.serverInfo)
      const goesOn = lists.get(id)
      wire.toClient(lists.delete(id) ? shownList(line, message, goesOn === true) : line.text)
    },
    async close() {
      for (const { reject } of attempts.values()) reject(new Error('the server has ended'))
      attempts.clear()
      await Promise.allSettled(calls)
      session.end()
    },
  }
}

function nameOf(implementation: unknown): string | undefined {
  const { name } = (implementation ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : undefined
}

function response(id: Id, result: unknown): object {
  return { jsonrpc: '2.0', id, result }
}

/** The server's own line where it bears the client's id, else the same message under that id. */
function withId(line: Line, id: Id): string | object {
  return line.message?.id === id ? line.text : { ...line.message, id }
}
