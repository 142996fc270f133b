import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import {
  createLifeHarness,
  type Event,
  type LifeHarness,
  type LifeHarnessOptions,
  memoryStore,
  type RegistryState,
} from '@lifeharness/core'
import { callsOf, type PlainTool, testAdapter } from '@lifeharness/core/testing'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Line, readLines, writeLine } from './lines.ts'
import { createRelay, type ProxyOptions, runProxy } from './proxy.ts'
import { ACTIONS } from './session.ts'

const require = createRequire(import.meta.url)
const everything = [require.resolve('@modelcontextprotocol/server-everything/dist/index.js'), 'stdio']
const folder = mkdtempSync(join(tmpdir(), 'lifeharness-'))
const file = join(folder, 'note.txt')
writeFileSync(file, 'a note')
afterAll(() => rmSync(folder, { recursive: true }))
const filesystem = [require.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'), folder]

type CallResult = { isError?: boolean; content: { type: string; text?: string }[] }
type ToolEvent = Extract<Event, { type: 'tool' }>

async function layer(registry?: RegistryState, options: LifeHarnessOptions = {}) {
  const store = memoryStore(registry)
  const lifeHarness = await createLifeHarness({ store, mode: 'frozen', ...options })
  async function calls(): Promise<ToolEvent[]> {
    await lifeHarness.flush()
    const events: ToolEvent[] = []
    for await (const { event } of store.read(0, 10_000)) if (event.type === 'tool') events.push(event)
    return events
  }
  return { lifeHarness, calls }
}

/** One active intervention for a tool. */
function active(
  kind: string,
  options: object,
  category: string,
  origin: string,
  name: string,
): RegistryState {
  const arm = { episodes: 0, successes: 0 }
  const account = { treated: arm, control: arm } as never
  const draft = { inducer: 'test', trust: 'observed' as const, episodes: [], prediction: { removes: 1 } }
  const support = { pairs: 0, episodes: 0, subjects: 0, failures: 0 }
  const intervention = {
    id: `${kind}-1`,
    version: 1,
    kind,
    options: options as never,
    tool: { origin, name },
    category: category as never,
    signatures: [],
    layer: 'action' as const,
    risk: 'form' as const,
    origin: { ...draft, support, fixtures: { fixes: [], leaves: [] } },
  }
  const record = { stage: 'active' as const, since: 0, reason: 'test', controlShare: 0, account }
  const entry = { pinned: true, stages: { default: record }, intervention }
  return { version: 1, templates: {}, settings: {}, entries: [entry] }
}

/** A client on one end of a proxy in this process, a real server over stdio on the other. */
async function proxied(options: Partial<ProxyOptions> & Pick<ProxyOptions, 'lifeHarness' | 'args'>) {
  const input = new PassThrough()
  const output = new PassThrough()
  const log: string[] = []
  const stopped = new AbortController()
  const proxy = runProxy({
    command: process.execPath,
    input,
    output,
    signal: stopped.signal,
    log: (line) => log.push(line),
    ...options,
  })
  const client = await connect(output, input)
  return {
    client,
    log,
    async close() {
      input.end()
      const ended = await proxy
      await client.close()
      return ended
    },
  }
}

/** The SDK's transport over a pair of streams serves either side. */
async function connect(input: Readable, output: Writable): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioServerTransport(input, output))
  return client
}

describe('real servers over stdio', () => {
  it.each([
    ['server-everything', everything],
    ['server-filesystem', filesystem],
  ])(
    '%s looks the same as without the proxy',
    async (_, args) => {
      const direct = new Client({ name: 'test', version: '1' })
      await direct.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
      const { lifeHarness } = await layer()
      const { client, close } = await proxied({ lifeHarness, args })
      const look = async (c: Client) => {
        const offers = c.getServerCapabilities()
        return {
          offers,
          version: c.getServerVersion(),
          instructions: c.getInstructions(),
          tools: await c.listTools(),
          resources: offers?.resources && (await c.listResources()),
          templates: offers?.resources && (await c.listResourceTemplates()),
          prompts: offers?.prompts && (await c.listPrompts()),
        }
      }
      const seen = await look(direct)
      expect(seen.tools.tools.length).toBeGreaterThan(3)
      expect(await look(client)).toEqual(seen)
      await direct.close()
      expect(await close()).toEqual({ exitCode: 0 })
    },
    30_000,
  )

  it('a renamed argument makes a failing call succeed', async () => {
    const rename = { from: '/file', to: '/path' }
    const origin = 'secure-filesystem-server'
    const registry = active('rename-argument', rename, 'contract.misnamed_param', origin, 'read_text_file')
    const asked = { name: 'read_text_file', arguments: { file } }
    const run = async (state?: RegistryState) => {
      const { lifeHarness, calls } = await layer(state)
      const { client, close } = await proxied({ lifeHarness, args: filesystem })
      await client.listTools()
      const result = (await client.callTool(asked)) as CallResult
      await close()
      return { result, calls: await calls() }
    }
    const without = await run()
    expect(without.result.isError).toBe(true)
    expect(without.calls[0]?.error).toMatchObject({ code: -32602 })
    const repaired = await run(registry)
    expect(repaired.result).toMatchObject({ content: [{ type: 'text', text: 'a note' }] })
    expect(repaired.calls).toMatchObject([
      {
        call: { input: { file } },
        executed: { input: { path: file } },
        outcome: 'ok',
        applied: [{ dead: true }],
      },
    ])
  }, 30_000)

  it('observe mode passes every byte', async () => {
    const request = (id: number, method: string, params: object) => ({ jsonrpc: '2.0', id, method, params })
    const clientInfo = { name: 'test', version: '1' }
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
    const requests = [
      request(1, 'tools/list', {}),
      request(2, 'tools/call', { name: 'echo', arguments: { message: 'ü — \u2028' } }),
      request(3, 'tools/call', { name: 'get-tiny-image', arguments: {} }),
      request(4, 'tools/call', { name: 'get-structured-content', arguments: { location: 'Chicago' } }),
      request(5, 'tools/call', { name: 'echo', arguments: {} }),
      request(6, 'tools/call', { name: 'nope', arguments: {} }),
      request(7, 'tools/call', { name: 3 }),
    ]
    /** The texts of the answers, by id. */
    async function exchange(input: Writable, output: Readable): Promise<Map<unknown, string>> {
      const answers = new Map<unknown, string>()
      let ask: (() => void) | undefined
      readLines(output, ({ text, message }) => {
        if (message?.id !== undefined && message.method === undefined) answers.set(message.id, text)
        ask?.()
      })
      const answered = (count: number) =>
        new Promise<void>((resolve) => {
          ask = () => answers.size >= count && resolve()
          ask()
        })
      writeLine(input, request(0, 'initialize', hello))
      await answered(1)
      writeLine(input, { jsonrpc: '2.0', method: 'notifications/initialized' })
      for (const line of requests) writeLine(input, line)
      await answered(1 + requests.length)
      return answers
    }
    const child = spawn(process.execPath, everything, { stdio: ['pipe', 'pipe', 'ignore'] })
    const bare = await exchange(child.stdin, child.stdout)
    child.kill()
    const { lifeHarness, calls } = await layer(undefined, { mode: 'observe' })
    const [input, output] = [new PassThrough(), new PassThrough()]
    const proxy = runProxy({ lifeHarness, command: process.execPath, args: everything, input, output })
    const through = await exchange(input, output)
    input.end()
    await proxy
    expect(through).toEqual(bare)
    // The seventh is no call that could be judged: the server refuses the request itself.
    const outcomes = (await calls()).map(({ call, outcome }) => `${call.id} ${outcome}`)
    expect(outcomes.sort()).toEqual(['2 ok', '3 ok', '4 ok', '5 error', '6 error'])
  }, 30_000)

  it('a server that cannot be started is the caller’s error', async () => {
    const { lifeHarness } = await layer()
    const [input, output] = [new PassThrough(), new PassThrough()]
    const proxy = runProxy({ lifeHarness, command: join(folder, 'nothing'), input, output })
    await expect(proxy).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

/** A relay between a client and a server in this process. `sent` is what the server was sent. */
async function relayed(lifeHarness: LifeHarness, server: McpServer, options: object = {}) {
  const [toServer, fromServer] = [new PassThrough(), new PassThrough()]
  const [toProxy, toClient] = [new PassThrough(), new PassThrough()]
  const sent: (string | object)[] = []
  const relay = createRelay(
    { lifeHarness, ...options },
    {
      toServer(line) {
        sent.push(line)
        writeLine(toServer, line)
      },
      toClient: (line) => writeLine(toClient, line),
      log: () => {},
    },
  )
  readLines(toProxy, relay.fromClient)
  readLines(fromServer, relay.fromServer)
  await server.connect(new StdioServerTransport(toServer, fromServer))
  return { client: await connect(toClient, toProxy), relay, sent }
}

function plainServer(tools: readonly PlainTool[]): McpServer {
  const server = new McpServer({ name: 'conformance', version: '1' })
  for (const { name, description = '', inputSchema, execute } of tools)
    server.registerTool(
      name,
      { description, inputSchema: z.fromJSONSchema(inputSchema as never) as z.ZodObject },
      async (input, { signal, requestId }) => {
        const value = await execute(input as never, { callId: String(requestId), signal })
        return { content: [{ type: 'text', text: JSON.stringify(value) }] }
      },
    )
  return server
}

testAdapter({
  name: 'mcp proxy',
  describe,
  it,
  origin: 'conformance',
  copiesResults: true,
  actions: ACTIONS,
  cannot: {
    'arguments that do not parse are refused as without the layer, and recorded': 'they arrive as JSON',
    'arguments that do not parse are executed repaired': 'they arrive as JSON',
    'a turn cut off executes no cut argument, and is recorded': 'no finish reason arrives',
    'the history of a repaired dead call says what is executed': 'the history is the client’s',
    'replace-call: what was done to a call is visible to the developer': 'interventions are not named',
    'an interrupt of the host passes through and is no failure': 'none comes out of a handler',
    'a stream is the same part by part': 'results are not streamed',
  },
  createDriver(lifeHarness, tools) {
    const guarded = new Set(tools.filter((tool) => tool.needsApproval).map(({ name }) => name))
    const approved = ({ name }: { name: string }) => guarded.has(name)
    return {
      async run(script, { signal } = {}) {
        const server = plainServer(tools)
        const { client, relay } = lifeHarness
          ? await relayed(lifeHarness, server, { approved })
          : await bare(server)
        const toolResults: Record<string, unknown> = {}
        const errors: Record<string, unknown> = {}
        try {
          await client.listTools()
          for (const turn of script)
            await Promise.all(
              callsOf(turn).map(async ({ id, name, input }) => {
                const params = { name, arguments: input as Record<string, unknown> }
                const result = (await client.callTool(
                  params,
                  undefined,
                  signal ? { signal } : {},
                )) as CallResult
                const into = result.isError ? errors : toolResults
                into[id] = result
              }),
            )
          return { toolResults, errors }
        } catch (thrown) {
          return { toolResults, errors, thrown }
        } finally {
          await relay?.close()
          await client.close()
        }
      },
    }
  },
})

async function bare(server: McpServer): Promise<{ client: Client; relay?: undefined }> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  await server.connect(new StdioServerTransport(toServer, toClient))
  return { client: await connect(toClient, toServer) }
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
  const retrying = active('retry', { backoffMs: 0 }, 'exec.unavailable', 'shop', 'look')

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
    const text = (line: string | object) => (typeof line === 'string' ? line : JSON.stringify(line))
    const through = createRelay(
      { lifeHarness, origin: 'shop', ...options },
      {
        toServer: (line) => toServer.push(text(line)),
        toClient: (line) => toClient.push(text(line)),
        log: () => {},
      },
    )
    const line = (raw: string): Line => ({ text: raw, message: JSON.parse(raw) })
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    return {
      toServer,
      toClient,
      close: through.close,
      async client(raw: string) {
        through.fromClient(line(raw))
        await settled()
      },
      async server(raw: string) {
        through.fromServer(line(raw))
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
      active('coerce-argument', { path: '/n', to: 'integer' }, 'contract.type', 'shop', 'look'),
    )
    const { client, server } = relay(lifeHarness)
    await client('{"jsonrpc":"2.0","id":1,"method":"tools/list"}')
    const other = '{"name":"other","inputSchema":{"type":"object"}}'
    await server(`{"jsonrpc":"2.0","id":1,"result":{"tools":[${other}],"nextCursor":"2"}}`)
    await client(call.replace('"look"', '"look","arguments":{"n":"5"}'))
    await server('{"jsonrpc":"2.0","id":5,"result":{"content":[]}}')
    expect((await calls()).flatMap(({ applied }) => applied.map(({ dead }) => dead))).toEqual([false])
  })

  it('carry a cancellation to the attempt that runs, and nothing of it afterwards', async () => {
    const retrying = active('retry', { backoffMs: 0 }, 'exec.unavailable', 'shop', 'look')
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

describe('lines', () => {
  it.each<[string, (string | Uint8Array)[], string[]]>([
    ['parts', ['{"a"', ':1}\n{"b":2}', '\n'], ['{"a":1}', '{"b":2}']],
    ['half characters', [Buffer.from('"ü"\n').subarray(0, 2), Buffer.from('"ü"\n').subarray(2)], ['"ü"']],
    ['separators of Unicode inside a text', ['"\u2028"\n'], ['"\u2028"']],
    ['what is no JSON', ['hello\r\n', '\n', '[1]\n'], ['hello\r', '[1]']],
  ])('are read from %s', async (_, chunks, expected) => {
    const stream = new PassThrough()
    const read: Line[] = []
    readLines(stream, (line) => read.push(line))
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
    await new Promise((resolve) => stream.once('end', resolve))
    expect(read.map(({ text }) => text)).toEqual(expected)
  })
})
