import { PassThrough, Readable } from 'node:stream'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { describe, expect, it } from 'vitest'
import { closing, proxyTo, served } from './http.test.support.ts'
import { active, type CallResult, layer, text } from './layer.test.support.ts'
import { readLines, writeLine } from './lines.ts'
import { createRelay } from './relay.ts'

describe('SDK 2 through the proxy', () => {
  /** A server that speaks the revisions with and without sessions. */
  async function shop(): Promise<{ url: string; runs: unknown[]; aborted: Promise<unknown> }> {
    const runs: unknown[] = []
    const stopped = Promise.withResolvers<unknown>()
    const handler = createMcpHandler(() => {
      const server = new McpServer({ name: 'shop', version: '1' })
      const properties = {
        a: { type: 'number' as const },
        region: { type: 'string' as const, 'x-mcp-header': 'Region' },
      }
      const inputSchema = fromJsonSchema<{ a: number }>({
        type: 'object',
        properties,
        required: ['a'],
      } as never)
      server.registerTool('add', { inputSchema }, ({ a }) => {
        runs.push(a)
        return { content: [{ type: 'text', text: String(a + 1) }] }
      })
      server.registerTool('wait', {}, (ctx) => {
        runs.push('waiting')
        return new Promise(() => ctx.mcpReq.signal.addEventListener('abort', stopped.resolve))
      })
      return server
    })
    closing.push(() => handler.close())
    const url = await served(async (request, response) => {
      const body = request.method === 'POST' ? (Readable.toWeb(request) as ReadableStream) : null
      const leaving = new AbortController()
      response.once('close', () => leaving.abort())
      const asked = new Request(`http://127.0.0.1${request.url}`, {
        method: request.method ?? 'GET',
        headers: request.headers as Record<string, string>,
        signal: leaving.signal,
        ...(body ? { body, duplex: 'half' } : {}),
      } as RequestInit)
      const answered = await handler.fetch(asked)
      response.writeHead(answered.status, Object.fromEntries(answered.headers))
      if (answered.body)
        Readable.fromWeb(answered.body as never)
          .on('error', () => {})
          .pipe(response)
      else response.end()
    })
    return { url, runs, aborted: stopped.promise }
  }

  async function connected(url: string, mode: 'legacy' | 'auto'): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    await client.connect(new StreamableHTTPClientTransport(new URL(url)))
    closing.push(() => client.close())
    return client
  }

  it.each(['legacy', 'auto'] as const)('is served in its %s way', async (mode) => {
    const { url, runs } = await shop()
    const renaming = active('rename-argument', { from: '/x', to: '/a' }, 'contract.misnamed_param')
    const { lifeHarness, calls, events } = await layer(renaming)
    const client = await connected(await proxyTo({ url }, { lifeHarness }), mode)
    expect(client.getServerVersion()?.name).toBe('shop')
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['add', 'wait'])
    expect(text(await client.callTool({ name: 'add', arguments: { a: 1, region: 'eu' } }))).toEqual(['2'])
    const repaired = (await client.callTool({ name: 'add', arguments: { x: 2, region: 'ü' } })) as CallResult
    expect(text(repaired)).toEqual(['3'])
    expect(repaired._meta?.['lifeharness/report']).toMatchObject({
      interventions: [{ action: 'replace-call', version: 1 }],
      executed: { name: 'add', arguments: { a: 2, region: 'ü' } },
    })
    await expect(client.callTool({ name: 'none' })).rejects.toMatchObject({ code: -32602 })
    expect(runs).toEqual([1, 2])
    expect((await calls()).map(({ outcome, failure }) => [outcome, failure?.category])).toEqual([
      ['ok', undefined],
      ['ok', undefined],
      ['error', 'resolve.unknown_tool'],
    ])
    const families = (await events()).flatMap((event) => (event.type === 'episode' ? [event.family] : []))
    expect(families).toEqual(['unknown:test'])
  })

  it('is stopped by the end of a stream where there is no session', async () => {
    const { url, runs, aborted } = await shop()
    const { lifeHarness, calls } = await layer()
    const client = await connected(await proxyTo({ url }, { lifeHarness }), 'auto')
    const leaving = new AbortController()
    const waiting = client.callTool({ name: 'wait' }, { signal: leaving.signal })
    await expect.poll(() => runs).toEqual(['waiting'])
    leaving.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await aborted
    await expect.poll(async () => (await calls()).map(({ outcome }) => outcome)).toEqual(['interrupted'])
  })
})

it.each(['legacy', 'auto'] as const)('SDK 2 over streams is served in its %s way', async (mode) => {
  const [toServer, fromServer] = [new PassThrough(), new PassThrough()]
  const [toProxy, toClient] = [new PassThrough(), new PassThrough()]
  const { lifeHarness, calls } = await layer(
    active('rename-argument', { from: '/x', to: '/a' }, 'contract.misnamed_param'),
  )
  const relay = createRelay(
    { lifeHarness },
    {
      toServer: (line) => writeLine(toServer, line),
      toClient: (line) => writeLine(toClient, line),
      refused() {},
    },
  )
  readLines(toProxy, relay.fromClient)
  readLines(fromServer, relay.fromServer)
  const stopped = Promise.withResolvers<unknown>()
  const serving = serveStdio(
    () => {
      const server = new McpServer({ name: 'shop', version: '1' })
      const inputSchema = fromJsonSchema<{ a: number }>({
        type: 'object',
        properties: { a: { type: 'number' } },
        required: ['a'],
      })
      server.registerTool('add', { inputSchema }, ({ a }) => ({
        content: [{ type: 'text', text: String(a + 1) }],
      }))
      server.registerTool('wait', {}, (ctx) => {
        ctx.mcpReq.signal.addEventListener('abort', stopped.resolve)
        leaving.abort(new Error('enough'))
        return new Promise(() => {})
      })
      return server
    },
    { transport: new StdioServerTransport(toServer, fromServer) },
  )
  closing.push(() => serving.close())
  const leaving = new AbortController()
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  await client.connect(new StdioServerTransport(toClient, toProxy))
  closing.push(() => client.close())
  await client.listTools()
  expect(text(await client.callTool({ name: 'add', arguments: { x: 2 } }))).toEqual(['3'])
  await expect(client.callTool({ name: 'wait' }, { signal: leaving.signal })).rejects.toThrow('enough')
  await stopped.promise
  await relay.close()
  expect((await calls()).map(({ call, outcome }) => [call.tool, outcome])).toEqual([
    [{ origin: 'shop', name: 'add' }, 'ok'],
    [{ origin: 'shop', name: 'wait' }, 'interrupted'],
  ])
})
