import type { LifeHarness } from '@lifeharness/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { active, layer, text } from './layer.test.support.ts'
import { wrapServer } from './wrap-server.ts'

async function connected(server: McpServer | Server): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
  await client.connect(near)
  return client
}

const renaming = active('rename-argument', { from: '/x', to: '/a' }, 'contract.misnamed_param')

function register(server: McpServer): McpServer {
  server.registerTool('add', { inputSchema: { a: z.number() } }, ({ a }) => {
    if (a === 503) throw new Error('Service unavailable')
    return { content: [{ type: 'text', text: String(a + 1) }] }
  })
  return server
}

const shop = () => new McpServer({ name: 'shop', version: '1' })
const misnamed = { name: 'add', arguments: { x: 1 } }

describe('a server is wrapped', () => {
  it.each<[string, (lifeHarness: LifeHarness) => Promise<Client>]>([
    ['before its tools are registered', (life) => connected(register(wrapServer(shop(), life)))],
    ['after its tools are registered', (life) => connected(wrapServer(register(shop()), life))],
    [
      'after it is connected',
      async (life) => {
        const server = register(shop())
        const client = await connected(server)
        wrapServer(server, life)
        return client
      },
    ],
    [
      'without the high-level class',
      (life) => {
        const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
        wrapServer(server, life)
        const inputSchema = {
          type: 'object' as const,
          properties: { a: { type: 'number' } },
          required: ['a'],
        }
        server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'add', inputSchema }] }))
        server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
          content: [{ type: 'text', text: String(Number(params.arguments?.a) + 1) }],
        }))
        return connected(server)
      },
    ],
  ])('%s', async (_, connect) => {
    const { lifeHarness, calls } = await layer(renaming)
    const client = await connect(lifeHarness)
    // The client never asked for the list: the server's own says what an argument is called.
    expect(text(await client.callTool(misnamed))).toEqual(['2'])
    const [event] = await calls()
    expect(event).toMatchObject({ call: { input: { x: 1 } }, executed: { input: { a: 1 } }, outcome: 'ok' })
  })

  it('and stays the object it was', async () => {
    const { lifeHarness } = await layer()
    const server = shop()
    expect(wrapServer(server, lifeHarness)).toBe(server)
    expect(() => wrapServer({}, lifeHarness)).toThrow(TypeError)
  })
})

it('a hint stands in the text of the error', async () => {
  const { lifeHarness } = await layer(active('explain-error', { advice: 'try-later' }, 'exec.unavailable'))
  const client = await connected(register(wrapServer(shop(), lifeHarness)))
  const result = await client.callTool({ name: 'add', arguments: { a: 503 } })
  expect(result.isError).toBe(true)
  expect(text(result)).toEqual([
    'Service unavailable\nThe tool is not available at the moment. The same call may succeed later.',
  ])
})

it('JSON-RPC errors are classified and leave as they came', async () => {
  const { lifeHarness, calls } = await layer()
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(CallToolRequestSchema, () => {
    throw new McpError(ErrorCode.InvalidParams, 'no such thing', { hint: 1 })
  })
  const client = await connected(wrapServer(server, lifeHarness))
  await expect(client.callTool(misnamed)).rejects.toMatchObject({ code: -32602, data: { hint: 1 } })
  expect((await calls()).map(({ outcome, error }) => [outcome, error?.code])).toEqual([['error', -32602]])
})

it('a result passes by reference where nothing is said', async () => {
  const { lifeHarness } = await layer()
  const server = register(shop())
  const before = server.server as unknown as {
    _requestHandlers: Map<string, (...args: unknown[]) => unknown>
  }
  const result = { content: [{ type: 'text', text: '2' }], structuredContent: { sum: 2 } }
  before._requestHandlers.set('tools/call', () => result)
  wrapServer(server, lifeHarness)
  const handler = before._requestHandlers.get('tools/call')!
  expect(await handler({ method: 'tools/call', params: misnamed }, { requestId: 1 })).toBe(result)
})

describe('episodes', () => {
  async function episodesOf(pauseMs: number) {
    const { lifeHarness, events, calls } = await layer()
    let time = 0
    const server = wrapServer(register(shop()), lifeHarness, { idleMs: 1_000, now: () => time })
    const client = await connected(server)
    const call = (a: number) => client.callTool({ name: 'add', arguments: { a } })
    await call(1)
    await Promise.all([call(2), call(3)])
    time += pauseMs
    await call(4)
    const recorded = await events()
    const recordedCalls = await calls()
    const ids = [...new Set(recordedCalls.map(({ episode }) => episode))]
    return {
      recorded,
      numbered: recordedCalls.map(({ episode, call }) => [ids.indexOf(episode), call.turn, call.index]),
    }
  }

  it('go on within a session, and overlapping calls are siblings', async () => {
    const { numbered, recorded } = await episodesOf(999)
    expect(numbered).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
      [0, 2, 0],
    ])
    expect(recorded.find(({ type }) => type === 'episode')).toMatchObject({ family: 'unknown:test' })
  })

  it('end with a pause', async () => {
    const { numbered } = await episodesOf(1_000)
    expect(numbered.at(-1)).toEqual([1, 0, 0])
  })

  it('begin with the first call, however long before it the tools were listed', async () => {
    const { lifeHarness, events } = await layer()
    let time = 0
    const server = wrapServer(register(shop()), lifeHarness, { idleMs: 1_000, now: () => time })
    const client = await connected(server)
    await client.listTools()
    time += 5_000
    await client.callTool({ name: 'add', arguments: { a: 1 } })
    expect((await events()).filter(({ type }) => type === 'episode' || type === 'end')).toHaveLength(1)
  })
})

it('each session has the tools that it was shown', async () => {
  const spoiling = active('coerce-argument', { path: '/a', to: 'integer' }, 'contract.type')
  const { lifeHarness, calls } = await layer(spoiling)
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  const tool = (name: string) => ({ name, inputSchema: { type: 'object' as const } })
  server.setRequestHandler(ListToolsRequestSchema, (_, { sessionId }) => ({
    tools: sessionId === 'admin' ? [tool('add')] : [tool('other')],
  }))
  server.setRequestHandler(CallToolRequestSchema, () => ({ content: [] }))
  wrapServer(server, lifeHarness)
  const handler = (server as unknown as { _requestHandlers: Map<string, (...args: unknown[]) => unknown> })
    ._requestHandlers
  const ask = (method: string, sessionId: string, params = {}) =>
    handler.get(method)?.({ method, params }, { sessionId, requestId: 1 })
  await ask('tools/list', 'user')
  await ask('tools/call', 'admin', { name: 'add', arguments: { a: '1' } })
  // For the administrator the tool exists, and his call is live.
  expect((await calls())[0]?.applied).toMatchObject([{ dead: false }])
})

it('an argument that the server may leave out makes no call dead', async () => {
  const dropping = active('drop-argument', { path: '/why' }, 'contract.misnamed_param')
  const { lifeHarness, calls } = await layer(dropping)
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  // With Zod 3 the SDK writes contracts that forbid what the check then leaves out.
  const inputSchema = { type: 'object' as const, properties: { a: {} }, additionalProperties: false }
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'add', inputSchema }] }))
  server.setRequestHandler(CallToolRequestSchema, () => ({ content: [] }))
  const client = await connected(wrapServer(server, lifeHarness))
  await client.callTool({ name: 'add', arguments: { a: 1, why: 'because' } })
  expect((await calls())[0]?.applied).toMatchObject([{ action: 'replace-call', dead: false }])
})

it('a call runs though the user’s own function fails', async () => {
  const faults: string[] = []
  const { lifeHarness } = await layer(undefined, { onFault: ({ where }) => faults.push(where) })
  const approved = () => {
    throw new Error('no')
  }
  const client = await connected(wrapServer(register(shop()), lifeHarness, { approved }))
  expect(text(await client.callTool({ name: 'add', arguments: { a: 1 } }))).toEqual(['2'])
  expect(faults).toEqual(['mcp tools/call'])
})

it('a hint that a JSON-RPC error cannot carry is not counted', async () => {
  const hint = active('explain-error', { advice: 'try-later' }, 'exec.unavailable')
  const { lifeHarness, calls } = await layer(hint)
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(CallToolRequestSchema, () => {
    throw new McpError(-32000, 'Service unavailable')
  })
  const client = await connected(wrapServer(server, lifeHarness))
  await expect(client.callTool({ name: 'add' })).rejects.toThrow('Service unavailable')
  const [event] = await calls()
  expect(event?.failure?.category).toBe('exec.unavailable')
  expect(event?.applied).toEqual([])
})

it('annotations count only for an origin the user trusts', async () => {
  const executions = async (trustedOrigins: string[]) => {
    const retrying = active('retry', { backoffMs: 0 }, 'exec.unavailable')
    const { lifeHarness } = await layer(retrying, { config: { trustedOrigins } })
    const server = wrapServer(shop(), lifeHarness)
    let times = 0
    server.registerTool('add', { annotations: { readOnlyHint: true } }, () => {
      times++
      throw new Error('Service unavailable')
    })
    const client = await connected(server)
    await client.callTool({ name: 'add' })
    return times
  }
  expect(await executions([])).toBe(1)
  expect(await executions(['shop'])).toBeGreaterThan(1)
})
