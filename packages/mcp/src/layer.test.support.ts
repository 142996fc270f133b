import {
  createLifeHarness,
  type Event,
  type LifeHarness,
  type LifeHarnessOptions,
  memoryStore,
  type RegistryState,
} from '@lifeharness/core'
import { type PlainTool, registryWith } from '@lifeharness/core/testing'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'

export type CallResult = {
  isError?: boolean
  content: { type: string; text?: string }[]
  structuredContent?: unknown
  _meta?: Record<string, unknown>
}

type ToolEvent = Extract<Event, { type: 'tool' }>

export type Layer = {
  lifeHarness: LifeHarness
  events(): Promise<Event[]>
  calls(): Promise<ToolEvent[]>
}

/** A frozen layer over a registry, and what it recorded. */
export async function layer(registry?: RegistryState, options: LifeHarnessOptions = {}): Promise<Layer> {
  const store = memoryStore(registry)
  const lifeHarness = await createLifeHarness({ store, mode: 'frozen', ...options })
  async function events(): Promise<Event[]> {
    await lifeHarness.flush()
    const all: Event[] = []
    for await (const { event } of store.read(0, 10_000)) all.push(event)
    return all
  }
  async function calls(): Promise<ToolEvent[]> {
    return (await events()).filter((event): event is ToolEvent => event.type === 'tool')
  }
  return { lifeHarness, events, calls }
}

/** One active intervention for a tool of the server `shop`. */
export function active(
  kind: string,
  options: object,
  category: string,
  name = 'add',
  origin = 'shop',
): RegistryState {
  return registryWith({
    kind,
    options: options as never,
    category: category as never,
    tool: { origin, name },
    stage: 'active',
  })
}

export function text(result: unknown): (string | undefined)[] {
  return (result as CallResult).content.map((block) => block.text)
}

/** The conformance suite's tools as a server of SDK 1. */
export function plainServer(tools: readonly PlainTool[]): McpServer {
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
