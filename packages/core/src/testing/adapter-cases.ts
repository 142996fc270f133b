import assert from 'node:assert/strict'
import { type Classifier, defineClassifier } from '../failure.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { memoryStore } from '../memory-store.ts'
import type { RegistryEntry } from '../registry.ts'
import { createLifeHarness } from '../runtime.ts'
import type { Store } from '../store.ts'
import {
  activeEntry,
  assertSame,
  type ComparisonInit,
  compare,
  eventsOf,
  recordingTool,
  toolEvents,
} from './adapter-comparison.ts'
import type { AdapterCase, Script, TestAdapterOptions } from './test-adapter.ts'

type AdapterCheck = (options: TestAdapterOptions) => Promise<void>

const found = { items: [{ id: 1, title: 'first' }], total: 1 }
const good: Script = [[{ id: 'call-good', name: 'search', input: { query: 'a', limit: 2 } }]]
const misnamed: Script = [[{ id: 'call-misnamed', name: 'search', input: { q: 'a', limit: 2 } }]]

function renameEntry(options: TestAdapterOptions): RegistryEntry {
  const kind = builtinKinds.find(({ kind }) => kind === 'rename-argument')!
  return activeEntry(options, kind, {
    category: 'contract.misnamed_param',
    options: { from: '/q', to: '/query' },
  })
}

/** Rewrites every call it sees, dead or live: only approval may stop it. */
const appendWord: Kind = defineIntervention({
  kind: 'append-word',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: { type: 'object' },
  compile:
    () =>
    ({ call }) => {
      if (!isJsonObject(call.input)) return undefined
      return {
        type: 'replace-call',
        call: { ...call, input: { ...call.input, query: `${call.input.query} edited` } },
      }
    },
})

const throwingKind: Kind = {
  ...appendWord,
  kind: 'throwing',
  compile: () => () => {
    throw new Error('this kind is broken')
  },
}

const throwingClassifier: Classifier = defineClassifier({
  name: 'throwing',
  categories: ['unknown'],
  on: 'step',
  classify() {
    throw new Error('this classifier is broken')
  },
})

/** Calls every error a passing outage, with a side effect possible. */
const outage: Classifier = defineClassifier({
  name: 'outage',
  categories: ['exec.unavailable'],
  on: 'step',
  classify({ result }) {
    if (result.outcome !== 'error') return undefined
    return {
      category: 'exec.unavailable',
      rank: 'text',
      attribution: 'environment',
      retryable: 'after-delay',
      effect: 'possible',
      evidence: result.error?.message ?? 'no message',
    }
  },
})

/** One good and one failing call: what an extension that throws must not disturb. */
async function assertUndisturbed(
  options: TestAdapterOptions,
  init: ComparisonInit,
  where: RegExp,
): Promise<void> {
  const failure = new Error('no such index')
  const { tool } = recordingTool('search', (input) => {
    if (isJsonObject(input) && input.query === 'bad') throw failure
    return found
  })
  const bad = [{ id: 'call-bad', name: 'search', input: { query: 'bad' } }]
  const comparison = await compare(options, [tool], [...good, bad], init)
  assertSame(comparison)
  const places = comparison.faults.map((fault) => fault.where)
  assert.equal(places.length, 1, `one fault is reported, once: ${places.join(', ')}`)
  assert.match(places[0]!, where)
}

async function assertRetried(options: TestAdapterOptions, readOnly: boolean): Promise<void> {
  const { tool, executed } = recordingTool('search', (_, attempt) => {
    if (attempt === 1) throw new Error('upstream is down')
    return found
  })
  const kind = builtinKinds.find(({ kind }) => kind === 'retry')!
  const { layered, events } = await compare(options, [tool], good, {
    entries: [activeEntry(options, kind, { category: 'exec.unavailable', options: { backoffMs: 0 } })],
    classifiers: [outage],
    ...(readOnly ? { config: { tools: { '*search': { readOnly: true } } } } : {}),
    beforeLayered: () => executed.splice(0),
  })
  assert.equal(executed.length, readOnly ? 2 : 1, 'executions')
  assert.deepEqual(Object.keys(readOnly ? layered.toolResults : layered.errors), ['call-good'])
  const applied = toolEvents(events).flatMap((event) =>
    event.applied.map(({ action, arm }) => `${action} ${arm}`),
  )
  assert.deepEqual(applied, readOnly ? ['retry applied'] : [])
}

async function assertUntouched(options: TestAdapterOptions, value: unknown): Promise<void> {
  const { tool } = recordingTool('search', () => value)
  const comparison = await compare(options, [tool], good)
  assertSame(comparison)
  assert.deepEqual(Object.keys(comparison.layered.toolResults), ['call-good'])
  if (!options.copiesResults) assert.equal(comparison.layered.toolResults['call-good'], value, 'by reference')
  assert.equal(comparison.faults.length, 0)
}

/** Lets everyone through once as many as are expected have come, again and again. */
function barrier(expected: number): () => Promise<void> {
  let waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length < expected) return
      for (const pass of waiting) pass()
      waiting = []
    })
}

/** What every adapter owes its host. Values are compared with the same host without the layer. */
export const ADAPTER_CASES: Record<AdapterCase, AdapterCheck> = {
  async 'a good call passes untouched'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const comparison = await compare(options, [tool], good, { entries: [renameEntry(options)] })
    assertSame(comparison)
    const { layered, events, faults } = comparison
    assert.deepEqual(Object.keys(layered.toolResults), ['call-good'])
    if (!options.copiesResults) assert.equal(layered.toolResults['call-good'], found, 'by reference')
    assert.deepEqual(executed, [
      { query: 'a', limit: 2 },
      { query: 'a', limit: 2 },
    ])
    const recorded = toolEvents(events).map(({ call, outcome, applied }) => ({
      input: call.input,
      outcome,
      applied,
    }))
    assert.deepEqual(recorded, [{ input: { query: 'a', limit: 2 }, outcome: 'ok', applied: [] }])
    assert.equal(faults.length, 0)
  },

  async 'a thrown tool error reaches the host as without the layer'(options) {
    const failure = Object.assign(new TypeError('no such index'), { code: 'ENOENT' })
    const { tool } = recordingTool('search', () => {
      throw failure
    })
    const comparison = await compare(options, [tool], good)
    assertSame(comparison)
    const { layered, events } = comparison
    assert.deepEqual(Object.keys(layered.errors), ['call-good'])
    if (!options.copiesResults) assert.equal(layered.errors['call-good'], failure, 'the same object')
    assert.deepEqual(
      toolEvents(events).map(({ outcome }) => outcome),
      ['error'],
    )
  },

  async 'a dead call is executed repaired and recorded with before and after'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const { layered, events, faults } = await compare(options, [tool], misnamed, {
      entries: [renameEntry(options)],
      beforeLayered: () => executed.splice(0),
    })
    const before = { q: 'a', limit: 2 }
    const after = { query: 'a', limit: 2 }
    assert.deepEqual(executed, [after])
    assert.deepEqual([Object.keys(layered.toolResults), Object.keys(layered.errors)], [['call-misnamed'], []])
    const [event, ...others] = toolEvents(events)
    assert.ok(event && others.length === 0, 'one step is recorded')
    assert.deepEqual([event.call.input, event.executed?.input, event.outcome], [before, after, 'ok'])
    const applied = event.applied.map(({ arm, action, dead, before, after }) => ({
      arm,
      action,
      dead,
      before,
      after,
    }))
    assert.deepEqual(applied, [{ arm: 'applied', action: 'replace-call', dead: true, before, after }])
    assert.equal(faults.length, 0)
  },

  async 'observe mode alters nothing'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const bareExecuted: Json[] = []
    const comparison = await compare(options, [tool], misnamed, {
      mode: 'observe',
      entries: [renameEntry(options)],
      beforeLayered: () => bareExecuted.push(...executed.splice(0)),
    })
    assertSame(comparison)
    assert.deepEqual(executed, bareExecuted)
    // Where a host cannot be given a repaired call, there is nothing that would have been done.
    if (options.cannot?.['a dead call is executed repaired and recorded with before and after']) return
    const arms = toolEvents(comparison.events).flatMap(({ applied }) => applied.map(({ arm }) => arm))
    assert.deepEqual(arms, ['shadow'], 'what would have been done is recorded')
  },

  'a throwing classifier changes nothing and is reported once': (options) =>
    assertUndisturbed(options, { classifiers: [throwingClassifier] }, /^classifier throwing/),

  async 'a throwing kind changes nothing and is reported once'(options) {
    const entries = [activeEntry(options, throwingKind, { category: 'unknown' })]
    await assertUndisturbed(options, { kinds: [throwingKind], entries }, /^intervention throwing-/)
  },

  async 'a throwing store changes nothing and is reported once'(options) {
    const store: Store = { ...memoryStore(), append: () => Promise.reject(new Error('disk full')) }
    await assertUndisturbed(options, { store }, /^store append/)
  },

  async 'abort passes through and is recorded as interrupted'(options) {
    let controller = new AbortController()
    const { tool } = recordingTool('search', () => {
      controller.abort()
      throw new DOMException('the user left', 'AbortError')
    })
    const comparison = await compare(options, [tool], () => {
      controller = new AbortController()
      return { script: good, signal: controller.signal }
    })
    assertSame(comparison)
    const recorded = toolEvents(comparison.events).map(({ outcome, failure }) => ({ outcome, failure }))
    assert.deepEqual(recorded, [{ outcome: 'interrupted', failure: undefined }])
    assert.equal(comparison.faults.length, 0)
  },

  async 'an invalid call leaves its siblings alone'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const script: Script = [
      [
        { id: 'call-1', name: 'search', input: { query: 'a' } },
        { id: 'call-2', name: 'search', input: { limit: 2 } },
        { id: 'call-3', name: 'search', input: { query: 'b' } },
      ],
    ]
    const comparison = await compare(options, [tool], script, { entries: [renameEntry(options)] })
    assertSame(comparison)
    assert.deepEqual(Object.keys(comparison.layered.toolResults).sort(), ['call-1', 'call-3'])
    assert.deepEqual(Object.keys(comparison.layered.errors), ['call-2'])
    assert.deepEqual(executed.slice(-2), [{ query: 'a' }, { query: 'b' }])
    const outcomes = toolEvents(comparison.events).map(
      ({ call, outcome }) => `${JSON.stringify(call.input)} ${outcome}`,
    )
    assert.deepEqual(outcomes.sort(), ['{"limit":2} error', '{"query":"a"} ok', '{"query":"b"} ok'])
  },

  async 'an approved call is never edited'(options) {
    const open = recordingTool('search', () => found)
    const guarded = recordingTool('pay', () => found, { needsApproval: true })
    const entries = ['search', 'pay'].map((name) =>
      activeEntry(options, appendWord, { category: 'contract.value' }, name),
    )
    const script: Script = [
      [{ id: 'call-open', name: 'search', input: { query: 'a' } }],
      [{ id: 'call-guarded', name: 'pay', input: { query: 'a' } }],
    ]
    const { layered } = await compare(options, [open.tool, guarded.tool], script, {
      kinds: [appendWord],
      entries,
      beforeLayered() {
        open.executed.splice(0)
        guarded.executed.splice(0)
      },
    })
    assert.deepEqual(Object.keys(layered.toolResults).sort(), ['call-guarded', 'call-open'])
    // The same intervention acts where nobody approved: it is approval that stops it.
    assert.deepEqual(open.executed, [{ query: 'a edited' }])
    assert.deepEqual(guarded.executed, [{ query: 'a' }])
  },

  'a read-only tool is retried': (options) => assertRetried(options, true),

  'an undeclared tool is not retried': (options) => assertRetried(options, false),

  async 'two interleaved runs are two episodes'(options) {
    const meet = barrier(2)
    const { tool } = recordingTool('search', async () => {
      await meet()
      return found
    })
    const store = memoryStore()
    const lifeHarness = await createLifeHarness({ store, mode: 'frozen' })
    const driver = await options.createDriver(lifeHarness, [tool])
    const turns = (run: string): Script =>
      [1, 2, 3].map((step) => [
        { id: `call-${run}-${step}`, name: 'search', input: { query: run, limit: step } },
      ])
    await Promise.all([driver.run(turns('a')), driver.run(turns('b'))])
    await driver.close?.()
    const queries = new Map<string, string[]>()
    for (const { episode, call } of toolEvents(await eventsOf(lifeHarness, store))) {
      const { query, limit } = call.input as JsonObject
      queries.set(episode, [...(queries.get(episode) ?? []), `${query}${limit}`])
    }
    assert.deepEqual([...queries.values()].sort(), [
      ['a1', 'a2', 'a3'],
      ['b1', 'b2', 'b3'],
    ])
  },

  'a binary result passes untouched': (options) =>
    assertUntouched(options, new Uint8Array([0, 255, 13, 10, 128])),

  'a huge result passes untouched': (options) => assertUntouched(options, { text: 'x'.repeat(1 << 20) }),
}

/**
 * What takes the place of a case that a host cannot have: the registry holds an active repair of the very call, and
 * nothing happens to it. The intervention is neither applied nor counted there.
 */
export async function assertLeftAlone(options: TestAdapterOptions): Promise<void> {
  const { tool, executed } = recordingTool('search', () => found)
  const bareExecuted: Json[] = []
  const comparison = await compare(options, [tool], misnamed, {
    entries: [renameEntry(options)],
    beforeLayered: () => bareExecuted.push(...executed.splice(0)),
  })
  assertSame(comparison)
  assert.deepEqual(executed, bareExecuted)
  const applied = toolEvents(comparison.events).flatMap((event) => event.applied)
  assert.deepEqual(applied, [], 'nothing is assigned where the host cannot do it')
  assert.equal(comparison.faults.length, 0)
}
