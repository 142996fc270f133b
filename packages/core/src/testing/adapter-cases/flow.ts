import assert from 'node:assert/strict'
import { isJsonObject, type JsonObject } from '../../json.ts'
import { memoryStore } from '../../memory-store.ts'
import { emptyRegistry } from '../../registry.ts'
import { createLifeHarness } from '../../runtime.ts'
import type { Script } from '../test-adapter.ts'
import {
  type AdapterCheck,
  appliedIn,
  assertSame,
  assertUnnoticed,
  barrier,
  builtin,
  compare,
  entryOf,
  eventsOf,
  found,
  good,
  recordingTool,
  renameEntry,
  toolEvents,
} from './comparison.ts'
import { appendWord, outage } from './kinds.ts'

export type FlowCase =
  | 'abort passes through and is recorded as interrupted'
  | 'an abort before the call executes nothing more'
  | 'an abort ends the wait for a retry'
  | 'an interrupt of the host passes through and is no failure'
  | 'an approved call is never edited'
  | 'an approved call is not repeated'
  | 'an invalid call leaves its siblings alone'
  | 'a failing call leaves its siblings alone'
  | 'a repaired call leaves its siblings alone'
  | 'calls of one turn run side by side'
  | 'two interleaved runs are two episodes'
  | 'an agent inside a tool is an episode of its own'
  | 'a stream is the same part by part'

/** Control flow of the host, approval, and what runs at the same time. */
export const flowCases: Record<FlowCase, AdapterCheck> = {
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
    assertUnnoticed(comparison)
    const recorded = toolEvents(comparison.events).map(({ outcome, failure }) => [outcome, failure])
    assert.deepEqual(recorded, [['interrupted', undefined]])
  },

  async 'an abort before the call executes nothing more'(options) {
    const { tool, executed } = recordingTool('search', (_, attempt) => attempt)
    let bareExecuted = 0
    const comparison = await compare(options, [tool], () => ({ script: good, signal: AbortSignal.abort() }), {
      beforeLayered: () => (bareExecuted = executed.splice(0).length),
    })
    assert.deepEqual(comparison.faults, [])
    // How far a host gets with what was aborted before it began is a matter of moments.
    assert.ok(executed.length <= bareExecuted, 'no executions beyond those without the layer')
    assert.deepEqual(comparison.layered.errors, comparison.bare.errors)
    const failures = toolEvents(comparison.events).filter(({ failure }) => failure)
    assert.deepEqual(failures, [])
  },

  async 'an abort ends the wait for a retry'(options) {
    let controller = new AbortController()
    const { tool, executed } = recordingTool('search', () => {
      // Of this run: another one may have begun by then.
      const current = controller
      setTimeout(() => current.abort(), 5)
      throw new Error('upstream is down')
    })
    const started = performance.now()
    const { layered, events, faults } = await compare(
      options,
      [tool],
      () => {
        controller = new AbortController()
        return { script: good, signal: controller.signal }
      },
      {
        entries: [
          entryOf(options, builtin('retry'), {
            category: 'exec.unavailable',
            options: { backoffMs: 20_000 },
          }),
        ],
        classifiers: [outage],
        config: { tools: { '*search': { readOnly: true } } },
        beforeLayered: () => executed.splice(0),
      },
    )
    assert.equal(executed.length, 1, 'executions')
    assert.ok(performance.now() - started < 10_000, 'nobody waits any longer')
    assert.deepEqual(layered.toolResults, {})
    assert.equal(toolEvents(events).length, 1, 'the attempt is recorded')
    assert.deepEqual(faults, [])
  },

  async 'an interrupt of the host passes through and is no failure'(options) {
    const { interrupt } = options
    assert.ok(interrupt, 'the driver says how the host interrupts')
    const { tool } = recordingTool('search', () => {
      interrupt()
      return found
    })
    const comparison = await compare(options, [tool], good)
    assertUnnoticed(comparison)
    const outcomes = toolEvents(comparison.events).map(({ outcome, failure }) => failure?.category ?? outcome)
    assert.ok(outcomes.length > 0, 'something is recorded')
    assert.deepEqual(
      outcomes.filter((outcome) => outcome !== 'interrupted' && outcome !== 'ok'),
      [],
    )
  },

  async 'an approved call is never edited'(options) {
    const open = recordingTool('search', () => found)
    const guarded = recordingTool('pay', () => found, { needsApproval: true })
    const entries = ['search', 'pay'].map((name) =>
      entryOf(options, appendWord, { category: 'contract.value', name }),
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

  async 'an approved call is not repeated'(options) {
    const { tool, executed } = recordingTool(
      'pay',
      () => {
        throw new Error('upstream is down')
      },
      { needsApproval: true },
    )
    const init = { category: 'exec.unavailable', options: { backoffMs: 0 }, name: 'pay' } as const
    const script: Script = [[{ id: 'call-guarded', name: 'pay', input: { query: 'a' } }]]
    const { events } = await compare(options, [tool], script, {
      entries: [entryOf(options, builtin('retry'), init)],
      classifiers: [outage],
      config: { tools: { '*pay': { readOnly: true } } },
      beforeLayered: () => executed.splice(0),
    })
    assert.equal(executed.length, 1)
    assert.deepEqual(appliedIn(events), [])
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
    assertUnnoticed(comparison)
    assert.deepEqual(Object.keys(comparison.layered.toolResults).sort(), ['call-1', 'call-3'])
    assert.deepEqual(Object.keys(comparison.layered.errors), ['call-2'])
    assert.deepEqual(executed.slice(-2), [{ query: 'a' }, { query: 'b' }])
    const outcomes = toolEvents(comparison.events).map(
      ({ call, outcome }) => `${JSON.stringify(call.input)} ${outcome}`,
    )
    assert.deepEqual(outcomes.sort(), ['{"limit":2} error', '{"query":"a"} ok', '{"query":"b"} ok'])
  },

  async 'a failing call leaves its siblings alone'(options) {
    const { tool } = recordingTool('search', (input) => {
      if (isJsonObject(input) && input.query === 'bad') throw new Error('no such index')
      return found
    })
    const script: Script = [
      ['a', 'bad', 'b'].map((query) => ({ id: `call-${query}`, name: 'search', input: { query } })),
    ]
    const comparison = await compare(options, [tool], script)
    assertUnnoticed(comparison)
    assert.deepEqual(Object.keys(comparison.layered.toolResults).sort(), ['call-a', 'call-b'])
    assert.deepEqual(Object.keys(comparison.layered.errors), ['call-bad'])
  },

  async 'a repaired call leaves its siblings alone'(options) {
    const { tool, executed } = recordingTool('search', (input) => input)
    const script: Script = [
      [
        { id: 'call-1', name: 'search', input: { query: 'a' } },
        { id: 'call-2', name: 'search', input: { q: 'b' } },
        { id: 'call-3', name: 'search', input: { query: 'c' } },
      ],
    ]
    const { layered, events } = await compare(options, [tool], script, {
      entries: [renameEntry(options)],
      beforeLayered: () => executed.splice(0),
    })
    const queries = executed.map((input) => (input as JsonObject).query)
    assert.deepEqual(queries.sort(), ['a', 'b', 'c'])
    assert.deepEqual(Object.keys(layered.toolResults).sort(), ['call-1', 'call-2', 'call-3'])
    assert.deepEqual(appliedIn(events), ['replace-call applied'])
  },

  async 'calls of one turn run side by side'(options) {
    const meet = barrier(3)
    const { tool } = recordingTool('search', async (input) => {
      await meet()
      return input
    })
    const script: Script = [
      ['a', 'b', 'c'].map((query) => ({ id: `call-${query}`, name: 'search', input: { query } })),
    ]
    const comparison = await compare(options, [tool], script, { entries: [renameEntry(options)] })
    assertUnnoticed(comparison)
    assert.deepEqual(Object.keys(comparison.layered.toolResults).sort(), ['call-a', 'call-b', 'call-c'])
  },

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

  async 'an agent inside a tool is an episode of its own'(options) {
    const store = memoryStore({ ...emptyRegistry(), entries: [renameEntry(options)] })
    const lifeHarness = await createLifeHarness({ store, mode: 'frozen' })
    const { tool, executed } = recordingTool('search', () => found)
    const inner = await options.createDriver(lifeHarness, [tool])
    const delegate = recordingTool('delegate', async () => {
      const { toolResults } = await inner.run([[{ id: 'call-inner', name: 'search', input: { q: 'a' } }]])
      return Object.keys(toolResults)
    })
    const outer = await options.createDriver(lifeHarness, [delegate.tool])
    const call = (id: string) => [{ id, name: 'delegate', input: { query: id } }]
    const { errors } = await outer.run([call('call-1'), call('call-2')])
    await outer.close?.()
    await inner.close?.()
    assert.deepEqual(errors, {})
    assert.deepEqual(executed, [{ query: 'a' }, { query: 'a' }], 'the inner agent is mended too')
    const byTool = Object.groupBy(
      toolEvents(await eventsOf(lifeHarness, store)),
      ({ call }) => call.tool.name,
    )
    const episodesOf = (name: string) => new Set(byTool[name]?.map(({ episode }) => episode))
    assert.equal(episodesOf('delegate').size, 1)
    assert.equal(episodesOf('search').isDisjointFrom(episodesOf('delegate')), true)
  },

  async 'a stream is the same part by part'(options) {
    const { tool } = recordingTool('search', () => found)
    const bad = [{ id: 'call-bad', name: 'search', rawInput: '{query = a}' }]
    const comparison = await compare(options, [tool], [...good, bad])
    assertSame(comparison)
    assert.ok((comparison.bare.parts?.length ?? 0) > 0, 'the driver hands over what the host streamed')
    assert.deepEqual(comparison.layered.parts, comparison.bare.parts)
  },
}
