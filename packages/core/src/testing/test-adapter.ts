import type { Json, JsonObject } from '../json.ts'
import type { LifeHarness } from '../runtime.ts'
import { ADAPTER_CASES, assertLeftAlone } from './adapter-cases.ts'
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

export type AdapterCase =
  | 'a good call passes untouched'
  | 'a thrown tool error reaches the host as without the layer'
  | 'a dead call is executed repaired and recorded with before and after'
  | 'observe mode alters nothing'
  | 'a throwing classifier changes nothing and is reported once'
  | 'a throwing kind changes nothing and is reported once'
  | 'a throwing store changes nothing and is reported once'
  | 'abort passes through and is recorded as interrupted'
  | 'an invalid call leaves its siblings alone'
  | 'an approved call is never edited'
  | 'a read-only tool is retried'
  | 'an undeclared tool is not retried'
  | 'two interleaved runs are two episodes'
  | 'a binary result passes untouched'
  | 'a huge result passes untouched'

export type TestAdapterOptions = {
  /** The adapter and its host, e.g. `ai-sdk generateText`. */
  name: string
  /** From the test runner (vitest, node:test, …). */
  describe(name: string, body: () => void): void
  it: (name: string, body: () => Promise<void>) => void
  /**
   * One host with one adapter instance and these tools. Without `lifeHarness` it is the bare host, without the layer:
   * what the suite compares with.
   */
  createDriver(lifeHarness: LifeHarness | undefined, tools: readonly PlainTool[]): Driver | Promise<Driver>
  /** The origin under which the adapter knows the tools. Default `local`. */
  origin?: string
  /** What this host cannot have at all, with the reason: the case then proves that it is left alone. */
  cannot?: Partial<Record<AdapterCase, string>>
  /** The host copies or serialises results, so they are compared by value and not by reference. */
  copiesResults?: boolean
}

/** The conformance suite of adapters: the same cases against every host. Registers its tests with the runner. */
export function testAdapter(options: TestAdapterOptions): void {
  const { name, describe, it, cannot = {} } = options
  describe(`adapter ${name}`, () => {
    for (const [title, check] of Object.entries(ADAPTER_CASES)) {
      const reason = cannot[title as AdapterCase]
      if (reason === undefined) it(`${title} × ${name}`, () => check(options))
      else it(`left alone: ${title} × ${name} (cannot: ${reason})`, () => assertLeftAlone(options))
    }
  })
}
