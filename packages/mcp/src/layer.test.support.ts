import {
  createLifeHarness,
  type Event,
  type LifeHarness,
  type LifeHarnessOptions,
  memoryStore,
  type RegistryState,
} from '@lifeharness/core'
import { registryWith } from '@lifeharness/core/testing'

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
