import assert from 'node:assert/strict'
import type { Action, ActionType } from '../../action.ts'
import type { CallContext } from '../../intervention.ts'
import type { JsonObject } from '../../json.ts'
import { toolResult } from '../../trajectory.ts'
import type { ScriptedCall } from '../scripted-model.ts'
import type { DriverRun, Script, TestAdapterOptions } from '../test-adapter.ts'
import {
  type AdapterCheck,
  appliedIn,
  assertUnnoticed,
  builtin,
  compare,
  entryOf,
  found,
  good,
  misnamed,
  recordingTool,
  renameEntry,
  toldOf,
  toolEvents,
} from './comparison.ts'
import { appendWord, HINT, hintKind, outage, probeKind } from './kinds.ts'

export type ActingCase =
  | 'a dead call is executed repaired and recorded with before and after'
  | 'arguments that do not parse are executed repaired'
  | 'an unknown tool is executed under its learnt name'
  | 'two interventions act on one call'
  | 'the history of a repaired dead call says what is executed'
  | 'replace-tools: the model is shown a tool as it was edited'
  | 'add-context: the model is told a text that the application is not'
  | 'replace-call: a live call is executed as edited, and the model is told in a line'
  | 'replace-call: what was done to a call is visible to the developer'
  | 'replace-call: what was done to a live call is visible to the developer'
  | 'emit-calls: a call written as text is executed'
  | 'insert-call: a call is executed before the model’s own, and none enters the history'
  | 'respond: a call is answered without being executed'
  | 'respond: a call is refused without being executed'
  | 'retry: a read-only tool is called again'
  | 'retry: an undeclared tool is not called again'
  | 'retry: what goes on failing reaches the host as the tool’s own failure'
  | 'replace-result: a hint reaches the model with the error'
  | 'stop: a call is not executed, and the model is told why'

/** Runs what the action should do where the adapter declares it; elsewhere its intervention is never assigned. */
function acting(
  action: ActionType,
  script: Script,
  propose: (context: CallContext) => Action,
  check: (run: { layered: DriverRun; executed: string[]; applied: string[] }) => void,
): AdapterCheck {
  const kind = probeKind(`probe-${action}`, 'call', action, propose)
  return async (options) => {
    const executed: string[] = []
    const tools = ['search', 'look'].map((name) => {
      const execute = () => {
        executed.push(name)
        return found
      }
      return recordingTool(name, execute).tool
    })
    const comparison = await compare(options, tools, script, {
      kinds: [kind],
      entries: [entryOf(options, kind, { category: 'unknown' })],
      // Only calls that change nothing may be added.
      config: { tools: { '*look': { readOnly: true } } },
      beforeLayered: () => executed.splice(0),
    })
    const { layered, events, faults } = comparison
    const applied = appliedIn(events)
    if (options.actions.includes(action)) {
      check({ layered, executed, applied })
      assert.deepEqual(faults, [])
      return
    }
    assertUnnoticed(comparison)
    assert.deepEqual(applied, [], 'nothing is assigned where the host cannot do it')
    assert.deepEqual(executed, ['search'], 'the call runs as it is')
  }
}

/** What the model is shown where the adapter declares the action; elsewhere it is shown what it was. */
function showing(action: ActionType, kindName: string, shape: JsonObject, shown: RegExp): AdapterCheck {
  return async (options) => {
    // Nothing succeeds, so that there is something to be told at the second turn too.
    const fails = () => {
      throw new Error('no such index')
    }
    const tools = ['look', 'search'].map((name) => recordingTool(name, fails).tool)
    const script = [1, 2].map((turn) => [{ id: `call-${turn}`, name: 'search', input: { query: 'a' } }])
    const kind = builtin(kindName)
    const comparison = await compare(options, tools, script, {
      entries: [entryOf(options, kind, { category: 'state.precondition', options: shape })],
    })
    const { bare, layered, events, faults } = comparison
    assert.deepEqual(faults, [])
    assert.deepEqual([layered.toolResults, layered.errors], [bare.toolResults, bare.errors])
    if (!options.actions.includes(action)) {
      assertUnnoticed(comparison)
      assert.equal(layered.modelInput, bare.modelInput)
      assert.deepEqual(appliedIn(events), [], 'nothing is assigned where the host cannot do it')
      return
    }
    assert.ok(bare.modelInput && layered.modelInput, 'the driver hands over what the model was shown')
    assert.doesNotMatch(bare.modelInput, shown)
    assert.match(layered.modelInput, shown)
  }
}

/** An active repair of a call that the host refuses. */
async function assertRepaired(
  options: TestAdapterOptions,
  kind: string,
  category: Parameters<typeof entryOf>[2],
  call: Omit<ScriptedCall, 'id'>,
): Promise<void> {
  const { tool, executed } = recordingTool('search', () => found)
  const { layered, events, faults } = await compare(options, [tool], [[{ id: 'call-dead', ...call }]], {
    entries: [entryOf(options, builtin(kind), category)],
    beforeLayered: () => executed.splice(0),
  })
  assert.deepEqual(executed, [{ query: 'a' }])
  assert.deepEqual([Object.keys(layered.toolResults), Object.keys(layered.errors)], [['call-dead'], []])
  const [event, ...others] = toolEvents(events)
  assert.ok(event && others.length === 0, 'one step is recorded')
  assert.deepEqual(
    [event.call.tool.name, event.call.rawInput, event.executed?.tool.name, event.executed?.input],
    [call.name, call.rawInput, 'search', { query: 'a' }],
  )
  assert.deepEqual(faults, [])
}

async function assertRetried(options: TestAdapterOptions, failing: number, readOnly: boolean) {
  const failure = new Error('upstream is down')
  const { tool, executed } = recordingTool('search', (_, attempt) => {
    if (attempt <= failing) throw failure
    return found
  })
  const { bare, layered, events } = await compare(options, [tool], good, {
    entries: [
      entryOf(options, builtin('retry'), { category: 'exec.unavailable', options: { backoffMs: 0 } }),
    ],
    classifiers: [outage],
    ...(readOnly ? { config: { tools: { '*search': { readOnly: true } } } } : {}),
    beforeLayered: () => executed.splice(0),
  })
  return { bare, layered, executions: executed.length, applied: appliedIn(events), events }
}

/** What each action does where the host can do it, and that none is assigned where it cannot. */
export const actingCases: Record<ActingCase, AdapterCheck> = {
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
    assert.deepEqual(faults, [])
  },

  'arguments that do not parse are executed repaired': (options) =>
    assertRepaired(
      options,
      'repair-json',
      { category: 'parse.malformed_json' },
      { name: 'search', rawInput: "{'query': 'a',}" },
    ),

  'an unknown tool is executed under its learnt name': (options) =>
    assertRepaired(
      options,
      'rename-tool',
      {
        category: 'resolve.unknown_tool',
        options: { from: 'find_things', to: 'search' },
        name: 'find_things',
      },
      { name: 'find_things', input: { query: 'a' } },
    ),

  async 'two interventions act on one call'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const script: Script = [[{ id: 'call-twice', name: 'search', input: { q: 'a', limit: '2' } }]]
    const { events, faults } = await compare(options, [tool], script, {
      entries: [
        renameEntry(options),
        entryOf(options, builtin('coerce-argument'), {
          category: 'contract.type',
          options: { path: '/limit', to: 'integer' },
        }),
      ],
      beforeLayered: () => executed.splice(0),
    })
    assert.deepEqual(faults, [])
    assert.deepEqual(executed, [{ query: 'a', limit: 2 }])
    assert.deepEqual(appliedIn(events), ['replace-call applied', 'replace-call applied'])
  },

  async 'the history of a repaired dead call says what is executed'(options) {
    const { tool } = recordingTool('search', () => found)
    const { layered } = await compare(options, [tool], misnamed, { entries: [renameEntry(options)] })
    assert.deepEqual(layered.history?.['call-misnamed'], { query: 'a', limit: 2 })
  },

  'replace-tools: the model is shown a tool as it was edited': showing(
    'replace-tools',
    'patch-description',
    { advice: 'call-first', slots: { tool: 'look' } },
    /Call \S*look\S* first/,
  ),

  'add-context: the model is told a text that the application is not': showing(
    'add-context',
    'sequence-card',
    { tools: ['look', 'search'] },
    /made in this order/,
  ),

  async 'replace-call: a live call is executed as edited, and the model is told in a line'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const comparison = await compare(options, [tool], good, {
      kinds: [appendWord],
      entries: [entryOf(options, appendWord, { category: 'contract.value' })],
      beforeLayered: () => executed.splice(0),
    })
    const { bare, layered, events, faults } = comparison
    assert.deepEqual(executed, [{ query: 'a edited', limit: 2 }])
    assert.match(toldOf(layered, 'call-good'), /executed with the arguments .*a edited/)
    assert.deepEqual(layered.history, bare.history, 'the history keeps what the model wrote')
    if (!options.copiesResults) assert.equal(layered.toolResults['call-good'], found, 'its result is its own')
    assert.deepEqual(appliedIn(events), ['replace-call applied'])
    assert.deepEqual(faults, [])
  },

  async 'replace-call: what was done to a call is visible to the developer'(options) {
    const { tool } = recordingTool('search', () => found)
    const entries = [renameEntry(options)]
    const { layered, bare } = await compare(options, [tool], misnamed, { entries })
    assert.deepEqual(bare.reports ?? {}, {})
    const report = JSON.stringify(layered.reports?.['call-misnamed'] ?? null)
    assert.ok(report.includes(entries[0]!.intervention.id), `the report names the intervention: ${report}`)
  },

  async 'replace-call: what was done to a live call is visible to the developer'(options) {
    const { tool } = recordingTool('search', () => found)
    const entries = [entryOf(options, appendWord, { category: 'contract.value' })]
    const { layered, bare } = await compare(options, [tool], good, { kinds: [appendWord], entries })
    assert.deepEqual(bare.reports ?? {}, {})
    const report = JSON.stringify(layered.reports?.['call-good'] ?? null)
    assert.ok(report.includes(entries[0]!.intervention.id), `the report names the intervention: ${report}`)
  },

  async 'emit-calls: a call written as text is executed'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const text = '<tool_call>{"name": "search", "arguments": {"query": "a"}}</tool_call>'
    const script: Script = [{ type: 'text', text }]
    const comparison = await compare(options, [tool], script, {
      entries: [entryOf(options, builtin('rescue-text-call'), { category: 'emit.text_call' })],
    })
    assert.deepEqual(comparison.faults, [])
    const applied = appliedIn(comparison.events)
    if (!options.actions.includes('emit-calls')) {
      assertUnnoticed(comparison)
      assert.deepEqual([executed, applied], [[], []], 'nothing is assigned where the host cannot do it')
      return
    }
    assert.deepEqual(executed, [{ query: 'a' }])
    assert.equal(Object.keys(comparison.layered.toolResults).length, 1)
    assert.deepEqual(applied, ['emit-calls applied'])
    const [event] = toolEvents(comparison.events)
    assert.deepEqual([event?.call.rawInput, event?.executed?.input], [text, { query: 'a' }])
  },

  'insert-call: a call is executed before the model’s own, and none enters the history': acting(
    'insert-call',
    good,
    ({ call }) => ({
      type: 'insert-call',
      call: { ...call, id: `${call.id}-look`, tool: { ...call.tool, name: 'look' }, input: { query: 'all' } },
      place: 'before',
      note: false,
    }),
    ({ layered, executed, applied }) => {
      assert.deepEqual(executed, ['look', 'search'])
      assert.deepEqual(Object.keys(layered.toolResults), ['call-good'])
      assert.deepEqual(applied, ['insert-call applied'])
    },
  ),

  'respond: a call is answered without being executed': acting(
    'respond',
    good,
    () => ({ type: 'respond', result: toolResult('ok', 'seen before') }),
    ({ layered, executed, applied }) => {
      assert.deepEqual(executed, [])
      assert.match(toldOf(layered, 'call-good'), /seen before/)
      assert.deepEqual([Object.keys(layered.toolResults), applied], [['call-good'], ['respond applied']])
    },
  ),

  'respond: a call is refused without being executed': acting(
    'respond',
    good,
    () => ({
      type: 'respond',
      result: toolResult('error', 'look first', { error: { message: 'look first' } }),
    }),
    ({ layered, executed, applied }) => {
      assert.deepEqual(executed, [])
      assert.match(toldOf(layered, 'call-good'), /look first/)
      assert.deepEqual([Object.keys(layered.errors), applied], [['call-good'], ['respond applied']])
    },
  ),

  async 'retry: a read-only tool is called again'(options) {
    const { layered, executions, applied } = await assertRetried(options, 1, true)
    if (!options.actions.includes('retry')) return assert.deepEqual([executions, applied], [1, []])
    assert.deepEqual([executions, applied], [2, ['retry applied']])
    assert.deepEqual([Object.keys(layered.toolResults), layered.errors], [['call-good'], {}])
  },

  async 'retry: an undeclared tool is not called again'(options) {
    const { bare, layered, executions, applied } = await assertRetried(options, 1, false)
    assert.deepEqual([executions, applied], [1, []])
    assert.deepEqual(Object.keys(layered.errors), Object.keys(bare.errors))
  },

  async 'retry: what goes on failing reaches the host as the tool’s own failure'(options) {
    const { bare, layered, executions, events } = await assertRetried(options, 99, true)
    if (options.actions.includes('retry')) assert.ok(executions > 1 && executions <= 6)
    assert.deepEqual(layered.errors, bare.errors)
    assert.equal(toolEvents(events).length, 1, 'one step is recorded')
  },

  async 'replace-result: a hint reaches the model with the error'(options) {
    const { tool } = recordingTool('search', () => {
      throw new Error('no such index')
    })
    const comparison = await compare(options, [tool], good, {
      kinds: [hintKind],
      classifiers: [outage],
      entries: [entryOf(options, hintKind, { category: 'exec.unavailable' })],
    })
    const applied = appliedIn(comparison.events)
    if (!options.actions.includes('replace-result')) {
      assertUnnoticed(comparison)
      return assert.deepEqual(applied, [])
    }
    const told = toldOf(comparison.layered, 'call-good')
    assert.ok(told.includes('no such index') && told.includes(HINT), `the model reads both: ${told}`)
    assert.deepEqual(Object.keys(comparison.layered.errors), ['call-good'], 'an error stays an error')
    assert.deepEqual(applied, ['replace-result applied'])
  },

  'stop: a call is not executed, and the model is told why': acting(
    'stop',
    good,
    () => ({ type: 'stop', reason: 'nothing happens any more' }),
    ({ layered, executed, applied }) => {
      assert.deepEqual(executed, [])
      assert.match(toldOf(layered, 'call-good'), /nothing happens any more/)
      assert.deepEqual(applied, ['stop applied'])
    },
  ),
}
