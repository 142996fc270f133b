import type { LifeHarness, ToolContract } from '@lifeharness/core'
import { type CallParams, listedTools } from './act.ts'
import { contractOf, originOf } from './observe.ts'
import { runTool } from './run-tool.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import type { ListPage } from './tool-list.ts'

export type WrapServerOptions = SessionOptions & {
  /** The origin of the tools. Default: the server's own name. */
  origin?: string
}

/** What a handler is told beside the request: of SDK 1, and of SDK 2, which keeps it one deeper. */
type Extra = {
  sessionId?: string
  signal?: AbortSignal
  requestId?: string | number
  mcpReq?: { id: string | number; signal: AbortSignal }
}
type Handler = (request: { params?: Record<string, unknown> }, extra: Extra) => unknown

/** What is used of a server: of SDK 1 and 2 alike, `McpServer` or the `Server` inside it. */
type LowLevelServer = {
  setRequestHandler(...registration: never[]): unknown
  sendToolListChanged?(): Promise<void>
  getClientVersion?(): { name?: string } | undefined
  _requestHandlers?: Map<string, Handler>
  _serverInfo?: { name?: string }
}

/** Sessions of one server held at once; the one that was quiet longest is let go first. */
const SESSIONS = 1_000

/**
 * Puts the layer between an MCP server and its tools: before or after they are registered, before or after it is
 * connected. The server stays the object it was.
 * @throws TypeError when the object is no server of a known SDK.
 */
export function wrapServer<Server extends object>(
  server: Server,
  lifeHarness: LifeHarness,
  options: WrapServerOptions = {},
): Server {
  const low = ('server' in server ? server.server : server) as LowLevelServer
  const handlers = low._requestHandlers
  if (!(handlers instanceof Map))
    throw new TypeError(
      'wrapServer: not a server of @modelcontextprotocol/sdk or @modelcontextprotocol/server',
    )

  // There is no hook around a handler, and the check of the arguments is part of it: only the whole of it will do.
  const ours = new WeakSet<Handler>()
  const wrapAll = () => {
    wrapHandler('tools/list', wrapList)
    wrapHandler('tools/call', wrapCall)
  }
  function wrapHandler(method: string, wrap: (handler: Handler) => Handler): void {
    const handler = handlers?.get(method)
    if (!handler || ours.has(handler)) return
    const wrapped = wrap(handler)
    ours.add(wrapped)
    handlers?.set(method, wrapped)
  }

  const origin = options.origin ?? originOf(low._serverInfo?.name)
  const sessions = new Map<string, Session>()
  /** Servers may show each session other tools. */
  let contractsOf = new WeakMap<Session, readonly ToolContract[]>()
  let list: Handler | undefined

  function sessionOf({ sessionId = '' }: Extra): Session {
    const known = sessions.get(sessionId)
    sessions.delete(sessionId)
    const session = known ?? openSession(lifeHarness, options, () => low.getClientVersion?.()?.name)
    sessions.set(sessionId, session)
    if (sessions.size > SESSIONS) {
      const [oldest, quiet] = sessions.entries().next().value as [string, Session]
      sessions.delete(oldest)
      quiet.end()
    }
    return session
  }

  /** All pages of the server's own list; nothing is known of its tools when it fails. */
  async function readContracts(extra: Extra): Promise<readonly ToolContract[]> {
    const read: ToolContract[] = []
    try {
      let cursor: unknown
      do {
        const params = cursor === undefined ? {} : { params: { cursor } }
        const page = (await list?.({ method: 'tools/list', ...params } as object, extra)) as
          | ListPage
          | undefined
        read.push(...(page?.tools ?? []).map((tool) => contractOf(origin, tool)))
        cursor = page?.nextCursor
      } while (cursor !== undefined)
    } catch {
      return []
    }
    return read
  }

  function wrapList(handler: Handler): Handler {
    list = handler
    return async (request, extra) => {
      const page = (await handler(request, extra)) as ListPage
      const session = sessionOf(extra)
      const contracts = await readContracts(extra)
      contractsOf.set(session, contracts)
      const presented = session.present(contracts)
      const tools = listedTools(page.tools ?? [], contracts, presented)
      return tools === page.tools ? page : { ...page, tools }
    }
  }

  function wrapCall(handler: Handler): Handler {
    return async (request, extra) => {
      const session = sessionOf(extra)
      const contracts = contractsOf.get(session) ?? (await readContracts(extra))
      contractsOf.set(session, contracts)
      const params = request.params as CallParams
      const asked = {
        id: String(extra.mcpReq?.id ?? extra.requestId),
        origin,
        name: params.name,
        arguments: params.arguments,
      }
      const execute = (sent: CallParams) =>
        handler(sent === params ? request : { ...request, params: sent }, extra)
      return session.call(
        asked,
        contracts,
        (episode, emitted) =>
          runTool(lifeHarness, episode, emitted, {
            params,
            signal: extra.mcpReq?.signal ?? extra.signal,
            execute,
          }),
        async () => execute(params),
      )
    }
  }

  const setRequestHandler = low.setRequestHandler
  low.setRequestHandler = function (this: LowLevelServer, ...registration: never[]) {
    const registered = setRequestHandler.apply(this, registration)
    wrapAll()
    return registered
  }
  const sendToolListChanged = low.sendToolListChanged
  if (sendToolListChanged)
    low.sendToolListChanged = function (this: LowLevelServer) {
      contractsOf = new WeakMap()
      return sendToolListChanged.call(this)
    }
  wrapAll()
  return server
}
