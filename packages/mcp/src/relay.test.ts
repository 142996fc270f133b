import { PassThrough, type Readable, type Writable } from 'node:stream'
import type { LifeHarness } from '@lifeharness/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { describe, expect, it } from 'vitest'
import { active, type CallResult, layer } from './layer.test.support.ts'
import { readLines, writeLine } from './lines.ts'
import { type Line, readLine } from './message.ts'
import { createRelay } from './relay.ts'

/** The SDK's transport over a pair of streams serves either side. */
async function connect(input: Readable, output: Writable): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioServerTransport(input, output))
  return client
}

/** A relay between a client and a server in this process. `sent` is what the server was sent. */
async function relayed(lifeHarness: LifeHarness, server: McpServer, options: object = {}) {
  const [toServer, fromServer] = [new PassThrough(), new PassThrough()]
  const [toProxy, toClient] = [new PassThrough(), new PassThrough()]
  const sent: Line[] = []
  const relay = createRelay(
    { lifeHarness, ...options },
    {
      toServer(line) {
        sent.push(line)
        writeLine(toServer, line)
      },
      toClient: (line) => writeLine(toClient, line),
      refused: () => {},
    },
  )
  readLines(toProxy, relay.fromClient)
  readLines(fromServer, relay.fromServer)
  await server.connect(new StdioServerTransport(toServer, fromServer))
  return { client: await connect(toClient, toProxy), relay, sent }
}

describe('attempts', () => {
  function flaky(fails: number) {
    const server = new McpServer({ name: 'shop', version: '1' })
    const seen: { id: unknown; aborted: AbortSignal }[] = []
    let reached: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      reached = resolve
    })
    server.registerTool('look', { annotations: { readOnlyHint: true } }, async ({ requestId, signal }) => {
      seen.push({ id: requestId, aborted: signal })
      if (seen.length <= fails) throw new Error('Service unavailable')
      if (fails >= 0) return { content: [{ type: 'text', text: 'seen' }] }
      reached()
      return new Promise<never>(() => {})
    })
    return { server, seen, waiting }
  }
  const trusting = { config: { trustedOrigins: ['shop'] } }
  const retrying = active('retry', { backoffMs: 0 }, 'exec.unavailable', 'look')

  it('after the first have ids of their own; the client sees one answer', async () => {
    const { server, seen } = flaky(1)
    const { lifeHarness, calls } = await layer(retrying, trusting)
    const { client } = await relayed(lifeHarness, server)
    await client.listTools()
    const result = (await client.callTool({ name: 'look' })) as CallResult
    expect(result.content).toEqual([{ type: 'text', text: 'seen' }])
    expect(seen.map(({ id }) => id)).toEqual([expect.any(Number), 'lifeharness:1'])
    expect(await calls()).toMatchObject([{ outcome: 'ok', executed: { attempt: 2 } }])
  })

  it('are cancelled under the id the server knows, and answered no more', async () => {
    const { server, seen, waiting } = flaky(-1)
    const { lifeHarness, calls } = await layer()
    const { client, relay } = await relayed(lifeHarness, server)
    const controller = new AbortController()
    const call = client.callTool({ name: 'look' }, undefined, { signal: controller.signal })
    await waiting
    controller.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    await client.ping()
    expect(seen[0]?.aborted.aborted).toBe(true)
    await relay.close()
    expect((await calls()).map(({ outcome, failure }) => [outcome, failure])).toEqual([
      ['interrupted', undefined],
    ])
  })
})

describe('lines through the relay', () => {
  function relay(lifeHarness: LifeHarness, options: object = {}) {
    const toServer: string[] = []
    const toClient: string[] = []
    const through = createRelay(
      { lifeHarness, origin: 'shop', ...options },
      {
        toServer: ({ text }) => void toServer.push(text),
        toClient: ({ text }) => void toClient.push(text),
        refused: () => {},
      },
    )
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    return {
      toServer,
      toClient,
      close: through.close,
      async client(raw: string) {
        through.fromClient(readLine(raw))
        await settled()
      },
      async server(raw: string) {
        through.fromServer(readLine(raw))
        await settled()
      },
    }
  }
  const call = '{"method": "tools/call", "id": 5, "jsonrpc": "2.0", "params": {"name": "look"}}'
  const cancel = '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}'

  it.each([
    [
      'result',
      '{"result": {"content": [], "n": 12345678901234567890, "_meta": {}}, "id": 5, "jsonrpc": "2.0"}',
    ],
    ['error', '{"error": {"message": "no", "code": -32602, "data": 1.0}, "id": 5, "jsonrpc": "2.0"}'],
  ])('are the same text in both directions: %s', async (_, answered) => {
    const { toServer, toClient, client, server } = relay((await layer()).lifeHarness)
    await client(call)
    await server(answered)
    expect([toServer, toClient]).toEqual([[call], [answered]])
  })

  it('are passed on though a list cannot be read, or the user’s own function fails', async () => {
    const faults: string[] = []
    const { lifeHarness } = await layer(undefined, { onFault: ({ where }) => faults.push(where) })
    const broken = () => {
      throw new Error('no')
    }
    const { toServer, toClient, client, server } = relay(lifeHarness, { approved: broken })
    await client('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    const listed = '{"jsonrpc":"2.0","id":1,"result":{"tools":[null]}}'
    await server(listed)
    await client(call)
    const answered = '{"jsonrpc":"2.0","id":5,"result":{"content":[]}}'
    await server(answered)
    expect(toServer.at(-1)).toBe(call)
    expect(toClient).toEqual([listed, answered])
    expect(faults).toEqual(['mcp proxy', 'mcp tools/call'])
  })

  it('of a list that is not whole yet make no tool unknown', async () => {
    const { lifeHarness, calls } = await layer(
      active('coerce-argument', { path: '/n', to: 'integer' }, 'contract.type', 'look'),
    )
    const { client, server } = relay(lifeHarness)
    await client('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    const other = '{"name":"other","inputSchema":{"type":"object"}}'
    await server(`{"jsonrpc":"2.0","id":1,"result":{"tools":[${other}],"nextCursor":"2"}}`)
    await client(call.replace('"look"', '"look","arguments":{"n":"5"}'))
    await server('{"jsonrpc":"2.0","id":5,"result":{"content":[]}}')
    expect((await calls()).flatMap(({ applied }) => applied.map(({ dead }) => dead))).toEqual([false])
  })

  it('show a tool as an intervention has it, on whatever page it is', async () => {
    const hint = { path: '/n', advice: 'argument-format', slots: { argument: 'n', format: 'NNN' } }
    const patch = active('patch-description', hint, 'contract.value', 'look')
    const { lifeHarness, calls } = await layer(patch)
    const { toClient, client, server } = relay(lifeHarness)
    const schema = '{"type":"object","properties":{"n":{"type":"string"}}}'
    const tool = (name: string) => `{"title":"A","name":"${name}","inputSchema":${schema},"_meta":{"x":1.0}}`
    const pages = [`{"tools":[${tool('look')}],"nextCursor":"2"}`, `{"tools":[${tool('other')}]}`]
    await client('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    await server(`{"jsonrpc":"2.0","id":1,"result":${pages[0]}}`)
    await client('{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"2"}}')
    await server(`{"jsonrpc":"2.0","id":2,"result":${pages[1]}}`)
    const [first, second] = toClient.map((text) => JSON.parse(text).result)
    expect(first).toMatchObject({
      tools: [
        { title: 'A', name: 'look', _meta: { x: 1, 'lifeharness/report': { changed: ['inputSchema'] } } },
      ],
      nextCursor: '2',
    })
    expect(first.tools[0].inputSchema.properties.n.description).toMatch(/is written in the form "?NNN/)
    expect(second).toEqual(JSON.parse(pages[1] as string))
    await client(call)
    await server('{"jsonrpc":"2.0","id":5,"result":{"content":[]}}')
    expect((await calls())[0]?.applied).toMatchObject([{ action: 'replace-tools', arm: 'applied' }])
  })

  it('of a list are the same text where no intervention shows a tool otherwise', async () => {
    const { toClient, client, server } = relay(
      (await layer(active('retry', {}, 'exec.timeout', 'look'))).lifeHarness,
    )
    await client('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    const listed =
      '{"id": 1, "result": {"tools": [{"inputSchema": {"x": 1.0}, "name": "look"}]}, "jsonrpc": "2.0"}'
    await server(listed)
    expect(toClient).toEqual([listed])
  })

  it('let a progress go before the answer behind it, and nothing overtake that', async () => {
    const { toClient, client, server } = relay((await layer()).lifeHarness)
    const [progress, answer, changed] = [
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}',
      '{"jsonrpc":"2.0","id":9,"result":{}}',
      '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}',
    ]
    await client('{"jsonrpc":"2.0","id":9,"method":"prompts/get"}')
    const said = [progress, answer, changed].map(server)
    expect(toClient).toEqual([progress])
    await Promise.all(said)
    expect(toClient).toEqual([progress, answer, changed])
  })

  it('carry a cancellation to the attempt that runs, and nothing of it afterwards', async () => {
    const retrying = active('retry', { backoffMs: 0 }, 'exec.unavailable', 'look')
    const { lifeHarness, calls } = await layer(retrying, { config: { tools: { '*': { readOnly: true } } } })
    const { toServer, toClient, client, server } = relay(lifeHarness)
    await client(call)
    await server('{"jsonrpc":"2.0","id":5,"error":{"code":-32000,"message":"Service unavailable"}}')
    await expect.poll(() => toServer.length).toBe(2)
    await client(cancel)
    await server('{"jsonrpc":"2.0","id":"lifeharness:1","result":{"content":[]}}')
    expect(toServer.slice(1).map((line) => JSON.parse(line))).toMatchObject([
      { id: 'lifeharness:1', method: 'tools/call', params: { name: 'look' } },
      { method: 'notifications/cancelled', params: { requestId: 'lifeharness:1' } },
    ])
    expect(toClient).toEqual([])
    expect((await calls()).map(({ outcome }) => outcome)).toEqual(['interrupted'])
  })
})

it('a server that calls itself local is not the user’s own code', async () => {
  const { lifeHarness, calls } = await layer()
  const server = new McpServer({ name: 'local', version: '1' })
  server.registerTool('look', {}, () => ({ content: [] }))
  const { client } = await relayed(lifeHarness, server)
  await client.callTool({ name: 'look' })
  expect((await calls()).map(({ call }) => call.tool.origin)).toEqual(['mcp:local'])
})
