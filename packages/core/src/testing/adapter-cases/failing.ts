import assert from 'node:assert/strict'
import type { ScriptedCall } from '../scripted-model.ts'
import type { TestAdapterOptions } from '../test-adapter.ts'
import {
  type AdapterCheck,
  assertUnnoticed,
  compare,
  found,
  good,
  misnamed,
  recordingTool,
  renameEntry,
  toolEvents,
} from './comparison.ts'

export type FailingCase =
  | 'a thrown tool error reaches the host as without the layer'
  | 'what is thrown and no error reaches the host as without the layer'
  | 'a timeout of a tool reaches the host, and is recorded as one'
  | 'an unknown tool is refused as without the layer, and recorded'
  | 'arguments against the schema are refused as without the layer, and recorded'
  | 'arguments that do not parse are refused as without the layer, and recorded'
  | 'a turn cut off executes no cut argument, and is recorded'
  | 'the failure of a repaired call is the tool’s own'

/** Nobody executes the call; the host tells of it as without the layer, and it is recorded with what it was. */
async function assertRefused(
  options: TestAdapterOptions,
  call: Omit<ScriptedCall, 'id'>,
  category: string,
): Promise<void> {
  const { tool, executed } = recordingTool('search', () => found)
  const comparison = await compare(options, [tool], [[{ id: 'call-bad', ...call }]])
  assertUnnoticed(comparison)
  assert.deepEqual([executed, comparison.layered.toolResults], [[], {}])
  const recorded = toolEvents(comparison.events).map(({ call, outcome, failure }) => [
    call.rawInput ?? call.input,
    outcome,
    failure?.category,
  ])
  assert.deepEqual(recorded, [[call.rawInput ?? call.input, 'error', category]])
}

/** A call that fails fails in the same way for the host; the record says how. */
export const failingCases: Record<FailingCase, AdapterCheck> = {
  async 'a thrown tool error reaches the host as without the layer'(options) {
    const failure = Object.assign(new TypeError('no such index'), { code: 'ENOENT' })
    const { tool } = recordingTool('search', () => {
      throw failure
    })
    const comparison = await compare(options, [tool], good)
    assertUnnoticed(comparison)
    const { layered, events } = comparison
    assert.deepEqual(Object.keys(layered.errors), ['call-good'])
    if (!options.copiesResults) assert.equal(layered.errors['call-good'], failure, 'the same object')
    assert.deepEqual(
      toolEvents(events).map(({ outcome }) => outcome),
      ['error'],
    )
  },

  async 'what is thrown and no error reaches the host as without the layer'(options) {
    for (const thrown of ['no such index', 404, { reason: 'no such index' }]) {
      const { tool } = recordingTool('search', () => {
        throw thrown
      })
      const comparison = await compare(options, [tool], good)
      assertUnnoticed(comparison)
      assert.deepEqual(
        toolEvents(comparison.events).map(({ outcome }) => outcome),
        ['error'],
      )
    }
  },

  async 'a timeout of a tool reaches the host, and is recorded as one'(options) {
    const { tool } = recordingTool('search', () => {
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    })
    const comparison = await compare(options, [tool], good)
    assertUnnoticed(comparison)
    const recorded = toolEvents(comparison.events).map(({ outcome, failure }) => [outcome, failure?.category])
    assert.deepEqual(recorded, [['error', 'exec.timeout']])
  },

  'an unknown tool is refused as without the layer, and recorded': (options) =>
    assertRefused(options, { name: 'serach', input: { query: 'a' } }, 'resolve.unknown_tool'),

  'arguments against the schema are refused as without the layer, and recorded': (options) =>
    assertRefused(options, { name: 'search', input: { limit: 2 } }, 'contract.missing_param'),

  'arguments that do not parse are refused as without the layer, and recorded': (options) =>
    assertRefused(options, { name: 'search', rawInput: '{query = a}' }, 'parse.malformed_json'),

  async 'a turn cut off executes no cut argument, and is recorded'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const cut = { id: 'call-cut', name: 'search', rawInput: '{"query":"/srv/data/imp' }
    const comparison = await compare(
      options,
      [tool],
      [{ type: 'calls', calls: [cut], finishReason: 'length' }],
      { entries: [renameEntry(options)], beforeLayered: () => executed.splice(0) },
    )
    assert.deepEqual(executed, [], 'nothing is executed')
    assert.deepEqual(comparison.layered.toolResults, {})
    assert.deepEqual(comparison.faults, [])
    const recorded = toolEvents(comparison.events).map(({ call, outcome }) => [call.rawInput, outcome])
    assert.deepEqual(recorded, [[cut.rawInput, 'error']])
  },

  async 'the failure of a repaired call is the tool’s own'(options) {
    const failure = new Error('no such index')
    const { tool } = recordingTool('search', () => {
      throw failure
    })
    const { layered, events, faults } = await compare(options, [tool], misnamed, {
      entries: [renameEntry(options)],
    })
    assert.deepEqual(Object.keys(layered.errors), ['call-misnamed'])
    const [event, ...others] = toolEvents(events)
    assert.ok(event && others.length === 0, 'one step is recorded')
    assert.deepEqual(event.call.input, { q: 'a', limit: 2 })
    assert.deepEqual(event.executed?.input, { query: 'a', limit: 2 })
    assert.match(event.error?.message ?? '', /no such index/)
    assert.deepEqual(faults, [])
  },
}
