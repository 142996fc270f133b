import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { CallToolRequestSchema, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { active, type CallResult, layer, text } from './layer.test.support.ts'
import { wrapClient } from './wrap-client.ts'

function shop(): McpServer {
  const server = new McpServer({ name: 'shop', version: '1' })
  const outputSchema = { sum: z.number() }
  server.registerTool('add', { inputSchema: { a: z.number() }, outputSchema }, ({ a }) => ({
    content: [{ type: 'text', text: String(a + 1) }],
    structuredContent: { sum: a + 1 },
  }))
  return server
}

async function connect(server: McpServer | Server, client: Client): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
  await client.connect(near)
  return client
}

const newClient = () => new Client({ name: 'test', version: '1' })
const renaming = active('rename-argument', { from: '/x', to: '/a' }, 'contract.misnamed_param')
const misnamed = { name: 'add', arguments: { x: 1 } }

it.each(['before', 'after'])(
  'a client is wrapped %s it is connected, and stays the object it was',
  async (when) => {
    const { lifeHarness, calls, events } = await layer(renaming)
    const client = newClient()
    if (when === 'before') expect(wrapClient(client, lifeHarness)).toBe(client)
    await connect(shop(), client)
    if (when === 'after') expect(wrapClient(client, lifeHarness)).toBe(client)
    await client.listTools()
    const result = (await client.callTool(misnamed)) as CallResult
    expect(result).toMatchObject({ structuredContent: { sum: 2 }, content: [{ text: '2' }] })
    expect(await calls()).toMatchObject([
      { call: { tool: { origin: 'shop', name: 'add' }, input: { x: 1 } }, executed: { input: { a: 1 } } },
    ])
    expect(await events()).toContainEqual(
      expect.objectContaining({ type: 'episode', family: 'unknown:test' }),
    )
  },
)

it('nothing but a client is wrapped', async () => {
  const { lifeHarness } = await layer()
  expect(() => wrapClient({}, lifeHarness)).toThrow(TypeError)
})

it('results pass by reference where nothing is said', async () => {
  const { lifeHarness } = await layer()
  const client = newClient()
  const result = { content: [] }
  client.callTool = async () => result
  expect(await wrapClient(client, lifeHarness).callTool({ name: 'add' })).toBe(result)
})

it('a list of several pages makes no tool unknown before its end', async () => {
  const { lifeHarness, events } = await layer()
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  const tool = (name: string) => ({ name, inputSchema: { type: 'object' as const } })
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    params?.cursor ? { tools: [tool('b')] } : { tools: [tool('a')], nextCursor: '2' },
  )
  server.setRequestHandler(CallToolRequestSchema, () => ({ content: [] }))
  const client = wrapClient(await connect(server, newClient()), lifeHarness)
  const first = await client.listTools()
  const second = await client.listTools({ cursor: first.nextCursor })
  expect([...first.tools, ...second.tools].map(({ name }) => name)).toEqual(['a', 'b'])
  await client.callTool({ name: 'a' })
  const shown = (await events()).flatMap((event) => (event.type === 'contracts' ? [event.contracts] : []))
  expect(shown.map((contracts) => contracts?.map(({ tool }) => tool.name))).toEqual([['a', 'b']])
})

it.each([
  [-32603, 'answered as a result where there is advice', 'exec.unavailable', 'isError'],
  [-32000, 'thrown as it came', 'exec.unavailable', 'thrown'],
])('a JSON-RPC error %i is %s', async (code, _, category, how) => {
  const hint = active('explain-error', { advice: 'try-later' }, category)
  const { lifeHarness, calls } = await layer(hint)
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(CallToolRequestSchema, () => {
    throw new McpError(code, 'Service unavailable', { of: 'the host' })
  })
  const client = wrapClient(await connect(server, newClient()), lifeHarness)
  const called = client.callTool({ name: 'add' })
  if (how === 'thrown') {
    await expect(called).rejects.toMatchObject({ code, data: { of: 'the host' } })
  } else {
    const result = await called
    expect(result).toMatchObject({ isError: true })
    expect(text(result)[0]).toMatch(/Service unavailable\nThe tool is not available at the moment/)
  }
  expect((await calls()).map(({ applied }) => applied.length)).toEqual([how === 'thrown' ? 0 : 1])
})

it('a JSON-RPC error is lifted into a result where an intervention says so', async () => {
  const { lifeHarness, calls } = await layer(active('lift-protocol-error', {}, 'contract.type'))
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(CallToolRequestSchema, () => {
    throw new McpError(-32602, 'n must be a number')
  })
  const client = wrapClient(await connect(server, newClient()), lifeHarness)
  expect(await client.callTool({ name: 'add' })).toMatchObject({
    isError: true,
    content: [{ type: 'text', text: expect.stringContaining('n must be a number') }],
    _meta: { 'lifeharness/report': { interventions: [{ action: 'respond' }] } },
  })
  expect((await calls()).map(({ outcome, applied }) => [outcome, applied.length])).toEqual([['error', 1]])
})

it('the address that a server wants opened is the client’s affair', async () => {
  const { lifeHarness, calls } = await layer()
  const server = new Server({ name: 'shop', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(CallToolRequestSchema, () => {
    throw new McpError(-32042, 'log in first', { elicitations: [] })
  })
  const client = wrapClient(await connect(server, newClient()), lifeHarness)
  await expect(client.callTool({ name: 'add' })).rejects.toMatchObject({ code: -32042 })
  expect((await calls()).map(({ outcome, failure }) => [outcome, failure])).toEqual([
    ['interrupted', undefined],
  ])
})
