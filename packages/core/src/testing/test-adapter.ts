import assert from 'node:assert/strict'
import type { ActionType } from '../action.ts'
import type { Json, JsonObject } from '../json.ts'
import type { LifeHarness } from '../runtime.ts'
import { ADAPTER_CASES, type AdapterCase } from './adapter-cases/index.ts'
import type { ScriptedCall, ScriptedTurn } from './scripted-model.ts'

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

/** Turns that the driver's scripted model emits, then it ends with a text (see `followScript`). */
export type Script = readonly (readonly ScriptedCall[] | ScriptedTurn)[]

/** What the host was left with, by tool-call id. Values as the host holds them, by reference where it can. */
export type DriverRun = {
  /** Results of calls that went well in the host's eyes. */
  toolResults: Record<string, unknown>
  /** Thrown objects or error messages of calls that failed, or were refused, in the host's eyes. */
  errors: Record<string, unknown>
  /** What the model read as the result of a call. Absent where that is what stands above. */
  told?: Record<string, unknown>
  /** The arguments of a call as the conversation holds them. Absent where the host keeps none. */
  history?: Record<string, unknown>
  /** What the adapter shows the developer of a call. */
  reports?: Record<string, unknown>
  /** Everything that the model was shown, tools and messages, as one text. */
  modelInput?: string
  /** What the host streamed to the application, in order, without ids and times of the run itself. */
  parts?: readonly unknown[]
  /** What the host itself threw out of the run, if it did. */
  thrown?: unknown
}

export type Driver = {
  /** One run of an agent in the host: a new conversation, session or thread. Runs may be started side by side. */
  run(script: Script, options?: { signal?: AbortSignal }): Promise<DriverRun>
  close?(): Promise<void>
}

export type { AdapterCase }

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
  /** What the adapter declares that its host can do. What needs anything else is proven to be assigned nowhere. */
  actions: readonly ActionType[]
  /** The origin under which the adapter knows the tools. Default `local`. */
  origin?: string
  /** Called inside a tool: throws the host's own control flow; after a resumption it may return. */
  interrupt?(): unknown
  /** What this host cannot have at all, with the reason. Such a case must fail, or the declaration is out of date. */
  cannot?: Partial<Record<AdapterCase, string>>
  /** The host copies or serialises results, so they are compared by value and not by reference. */
  copiesResults?: boolean
}

/**
 * The conformance suite of adapters: the same cases against every host. Registers its tests with the runner, named
 * `<case> × <adapter>`, with `(cannot: <reason>)` behind it where the host cannot have it.
 */
export function testAdapter(options: TestAdapterOptions): void {
  const { name, describe, it, cannot = {} } = options
  describe(`adapter ${name}`, () => {
    for (const [title, check] of Object.entries(ADAPTER_CASES)) {
      const reason = cannot[title as AdapterCase]
      if (reason === undefined) it(`${title} × ${name}`, () => check(options))
      else
        it(`${title} × ${name} (cannot: ${reason})`, () =>
          assert.rejects(check(options), 'the host can have this case: it belongs among the others'))
    }
  })
}
