import assert from 'node:assert/strict'
import { isJsonObject } from '../../json.ts'
import { memoryStore } from '../../memory-store.ts'
import type { Store } from '../../store.ts'
import type { TestAdapterOptions } from '../test-adapter.ts'
import { throwingStore } from '../throwing-store.ts'
import {
  type AdapterCheck,
  appliedIn,
  assertSame,
  type ComparisonInit,
  compare,
  entryOf,
  found,
  good,
  recordingTool,
} from './comparison.ts'
import { breakingKind, probeKind, throwingClassifier, throwingKind } from './kinds.ts'

export type FaultCase =
  | 'a throwing classifier changes nothing and is reported once'
  | 'a throwing kind changes nothing and is reported once'
  | 'a kind that throws at a result changes nothing and is reported once'
  | 'a kind that proposes what it does not declare changes nothing and is reported once'
  | 'an edit that would break the contract changes nothing and is reported once'
  | 'a throwing function of the user changes nothing and is reported once'
  | 'a throwing store changes nothing and is reported once'
  | 'a store that is down from the beginning changes nothing'

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
  assert.deepEqual(appliedIn(comparison.events), [])
  const places = comparison.faults.map((fault) => fault.where)
  assert.equal(places.length, 1, `one fault is reported, once: ${places.join(', ')}`)
  assert.match(places[0]!, where)
}

/** An exception inside the layer, or one of its user's, never reaches the host; it is counted and reported. */
export const faultCases: Record<FaultCase, AdapterCheck> = {
  'a throwing classifier changes nothing and is reported once': (options) =>
    assertUndisturbed(options, { classifiers: [throwingClassifier] }, /^classifier throwing/),

  'a throwing kind changes nothing and is reported once': (options) => {
    const kind = throwingKind('call')
    const entries = [entryOf(options, kind, { category: 'unknown' })]
    return assertUndisturbed(options, { kinds: [kind], entries }, /^intervention throwing-/)
  },

  'a kind that throws at a result changes nothing and is reported once': (options) => {
    const kind = throwingKind('result')
    const entries = [
      entryOf(options, kind, { category: 'state.not_found' }),
      entryOf(options, kind, { category: 'unknown', options: { other: true } }),
    ]
    return assertUndisturbed(options, { kinds: [kind], entries }, /^intervention throwing-/)
  },

  'a kind that proposes what it does not declare changes nothing and is reported once': (options) => {
    const kind = probeKind('undeclared', 'call', 'replace-call', () => ({ type: 'stop', reason: 'no' }))
    const entries = [entryOf(options, kind, { category: 'unknown' })]
    return assertUndisturbed(options, { kinds: [kind], entries }, /^intervention undeclared-/)
  },

  'an edit that would break the contract changes nothing and is reported once': (options) => {
    const entries = [entryOf(options, breakingKind, { category: 'unknown' })]
    return assertUndisturbed(options, { kinds: [breakingKind], entries }, /^intervention breaking-/)
  },

  'a throwing function of the user changes nothing and is reported once': (options) => {
    const expected = () => {
      throw new Error('a broken predicate')
    }
    return assertUndisturbed(options, { config: { tools: { '*search': { expected } } } }, /^expected/)
  },

  'a throwing store changes nothing and is reported once'(options) {
    const store: Store = { ...memoryStore(), append: () => Promise.reject(new Error('disk full')) }
    return assertUndisturbed(options, { store }, /^store append/)
  },

  async 'a store that is down from the beginning changes nothing'(options) {
    for (const how of ['reject', 'throw'] as const) {
      const { tool } = recordingTool('search', () => found)
      const store = throwingStore(how)
      const reading: Store = { ...store, read: memoryStore().read }
      assertSame(await compare(options, [tool], good, { store: reading }))
    }
  },
}
