import assert from 'node:assert/strict'
import type { Json, JsonObject } from '../json.ts'
import type { LifeHarness } from '../runtime.ts'
import type { ScriptedCall } from './scripted-model.ts'

/** A tool without a framework; an adapter's driver turns it into its host's form. */
export type PlainTool = {
  name: string
  description?: string
  /** JSON Schema, which the host must check before it executes. */
  inputSchema: JsonObject
  /** The host asks a person before it executes; the driver then approves, as a host would on resumption. */
  needsApproval?: boolean
  execute(input: Json, context: { callId: string; signal?: AbortSignal }): unknown
}

/** Turns of calls that the driver's scripted model emits, then it ends with a text (see `followScript`). */
export type Script = readonly (readonly ScriptedCall[])[]

/** What the host was left with, by tool-call id. Values as the host holds them, by reference where it can. */
export type DriverRun = {
  /** Results of calls that went well in the host's eyes. */
  toolResults: Record<string, unknown>
  /** Thrown objects or error messages of calls that failed, or were refused, in the host's eyes. */
  errors: Record<string, unknown>
  /** What the host itself threw out of the run, if it did. */
  thrown?: unknown
}

export type Driver = {
  /** One run of an agent in the host: a new conversation, session or thread. Runs may be started side by side. */
  run(script: Script, options?: { signal?: AbortSignal }): Promise<DriverRun>
  close?(): Promise<void>
}

export type AdapterCase = keyof typeof CASES

export type TestAdapterOptions = {
  /** The adapter and its host, e.g. `ai-sdk generateText`. */
  name: string
  /** From the test runner (vitest, node:test, …). */
  describe(name: string, body: () => void): void
  it: { (name: string, body: () => Promise<void>): void; skip(name: string): void }
  /**
   * One host with one adapter instance and these tools. Without `lifeHarness` it is the bare host, without the layer:
   * what the suite compares with.
   */
  createDriver(lifeHarness: LifeHarness | undefined, tools: readonly PlainTool[]): Driver | Promise<Driver>
  /** What this host cannot have at all, with the reason: the case is printed as skipped. */
  cannot?: Partial<Record<AdapterCase, string>>
  /** The host copies or serialises results, so they are compared by value and not by reference. */
  copiesResults?: boolean
}

/** The conformance suite of adapters: the same cases against every host. Registers its tests with the runner. */
export function testAdapter(options: TestAdapterOptions): void {
  options.describe(`adapter ${options.name}`, () => {
    for (const [title, check] of Object.entries(CASES) as [AdapterCase, AdapterCheck][]) {
      const reason = options.cannot?.[title]
      if (reason) options.it.skip(`${title} × ${options.name} (cannot: ${reason})`)
      else options.it(`${title} × ${options.name}`, () => check(options))
    }
  })
}

type AdapterCheck = (options: TestAdapterOptions) => Promise<void>

const CASES = {
  'a good call passes untouched': async (options: TestAdapterOptions): Promise<void> => {
    assert.ok(options)
  },
  'a thrown tool error reaches the host as without the layer': todo,
  'a dead call is executed repaired and recorded with before and after': todo,
  'observe mode alters nothing': todo,
  'a throwing classifier changes nothing and is reported once': todo,
  'a throwing kind changes nothing and is reported once': todo,
  'a throwing store changes nothing and is reported once': todo,
  'abort passes through and is recorded as interrupted': todo,
  'an invalid call leaves its siblings alone': todo,
  'an approved call is never edited': todo,
  'a read-only tool is retried': todo,
  'an undeclared tool is not retried': todo,
  'two interleaved runs are two episodes': todo,
  'a binary result passes untouched': todo,
  'a huge result passes untouched': todo,
}

async function todo(_: TestAdapterOptions): Promise<void> {}
