import { readFile } from 'node:fs/promises'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { FastMCP, UserError } from 'fastmcp'
import { z } from 'zod'
import { localServer } from '../local-server.ts'
import { type McpCall, mcpTool } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

const ORDERS = new Map([['1001', { id: '1001', status: 'new' }]])

/** Tools of a shop, served over HTTP with FastMCP, which words what they throw. */
export const fastmcp: Source = {
  tool: 'fastmcp',
  languages: ['en'],
  async open({ dir }) {
    const silent = { debug() {}, error() {}, info() {}, log() {}, warn() {} }
    const server = new FastMCP({ name: 'shop', version: '1.0.0', logger: silent })
    server.addTool({
      name: 'send_order',
      parameters: z.object({ id: z.string().regex(/^\d{4}$/) }),
      execute: async ({ id }) => {
        const found = ORDERS.get(id)
        throw new UserError(
          found ? `Order ${id} must be paid before it can be sent` : `Order ${id} not found`,
        )
      },
    })
    server.addTool({
      name: 'create_order',
      parameters: z.strictObject({
        product: z.string(),
        count: z.number().int().max(50),
        size: z.enum(['small', 'large']).optional(),
        gifts: z.array(z.string()).optional(),
        express: z.boolean().optional(),
      }),
      execute: async () => 'ok',
    })
    server.addTool({
      name: 'read_letter',
      parameters: z.object({ name: z.string() }),
      execute: async ({ name }) => readFile(`${dir}/${name}`, 'utf8'),
    })
    server.addTool({
      name: 'track',
      parameters: z.object({ parcel: z.string() }),
      execute: async ({ parcel }) => String((ORDERS.get(parcel) as { status: string }).status.length),
    })
    server.addTool({
      name: 'stock',
      parameters: z.object({ product: z.string() }),
      timeoutMs: 60,
      execute: async () => new Promise<string>(() => {}),
    })
    server.addTool({
      name: 'rates',
      parameters: z.object({ port: z.number() }),
      execute: async ({ port }) => (await fetch(`http://127.0.0.1:${port}/rates`)).text(),
    })
    const [free, closed] = [await localServer(undefined), await localServer(undefined)]
    await Promise.all([free.close(), closed.close()])
    await server.start({
      transportType: 'httpStream',
      httpStream: { port: free.port, host: '127.0.0.1', stateless: true },
    })
    const url = new URL(`http://127.0.0.1:${free.port}/mcp`)
    const { call, close } = await mcpTool(new StreamableHTTPClientTransport(url))
    const create = (args: McpCall[1]): McpCall => ['create_order', { product: 'cup', count: 2, ...args }]
    return {
      close: async () => {
        await close()
        await server.stop()
      },
      provocations: provocations<McpCall>(call, [
        ['no-order', 'state.not_found', (v) => ['send_order', { id: String(v.integer(2_000, 9_999)) }]],
        ['unpaid', 'state.precondition', () => ['send_order', { id: '1001' }]],
        ['no-file', 'state.not_found', (v) => ['read_letter', { name: v.file() }]],
        ['crash', 'exec.tool_bug', (v) => ['track', { parcel: v.word() }]],
        ['timed-out', 'exec.timeout', (v) => ['stock', { product: v.word() }]],
        ['refused', 'exec.unavailable', () => ['rates', { port: closed.port }]],
        ['missing', 'contract.missing_param', (v) => ['create_order', { product: v.word() }]],
        ['number', 'contract.type', (v) => create({ count: v.word() })],
        ['integer', 'contract.type', (v) => create({ count: v.integer(2, 9) + 0.5 })],
        ['list', 'contract.type', (v) => create({ gifts: v.word() })],
        ['boolean', 'contract.type', (v) => create({ express: v.word() })],
        ['maximum', 'contract.value', (v) => create({ count: v.integer(60, 99) })],
        ['one-of', 'contract.value', (v) => create({ size: v.word() })],
        ['pattern', 'contract.value', (v) => ['send_order', { id: v.word() }]],
        ['extra', 'contract.misnamed_param', (v) => create({ [`${v.word()}_x`]: v.word() })],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_order`, {}]],
      ]),
    }
  },
}
