import assert from 'node:assert/strict'
import type { Json } from '../../json.ts'
import type { ScriptedCall } from '../scripted-model.ts'
import type { TestAdapterOptions } from '../test-adapter.ts'
import {
  type AdapterCheck,
  appliedIn,
  assertSame,
  assertUnnoticed,
  type ComparisonInit,
  compare,
  found,
  good,
  misnamed,
  recordingTool,
  renameEntry,
  toolEvents,
} from './comparison.ts'

export type UntouchedCase =
  | 'a good call passes untouched'
  | 'a binary result passes untouched'
  | 'a huge result passes untouched'
  | 'huge arguments pass untouched'
  | 'a result that is nothing passes untouched'
  | 'a frozen result passes untouched'
  | 'every call of a long run is recorded once, in its order'
  | 'observe mode alters nothing'
  | 'what is in shadow alters nothing, and is recorded'
  | 'the control arm is left alone, and is recorded'
  | 'what is suspended is left alone'
  | 'a tool that is never to be touched is left alone'
  | 'switched off, nothing is altered and nothing recorded'

async function assertUntouched(options: TestAdapterOptions, value: unknown): Promise<void> {
  const { tool } = recordingTool('search', () => value)
  const comparison = await compare(options, [tool], good)
  assertUnnoticed(comparison)
  assert.deepEqual(Object.keys(comparison.layered.toolResults), ['call-good'])
  if (!options.copiesResults) assert.equal(comparison.layered.toolResults['call-good'], value, 'by reference')
}

/** The call that an intervention would mend runs, or is refused, as without the layer. */
async function assertLeftAlone(
  options: TestAdapterOptions,
  init: ComparisonInit,
  applied: readonly string[],
): Promise<void> {
  const { tool, executed } = recordingTool('search', () => found)
  const bareExecuted: Json[] = []
  const comparison = await compare(options, [tool], misnamed, {
    ...init,
    beforeLayered: () => bareExecuted.push(...executed.splice(0)),
  })
  assertSame(comparison)
  assert.deepEqual(executed, bareExecuted)
  assert.deepEqual(appliedIn(comparison.events), applied)
}

/** Values stay as they are, whatever they are; nothing happens that the stage of an intervention does not allow. */
export const untouchedCases: Record<UntouchedCase, AdapterCheck> = {
  async 'a good call passes untouched'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const comparison = await compare(options, [tool], good, { entries: [renameEntry(options)] })
    assertUnnoticed(comparison)
    const { layered, events } = comparison
    assert.deepEqual(Object.keys(layered.toolResults), ['call-good'])
    if (!options.copiesResults) assert.equal(layered.toolResults['call-good'], found, 'by reference')
    const input = { query: 'a', limit: 2 }
    assert.deepEqual(executed, [input, input])
    const recorded = toolEvents(events).map(({ call, outcome, applied }) => [call.input, outcome, applied])
    assert.deepEqual(recorded, [[input, 'ok', []]])
  },

  'a binary result passes untouched': (options) =>
    assertUntouched(options, new Uint8Array([0, 255, 13, 10, 128])),

  'a huge result passes untouched': (options) => assertUntouched(options, { text: 'x'.repeat(1 << 20) }),

  async 'huge arguments pass untouched'(options) {
    const { tool, executed } = recordingTool('search', () => found)
    const input = { query: 'x'.repeat(1 << 20) }
    const call = { id: 'call-huge', name: 'search', input }
    const comparison = await compare(options, [tool], [[call]], { entries: [renameEntry(options)] })
    assertUnnoticed(comparison)
    assert.deepEqual(executed, [input, input])
  },

  async 'a result that is nothing passes untouched'(options) {
    for (const value of [null, '', 0, false, []]) {
      const { tool } = recordingTool('search', () => value)
      const comparison = await compare(options, [tool], good)
      assertUnnoticed(comparison)
      assert.deepEqual(Object.keys(comparison.layered.toolResults), ['call-good'])
    }
  },

  'a frozen result passes untouched': (options) =>
    assertUntouched(options, Object.freeze({ list: Object.freeze([1]) })),

  async 'every call of a long run is recorded once, in its order'(options) {
    const { tool } = recordingTool('search', () => found)
    const script = [0, 1, 2, 3, 4].map((turn): ScriptedCall[] =>
      [0, 1].map((index) => ({ id: `call-${turn}-${index}`, name: 'search', input: { query: `${turn}` } })),
    )
    const comparison = await compare(options, [tool], script)
    assertUnnoticed(comparison)
    const recorded = toolEvents(comparison.events)
    assert.deepEqual(
      recorded.map(({ call }) => (call.input as { query: string }).query),
      ['0', '0', '1', '1', '2', '2', '3', '3', '4', '4'],
    )
    assert.equal(new Set(recorded.map(({ episode }) => episode)).size, 1, 'one run is one episode')
  },

  'observe mode alters nothing': (options) =>
    // What would have been done is recorded.
    assertLeftAlone(options, { mode: 'observe', entries: [renameEntry(options)] }, ['replace-call shadow']),

  'what is in shadow alters nothing, and is recorded': (options) =>
    assertLeftAlone(options, { mode: 'progressive', entries: [renameEntry(options, { stage: 'shadow' })] }, [
      'replace-call shadow',
    ]),

  'the control arm is left alone, and is recorded': (options) =>
    assertLeftAlone(
      options,
      { mode: 'progressive', entries: [renameEntry(options, { stage: 'canary', controlShare: 1 })] },
      ['replace-call control'],
    ),

  'what is suspended is left alone': (options) =>
    assertLeftAlone(options, { entries: [renameEntry(options, { stage: 'suspended' })] }, []),

  'a tool that is never to be touched is left alone': (options) =>
    assertLeftAlone(
      options,
      { entries: [renameEntry(options)], config: { tools: { '*search': { never: true } } } },
      [],
    ),

  async 'switched off, nothing is altered and nothing recorded'(options) {
    const before = process.env.LIFEHARNESS
    process.env.LIFEHARNESS = 'off'
    try {
      const { tool } = recordingTool('search', () => found)
      const script = [...misnamed, ...good]
      const comparison = await compare(options, [tool], script, { entries: [renameEntry(options)] })
      assertUnnoticed(comparison)
      assert.deepEqual(comparison.events, [])
    } finally {
      if (before === undefined) delete process.env.LIFEHARNESS
      else process.env.LIFEHARNESS = before
    }
  },
}
