import { PassThrough } from 'node:stream'
import type { LifeHarness } from '@lifeharness/core'
import { callsOf, type Driver, type DriverRun, type PlainTool, testAdapter } from '@lifeharness/core/testing'
import { Client as Client2 } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import {
  fromJsonSchema,
  InMemoryTransport as InMemoryTransport2,
  McpServer as McpServer2,
} from '@modelcontextprotocol/server'
import { describe, it } from 'vitest'
import { z } from 'zod'
import { serveHttp } from './http-clients.ts'
import type { CallResult } from './layer.test.support.ts'
import { readLines, writeLine } from './lines.ts'
import type { ClientEnd, Link } from './link.ts'
import { createRelay } from './relay.ts'
import { ACTIONS } from './session.ts'
import { wrapClient } from './wrap-client.ts'
import { wrapServer } from './wrap-server.ts'

type Connected = {
  listTools(): Promise<unknown>
  callTool(
    params: { name: string; arguments: Record<string, unknown> },
    signal?: AbortSignal,
  ): Promise<unknown>
  close(): Promise<unknown>
}
type Approving = { approved(call: { name: string }): boolean }
type Host = (
  lifeHarness: LifeHarness | undefined,
  tools: readonly PlainTool[],
  approving: Approving,
) => Promise<Connected>

const implementation = { name: 'conformance', version: '1' }

function server1(tools: readonly PlainTool[]): McpServer {
  const server = new McpServer(implementation)
  for (const { name, description = '', inputSchema, execute } of tools)
    server.registerTool(
      name,
      { description, inputSchema: z.fromJSONSchema(inputSchema as never) as z.ZodObject },
      async (input, { signal, requestId }) =>
        resultOf(await execute(input as never, { callId: String(requestId), signal })),
    )
  return server
}

function server2(tools: readonly PlainTool[]): McpServer2 {
  const server = new McpServer2(implementation)
  for (const { name, description = '', inputSchema, execute } of tools)
    server.registerTool(
      name,
      { description, inputSchema: fromJsonSchema(inputSchema) },
      async (input, ctx) => {
        const { id, signal } = ctx.mcpReq
        return resultOf(await execute(input as never, { callId: String(id), signal }))
      },
    )
  return server
}

function resultOf(value: unknown) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(value) }] }
}

function connected1(client: Client): Connected {
  return {
    listTools: () => client.listTools(),
    callTool: (params, signal) => client.callTool(params, undefined, signal ? { signal } : {}),
    close: () => client.close(),
  }
}

async function linked1(server: McpServer, client = new Client(implementation)): Promise<Connected> {
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
  await client.connect(near)
  return connected1(client)
}

async function linked2(server: McpServer2, client = new Client2(implementation)): Promise<Connected> {
  const [near, far] = InMemoryTransport2.createLinkedPair()
  await server.connect(far)
  await client.connect(near)
  return {
    listTools: () => client.listTools(),
    callTool: (params, signal) => client.callTool(params, signal ? { signal } : {}),
    close: () => client.close(),
  }
}

/** A relay to a server in this process. */
async function linkTo(
  server: McpServer,
  options: Approving & { lifeHarness: LifeHarness },
  client: ClientEnd,
): Promise<Link> {
  const [toServer, fromServer] = [new PassThrough(), new PassThrough()]
  const relay = createRelay(options, { toServer: (line) => writeLine(toServer, line), ...client })
  readLines(fromServer, relay.fromServer)
  await server.connect(new StdioServerTransport(toServer, fromServer))
  return { fromClient: relay.fromClient, finish: () => {}, close: relay.close }
}

async function throughStreams(toClient: PassThrough, toServer: PassThrough): Promise<Connected> {
  const client = new Client(implementation)
  await client.connect(new StdioServerTransport(toClient, toServer))
  return connected1(client)
}

const HOSTS: Record<string, Host> = {
  'mcp wrapServer, SDK 1': (lifeHarness, tools, approving) => {
    const server = server1(tools)
    return linked1(lifeHarness ? wrapServer(server, lifeHarness, approving) : server)
  },
  'mcp wrapServer, SDK 2': (lifeHarness, tools, approving) => {
    const server = server2(tools)
    return linked2(lifeHarness ? wrapServer(server, lifeHarness, approving) : server)
  },
  'mcp wrapClient, SDK 1': (lifeHarness, tools, approving) => {
    const client = new Client(implementation)
    return linked1(server1(tools), lifeHarness ? wrapClient(client, lifeHarness, approving) : client)
  },
  'mcp wrapClient, SDK 2': (lifeHarness, tools, approving) => {
    const client = new Client2(implementation)
    return linked2(server2(tools), lifeHarness ? wrapClient(client, lifeHarness, approving) : client)
  },
  'mcp proxy, stdio': async (lifeHarness, tools, approving) => {
    const [toProxy, toClient] = [new PassThrough(), new PassThrough()]
    if (!lifeHarness) {
      await server1(tools).connect(new StdioServerTransport(toProxy, toClient))
      return throughStreams(toClient, toProxy)
    }
    const client = {
      toClient: (line: { text: string }) => writeLine(toClient, line),
      refused() {},
      ended() {},
    }
    const link = await linkTo(server1(tools), { lifeHarness, ...approving }, client)
    readLines(toProxy, link.fromClient)
    const connected = await throughStreams(toClient, toProxy)
    return { ...connected, close: () => Promise.all([link.close(), connected.close()]) }
  },
  'mcp proxy, HTTP': async (lifeHarness, tools, approving) => {
    if (!lifeHarness) return linked1(server1(tools))
    const stopping = new AbortController()
    const listening = Promise.withResolvers<string>()
    const client = new Client(implementation)
    const open = (end: ClientEnd): Link => {
      const link = linkTo(server1(tools), { lifeHarness, ...approving }, end)
      return {
        fromClient: (line) => void link.then(({ fromClient }) => fromClient(line)),
        finish: () => {},
        close: async () => (await link).close(),
      }
    }
    const served = serveHttp({ port: 0, onListening: listening.resolve }, open, stopping.signal)
    await client.connect(new StreamableHTTPClientTransport(new URL(await listening.promise)))
    const connected = connected1(client)
    return {
      ...connected,
      async close() {
        await connected.close()
        stopping.abort()
        await served
      },
    }
  },
}

function driverOf(host: Host, lifeHarness: LifeHarness | undefined, tools: readonly PlainTool[]): Driver {
  const guarded = new Set(tools.filter((tool) => tool.needsApproval).map(({ name }) => name))
  const approved = ({ name }: { name: string }) => guarded.has(name)
  return {
    async run(script, { signal } = {}) {
      const client = await host(lifeHarness, tools, { approved })
      const toolResults: Record<string, unknown> = {}
      const errors: Record<string, unknown> = {}
      const reports: Record<string, unknown> = {}
      const run: DriverRun = { toolResults, errors, reports }
      try {
        run.modelInput = JSON.stringify(await client.listTools())
        for (const turn of script)
          await Promise.all(
            callsOf(turn).map(async ({ id, name, input }) => {
              const params = { name, arguments: input as Record<string, unknown> }
              try {
                const { _meta, ...result } = (await client.callTool(params, signal)) as CallResult
                if (_meta) reports[id] = _meta
                ;(result.isError ? errors : toolResults)[id] = result
              } catch (error) {
                // A JSON-RPC error: the client is told, and so is its model.
                if (typeof (error as { code?: unknown }).code !== 'number') throw error
                errors[id] = error
              }
            }),
          )
        return run
      } catch (thrown) {
        return { ...run, thrown }
      } finally {
        await client.close()
      }
    },
  }
}

for (const [name, host] of Object.entries(HOSTS))
  testAdapter({
    name,
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
      'an interrupt of the host passes through and is no failure': 'none comes out of a handler',
      'a stream is the same part by part': 'results are not streamed',
      ...(name === 'mcp proxy, HTTP'
        ? {
            'abort passes through and is recorded as interrupted':
              'a cancellation is a request of its own, and comes after the error',
          }
        : {}),
    },
    createDriver: (lifeHarness, tools) => driverOf(host, lifeHarness, tools),
  })
