import assert from 'node:assert/strict'
import type { Event } from '../../event.ts'
import type { Category } from '../../failure.ts'
import type { Fault } from '../../fault.ts'
import type { Kind } from '../../intervention.ts'
import { builtinKinds } from '../../interventions/index.ts'
import type { Json, JsonObject } from '../../json.ts'
import { memoryStore } from '../../memory-store.ts'
import { emptyRegistry, type RegistryEntry } from '../../registry.ts'
import { createLifeHarness, type LifeHarness, type LifeHarnessOptions } from '../../runtime.ts'
import type { Store } from '../../store.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { type EntryInit, registryEntry } from '../registry-entry.ts'
import type { DriverRun, PlainTool, Script, TestAdapterOptions } from '../test-adapter.ts'

export type AdapterCheck = (options: TestAdapterOptions) => Promise<void>

export const found: Json = { items: [{ id: 1, title: 'first' }], total: 1 }
export const good: Script = [[{ id: 'call-good', name: 'search', input: { query: 'a', limit: 2 } }]]
export const misnamed: Script = [[{ id: 'call-misnamed', name: 'search', input: { q: 'a', limit: 2 } }]]

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

type Init = Partial<Omit<EntryInit, 'kind' | 'tool'>> & { category: Category; name?: string }

/** An entry for whatever model the host drives; active, unless another stage is asked for. */
export function entryOf(
  { origin = LOCAL_ORIGIN }: TestAdapterOptions,
  kind: Kind,
  init: Init,
): RegistryEntry {
  const { name = 'search', ...rest } = init
  return registryEntry({
    stage: 'active',
    ...rest,
    kind: kind.kind,
    layer: kind.layer,
    risk: kind.risk,
    tool: { origin, name },
  })
}

export function builtin(name: string): Kind {
  const kind = builtinKinds.find(({ kind }) => kind === name)
  assert.ok(kind, `a kind ${name}`)
  return kind
}

/** Mends what `misnamed` writes. */
export function renameEntry(options: TestAdapterOptions, init: Partial<Init> = {}): RegistryEntry {
  return entryOf(options, builtin('rename-argument'), {
    category: 'contract.misnamed_param',
    options: { from: '/q', to: '/query' },
    ...init,
  })
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

/** `<action> <arm>` of everything that was recorded as applied, in order. */
export function appliedIn(events: readonly Event[]): string[] {
  return toolEvents(events).flatMap(({ applied }) => applied.map(({ action, arm }) => `${action} ${arm}`))
}

export function assertSame({ bare, layered }: Comparison): void {
  assert.deepEqual(layered.toolResults, bare.toolResults, 'results as without the layer')
  assert.deepEqual(Object.keys(layered.errors), Object.keys(bare.errors), 'the same calls fail')
  for (const [id, error] of Object.entries(bare.errors)) assert.deepEqual(layered.errors[id], error)
  assert.equal(nameOf(layered.thrown), nameOf(bare.thrown), 'the host ends as without the layer')
  assert.deepEqual(layered.told, bare.told, 'the model reads what it reads without the layer')
  assert.deepEqual(layered.history, bare.history, 'the history is as without the layer')
}

/** As without the layer, and the layer has nothing to report of itself. */
export function assertUnnoticed(comparison: Comparison): void {
  assertSame(comparison)
  assert.deepEqual(comparison.faults, [])
}

function nameOf(thrown: unknown): string | undefined {
  return thrown === undefined ? undefined : String((thrown as Error | null)?.name)
}

/** What the model read as the result of a call, as one text. */
export function toldOf({ told, toolResults, errors }: DriverRun, id: string): string {
  const read = told ? told[id] : (toolResults[id] ?? errors[id])
  assert.ok(read !== undefined, `the model was told something of ${id}`)
  return typeof read === 'string' ? read : JSON.stringify(read)
}

/** Lets everyone through once as many as are expected have come, again and again; nobody waits for ever. */
export function barrier(expected: number): () => Promise<void> {
  let waiting: (() => void)[] = []
  return () =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`fewer than ${expected} at a time`)), 5_000)
      waiting.push(() => {
        clearTimeout(late)
        resolve()
      })
      if (waiting.length < expected) return
      for (const pass of waiting) pass()
      waiting = []
    })
}
