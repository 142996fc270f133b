import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import { toContracts } from './contracts.ts'
import { mcpLogFormat } from './mcp-log.ts'

function read(records: readonly Json[]) {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const contracts = ({ tools }: { tools?: Json }) => toContracts(tools, fault)
  const context = { file: 'mcp.jsonl', place: 'mcp.jsonl:1', fault, contracts }
  return { trajectories: mcpLogFormat.readAll(records, context), faults }
}

/** What really goes over the wire between the SDK's client and server, both ways, in order. */
async function recorded(): Promise<JsonObject[]> {
  const server = new McpServer({ name: 'shop', version: '1' })
  const inputSchema = { id: z.string() }
  server.registerTool('order', { inputSchema }, async ({ id }) => {
    if (id === 'none') throw new Error('no such order')
    return { content: [{ type: 'text', text: `order ${id}` }] }
  })
  const [near, far] = InMemoryTransport.createLinkedPair()
  const log: JsonObject[] = []
  for (const transport of [near, far]) {
    const send = transport.send.bind(transport)
    transport.send = (message, options) => {
      log.push(JSON.parse(JSON.stringify(message)))
      return send(message, options)
    }
  }
  const client = new Client({ name: 'desk', version: '1' })
  await server.connect(far)
  await client.connect(near)
  await client.listTools()
  for (const args of [{ id: 'W1' }, { id: 'none' }, { order: 'W1' }])
    await client.callTool({ name: 'order', arguments: args })
  await client.close()
  return log
}

const toolSteps = (trajectory: Trajectory | undefined) =>
  (trajectory?.steps ?? []).filter((step): step is ToolStep => step.type === 'tool')
const outcomes = (trajectory: Trajectory | undefined) =>
  toolSteps(trajectory).map(({ call, result }) => [call.input, result.outcome])

describe('mcp-log', () => {
  it('reads what went over the wire: calls with results, errors as errors, tools with their contracts', async () => {
    const log = await recorded()
    expect(log.every((message) => mcpLogFormat.detects(message))).toBe(true)
    const { trajectories, faults } = read(log)
    expect(faults).toEqual([])
    expect(trajectories.length).toBe(1)
    const [trajectory] = trajectories
    expect(trajectory).toMatchObject({
      family: 'unknown:desk',
      contracts: [{ tool: { origin: 'shop', name: 'order' } }],
    })
    expect(trajectory?.contracts[0]?.inputSchema).toMatchObject({ required: ['id'] })
    expect(outcomes(trajectory)).toEqual([
      [{ id: 'W1' }, 'ok'],
      [{ id: 'none' }, 'error'],
      [{ order: 'W1' }, 'error'],
    ])
  })

  it('cuts sessions at their beginning, and at long pauses; times are those of the log', async () => {
    const log = await recorded()
    const start = Date.parse('2026-01-01T00:00:00Z')
    const timed = log.map((message, index) => ({ timestamp: start + index * 100, direction: 'in', message }))
    const later = timed.map((entry) => ({ ...entry, timestamp: entry.timestamp + 10_000 }))
    const two = read([...timed, ...later])
    expect(two.trajectories.map(outcomes).map(({ length }) => length)).toEqual([3, 3])
    const [first] = toolSteps(two.trajectories[0])
    expect(first?.result.ms).toBe(100)
    const isCall = ({ message }: { message: JsonObject }) => message.method === 'tools/call'
    const last = timed.findLastIndex(isCall)
    const paused = timed.map((entry, index) =>
      index < last ? entry : { ...entry, timestamp: entry.timestamp + 3_600_000 },
    )
    const cut = read(paused).trajectories
    expect(cut.map(outcomes).map(({ length }) => length)).toEqual([2, 1])
    expect(cut[1]?.contracts.length).toBe(1)
  })

  it('takes a protocol error for an error, and a missing answer for an interruption', () => {
    const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'x' } })
    const error = { code: -32602, message: 'Tool x not found' }
    const { trajectories } = read([call(1), { jsonrpc: '2.0', id: 1, error }, call(2)])
    expect(outcomes(trajectories[0])).toEqual([
      [{}, 'error'],
      [{}, 'interrupted'],
    ])
  })

  it.each<[Json]>([
    [{ id: 1, method: 'tools/call' }],
    [{ message: 'jsonrpc' }],
    [{ messages: [] }],
    [[]],
    [null],
  ])('%j does not match', (record) => {
    expect(mcpLogFormat.detects(record)).toBe(false)
  })
})
