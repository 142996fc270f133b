import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { foreignGuard } from './http-guard.ts'
import { type HttpSession, openHttpSession } from './http-session.ts'
import type { ClientEnd, Link } from './link.ts'
import { isRequest, type Line, lineOf, readLine } from './message.ts'

/** Where the proxy serves clients over Streamable HTTP, at the path `/mcp`. */
export type HttpClients = {
  /** 0: any that is free. */
  port: number
  /** The interface. Default `127.0.0.1`: nobody but this machine. */
  host?: string
  /** Names by which clients may call this machine, beside `localhost` and `host`. Web pages of other names are refused. */
  allowedHosts?: readonly string[]
  /** Told the address when clients can connect. */
  onListening?(url: string): void
}

/** The path of the endpoint. */
const PATH = '/mcp'
const BODY_LIMIT = 64 << 20
/** Each session may hold a process: beyond this many, the one that was quiet longest ends. */
const SESSIONS = 64
/** Of one connection only, or about this end of it: not for the server. */
const NOT_PASSED_ON =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept.*|cookie|origin|referer|sec-.*|mcp-session-id|last-event-id)$/

/** Serves clients over Streamable HTTP until the signal ends it. Rejects when the address cannot be had. */
export function serveHttp(
  clients: HttpClients,
  openLink: (client: ClientEnd) => Link,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { port, host = '127.0.0.1' } = clients
  const sessions = new Map<string, HttpSession>()
  const refusesForeign = foreignGuard([host, ...(clients.allowedHosts ?? [])])
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => refuse(response, 500, -32603, String(error)))
  })
  // Streams stay open for as long as their sessions.
  server.requestTimeout = 0

  function open(key: string): HttpSession | undefined {
    if (sessions.size >= SESSIONS) {
      const [quiet] = [...sessions].filter(([, session]) => !session.busy())
      if (!quiet) return undefined
      sessions.delete(quiet[0])
      void quiet[1].close()
    }
    const session: HttpSession = openHttpSession(openLink, () => {
      if (sessions.get(key) === session) sessions.delete(key)
    })
    sessions.set(key, session)
    return session
  }

  /** The session with this key; it has just been used. */
  function used(key: string): HttpSession | undefined {
    const session = sessions.get(key)
    if (session) {
      sessions.delete(key)
      sessions.set(key, session)
    }
    return session
  }

  /**
   * Since 2026-07-28 requests stand alone. Those of one caller share a session of ours, as long as the ids of what is
   * open differ.
   */
  function without(request: IncomingMessage, lines: readonly Line[]): HttpSession | undefined {
    const ids = lines.flatMap(({ message }) => (isRequest(message) ? [message.id] : []))
    for (let lane = 0; ; lane++) {
      const key = `${lane} ${request.headers.authorization ?? ''}`
      const session = used(key) ?? open(key)
      if (!session || !ids.some((id) => session.isOpen(id))) return session
    }
  }

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return refuse(response, 415, -32000, 'Unsupported Media Type: Content-Type must be application/json')
    const text = await bodyOf(request)
    if (text === undefined) return refuse(response, 413, -32000, 'Payload Too Large')
    const lines = linesOf(text, headersOf(request))
    if (!lines) return refuse(response, 400, -32700, 'Parse error')
    const key = sessionId(request)
    if (key !== undefined) {
      const session = used(key)
      return session ? session.receive(lines, response) : refuse(response, 404, -32001, 'Session not found')
    }
    const greets = lines.some(({ message }) => message?.method === 'initialize')
    const id = randomUUID()
    const session = greets ? open(id) : without(request, lines)
    if (!session) return refuse(response, 503, -32000, 'Too many sessions')
    session.receive(lines, response, greets ? { 'mcp-session-id': id } : {})
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (refusesForeign(request, response)) return
    const { url = '/' } = request
    if (url !== PATH && new URL(url, 'http://localhost').pathname !== PATH)
      return refuse(response, 404, -32000, `Not Found: the endpoint is ${PATH}`)
    if (request.method === 'POST') return post(request, response)
    const key = sessionId(request)
    const session = key === undefined ? undefined : used(key)
    if (key !== undefined && !session) return refuse(response, 404, -32001, 'Session not found')
    if (session && request.method === 'GET') return session.listen(response)
    if (session && request.method === 'DELETE') {
      await session.close()
      response.writeHead(200).end()
      return
    }
    response.setHeader('allow', 'POST')
    refuse(response, 405, -32000, 'Method not allowed')
  }

  return new Promise((resolve, reject) => {
    async function stop(): Promise<void> {
      const ended = [...sessions.values()].map((session) => session.close())
      await Promise.allSettled(ended)
      server.close(() => resolve())
      server.closeAllConnections()
    }
    server.once('error', reject)
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo
      clients.onListening?.(`http://${host.includes(':') ? `[${host}]` : host}:${bound}${PATH}`)
    })
    if (signal?.aborted) void stop()
    else signal?.addEventListener('abort', () => void stop(), { once: true })
  })
}

export function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  if (response.headersSent) return void response.end()
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }))
}

function sessionId({ headers }: IncomingMessage): string | undefined {
  const id = headers['mcp-session-id']
  return typeof id === 'string' ? id : undefined
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !NOT_PASSED_ON.test(name)) passed[name] = String(value)
  return passed
}

function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_LIMIT) chunks.push(chunk)
      else resolve(undefined)
    })
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.once('error', reject)
  })
}

/** The messages of a body; a batch is taken apart. */
function linesOf(text: string, headers: Record<string, string>): Line[] | undefined {
  // Over stdio a message is one line. Outside of strings a line break is white space, inside it cannot stand.
  const line = readLine(text.replace(/[\r\n]+/g, ' '))
  if (line.message) return [{ ...line, headers }]
  try {
    const batch: unknown = JSON.parse(text)
    return Array.isArray(batch) && batch.length > 0
      ? batch.map((one) => ({ ...lineOf(one), headers }))
      : undefined
  } catch {
    return undefined
  }
}
