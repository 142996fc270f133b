import type { LifeHarness } from '@lifeharness/core'
import type { CallParams } from './act.ts'
import { originOf } from './observe.ts'
import { runTool } from './run-tool.ts'
import { openSession, type SessionOptions } from './session.ts'
import { type ListPage, toolList } from './tool-list.ts'

export type WrapClientOptions = SessionOptions & {
  /** The origin of the server's tools. Default: the name the server gives itself. */
  origin?: string
}

/** What is used of a client: of SDK 1 and 2 alike. Their calls differ in what follows the parameters. */
type ToolsClient = {
  callTool(params: CallParams, ...more: unknown[]): Promise<unknown>
  listTools(params?: { cursor?: string }, ...more: unknown[]): Promise<ListPage>
  getServerVersion?(): { name?: string } | undefined
  onclose?: (() => void) | undefined
  _clientInfo?: { name?: string }
}

/**
 * Puts the layer between an MCP client and its server, before or after it is connected: around `listTools` and `callTool`.
 * The client stays the object it was. Task streams (`experimental.tasks`) and bare `request`s pass beside it.
 * @throws TypeError when the object is no client of a known SDK.
 */
export function wrapClient<Client extends object>(
  client: Client,
  lifeHarness: LifeHarness,
  options: WrapClientOptions = {},
): Client {
  const host = client as unknown as ToolsClient
  const { callTool, listTools } = host
  if (typeof callTool !== 'function' || typeof listTools !== 'function')
    throw new TypeError(
      'wrapClient: not a client of @modelcontextprotocol/sdk or @modelcontextprotocol/client',
    )
  const origin = () => options.origin ?? originOf(host.getServerVersion?.()?.name)
  const session = openSession(lifeHarness, options, () => host._clientInfo?.name)
  const list = toolList(session, origin)
  let calls = 0

  host.listTools = async (params, ...more) => {
    const page = await listTools.call(client, params, ...more)
    try {
      return list.read(page, params?.cursor !== undefined)
    } catch (error) {
      lifeHarness.report('mcp tools/list', error)
      return page
    }
  }
  host.callTool = (params, ...more) => {
    calls += 1
    const asked = { id: `call-${calls}`, origin: origin(), name: params.name, arguments: params.arguments }
    const execute = (sent: CallParams) => callTool.call(client, sent, ...more)
    const signal = signalIn(more)
    return session.call(
      asked,
      list.contracts(),
      (episode, emitted) => runTool(lifeHarness, episode, emitted, { params, signal, execute }),
      () => execute(params),
    )
  }
  return client
}

/** The request options come last: behind a result schema in SDK 1, at once in SDK 2. */
function signalIn(more: readonly unknown[]): AbortSignal | undefined {
  for (const one of more) {
    const { signal } = (one ?? {}) as { signal?: unknown }
    if (signal instanceof AbortSignal) return signal
  }
  return undefined
}
