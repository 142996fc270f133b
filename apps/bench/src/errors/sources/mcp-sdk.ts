import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { localServer } from '../local-server.ts'
import { type McpCall, mcpTool } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** Tools of a team's own server on the SDK of the Model Context Protocol: what its schemas refuse, and what its functions throw. */
export const mcpSdk: Source = {
  tool: 'mcp-sdk',
  languages: ['en'],
  async open() {
    const server = new McpServer({ name: 'rooms', version: '1.0.0' })
    const closed = await localServer(undefined)
    await closed.close()
    const text = (said: string) => ({ content: [{ type: 'text' as const, text: said }] })
    server.registerTool(
      'book_room',
      {
        inputSchema: z.strictObject({
          room: z.string().min(1),
          day: z.iso.date(),
          guests: z.array(z.object({ name: z.string(), age: z.number().optional() })).max(3),
          board: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('half'), supper: z.boolean() }),
            z.object({ kind: z.literal('none') }),
          ]),
          mail: z.email().optional(),
        }),
      },
      async () => text('booked'),
    )
    const outputSchema = z.object({ free: z.number(), rooms: z.array(z.string()) })
    server.registerTool('count_free', { inputSchema: z.object({ floor: z.number() }), outputSchema }, () => ({
      ...text('3'),
      structuredContent: { free: 'three', rooms: [] } as unknown as z.infer<typeof outputSchema>,
    }))
    server.registerTool('list_free', { inputSchema: z.object({ floor: z.number() }), outputSchema }, () =>
      text('12, 14'),
    )
    server.registerTool('price', { inputSchema: z.object({ room: z.string() }) }, async ({ room }) => {
      const rates = await fetch(`http://127.0.0.1:${closed.port}/rates/${room}`)
      return text(await rates.text())
    })
    server.registerTool('guest', { inputSchema: z.object({ name: z.string() }) }, async ({ name }) => {
      const guests: Readonly<Record<string, { room: number }>> = {}
      return text((guests[name] as { room: number }).room.toFixed())
    })
    server.registerTool('wake', { inputSchema: z.object({ room: z.string() }) }, () => new Promise(() => {}))
    server
      .registerTool('delete_room', { inputSchema: z.object({ room: z.string() }) }, async () => text('a'))
      .disable()
    const [here, there] = InMemoryTransport.createLinkedPair()
    await server.connect(there)
    const { call, close } = await mcpTool(here, 150)
    const book = (args: McpCall[1]): McpCall => {
      const day = { room: '12', day: '2026-03-04', guests: [], board: { kind: 'none' } }
      return ['book_room', { ...day, ...args }]
    }
    return {
      close: async () => {
        await close()
        await server.close()
      },
      provocations: provocations<McpCall>(call, [
        ['missing-nested', 'contract.missing_param', (v) => book({ guests: [{ age: v.integer(2, 99) }] })],
        ['empty', 'contract.missing_param', () => book({ room: '' })],
        ['extra', 'contract.misnamed_param', (v) => book({ [`${v.word()}_x`]: v.word() })],
        ['type-nested', 'contract.type', (v) => book({ guests: [{ name: v.integer(2, 99) }] })],
        ['list', 'contract.type', (v) => book({ guests: v.word() })],
        ['date', 'contract.value', (v) => book({ day: `${v.integer(13, 28)}.12.2026` })],
        ['mail', 'contract.value', (v) => book({ mail: v.word() })],
        ['kind', 'contract.value', (v) => book({ board: { kind: v.word() } })],
        [
          'too-many',
          'contract.value',
          (v) => book({ guests: Array.from({ length: v.integer(4, 9) }, () => ({ name: v.word() })) }),
        ],
        ['output-type', 'result.contract', (v) => ['count_free', { floor: v.integer(2, 99) }]],
        ['output-missing', 'result.contract', (v) => ['list_free', { floor: v.integer(2, 99) }]],
        ['refused', 'exec.unavailable', (v) => ['price', { room: v.word() }]],
        ['crash', 'exec.tool_bug', (v) => ['guest', { name: v.word() }]],
        ['no-answer', 'exec.timeout', (v) => ['wake', { room: v.word() }]],
        ['disabled', 'resolve.withheld_tool', (v) => ['delete_room', { room: v.word() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_room`, {}]],
      ]),
    }
  },
}
