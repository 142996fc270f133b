import assert from 'node:assert/strict'
import type { Event } from '../event.ts'
import type { Category } from '../failure.ts'
import type { Fault } from '../fault.ts'
import type { Kind } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import { memoryStore } from '../memory-store.ts'
import { emptyRegistry, type RegistryEntry } from '../registry.ts'
import { createLifeHarness, type LifeHarness, type LifeHarnessOptions } from '../runtime.ts'
import type { Store } from '../store.ts'
import { LOCAL_ORIGIN } from '../tool.ts'
import { registryEntry } from './registry-entry.ts'
import type { DriverRun, PlainTool, Script, TestAdapterOptions } from './test-adapter.ts'

/** A tool that notes what it was executed with. */
export function recordingTool(
  name: string,
  answer: (input: Json, attempt: number) => unknown,
  more: Partial<PlainTool> = {},
): { tool: PlainTool; executed: Json[] } {
  const executed: Json[] = []
  const inputSchema: JsonObject = {
    type: 'object',
    properties: { query: { type: 'string' }, limit: { type: 'integer' } },
    required: ['query'],
    additionalProperties: false,
  }
  const tool: PlainTool = {
    name,
    inputSchema,
    ...more,
    async execute(input) {
      executed.push(input)
      return await answer(input, executed.length)
    },
  }
  return { tool, executed }
}

/** An entry that is active for whatever model the host drives. */
export function activeEntry(
  { origin = LOCAL_ORIGIN }: TestAdapterOptions,
  { kind, layer, risk }: Kind,
  init: { category: Category; options?: JsonObject },
  name = 'search',
): RegistryEntry {
  return registryEntry({ ...init, kind, layer, risk, tool: { origin, name }, stage: 'active' })
}

export type ComparisonInit = LifeHarnessOptions & {
  entries?: readonly RegistryEntry[]
  /** Called between the two runs. */
  beforeLayered?: () => void
}

export type Comparison = {
  bare: DriverRun
  layered: DriverRun
  events: Event[]
  faults: Fault[]
  lifeHarness: LifeHarness
}

/** Runs a script in the bare host and in the same host with the layer. `script` is called anew for each of the two. */
export async function compare(
  options: TestAdapterOptions,
  tools: readonly PlainTool[],
  script: Script | (() => { script: Script; signal: AbortSignal }),
  init: ComparisonInit = {},
): Promise<Comparison> {
  const { entries = [], beforeLayered, ...rest } = init
  const faults: Fault[] = []
  const store = rest.store ?? memoryStore({ ...emptyRegistry(), entries })
  // Frozen applies what is active and learns nothing: no case depends on a draw or on the time.
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    onFault: (fault) => faults.push(fault),
    ...rest,
    store,
  })
  const runOnce = async (layer: LifeHarness | undefined): Promise<DriverRun> => {
    const driver = await options.createDriver(layer, tools)
    const { script: turns, ...runOptions } = typeof script === 'function' ? script() : { script }
    try {
      return await driver.run(turns, runOptions)
    } catch (thrown) {
      return { toolResults: {}, errors: {}, thrown }
    } finally {
      await driver.close?.()
    }
  }
  const bare = await runOnce(undefined)
  beforeLayered?.()
  const layered = await runOnce(lifeHarness)
  return { bare, layered, events: await eventsOf(lifeHarness, store), faults, lifeHarness }
}

export async function eventsOf(lifeHarness: LifeHarness, store: Store): Promise<Event[]> {
  await lifeHarness.flush().catch(() => {})
  const events: Event[] = []
  for await (const { event } of store.read(0, 10_000)) events.push(event)
  return events
}

type ToolEvent = Extract<Event, { type: 'tool' }>

export function toolEvents(events: readonly Event[]): ToolEvent[] {
  return events.filter((event) => event.type === 'tool')
}

export function assertSame({ bare, layered }: Comparison): void {
  assert.deepEqual(layered.toolResults, bare.toolResults, 'results as without the layer')
  assert.deepEqual(Object.keys(layered.errors), Object.keys(bare.errors), 'the same calls fail')
  for (const [id, error] of Object.entries(bare.errors)) assert.deepEqual(layered.errors[id], error)
  assert.equal(nameOf(layered.thrown), nameOf(bare.thrown), 'the host ends as without the layer')
}

function nameOf(thrown: unknown): string | undefined {
  return thrown === undefined ? undefined : String((thrown as Error).name)
}
