import { describe, expect, test } from 'vitest'
import type { LifeHarnessConfig } from '../config.ts'
import type { RegistrySettings } from '../registry.ts'
import { type EntryInit, registryEntry } from '../testing/registry-entry.ts'
import type { Trajectory } from '../trajectory.ts'
import { type Asked, type ExplainedStep, explainStep } from './explain.ts'
import { contract, episode, failed, ok } from './recording.test.support.ts'

const RENAME: EntryInit = {
  ...{ kind: 'rename-argument', options: { from: '/city', to: '/destination' } },
  ...{ tool: 'book', stage: 'active', category: 'contract.misnamed_param' },
}
const RETRY: EntryInit = {
  ...{ kind: 'retry', tool: 'book', stage: 'active', category: 'exec.timeout', layer: 'trajectory' },
}

type More = { settings?: RegistrySettings; config?: LifeHarnessConfig; trajectory?: Partial<Trajectory> }

function explained(
  entry: EntryInit,
  { settings = {}, config = {}, trajectory = {} }: More = {},
): ExplainedStep {
  const calls = [ok({ destination: 'Oslo' }), failed({ city: 'Lima' }, 'unknown argument city')]
  const recorded = episode('e', calls, trajectory)
  const registry = { version: 1, entries: [registryEntry(entry)], templates: {}, settings }
  return explainStep({ trajectory: recorded, step: 1, registry, config })
}

const asked = (entry: EntryInit, more: More = {}): Asked => explained(entry, more).asked[0] as Asked

test('what acts says what it makes of the call, and the call is judged', () => {
  const { asked, judged } = explained(RENAME)
  expect(judged.failure).toMatchObject({ category: 'contract.misnamed_param' })
  expect(asked[0]?.action).toEqual({
    ...{ type: 'replace-call', after: { destination: 'Lima' } },
    tool: { origin: 'local', name: 'book' },
  })
  expect(asked[0]).not.toHaveProperty('because')
})

test('what stands in shadow says both: what it would make of the call, and why it does not', () => {
  const one = asked({ ...RENAME, stage: 'shadow' })
  expect(one.action?.after).toEqual({ destination: 'Lima' })
  expect(one.because).toBe('it is only computed, in shadow: test')
})

describe('nothing, because', () => {
  const guard = { path: '/city', test: 'prefix' as const, text: '#' }
  test.each<[string, EntryInit, More, string]>([
    ['draft', { ...RENAME, stage: 'proposed' }, {}, 'it is only a draft: test'],
    ['suspended', { ...RENAME, stage: 'suspended' }, {}, 'it is suspended: test'],
    ['killed', RENAME, { settings: { killed: true } }, 'the kill switch is on'],
    [
      'category off by a person',
      RENAME,
      { settings: { disabled: ['contract.misnamed_param'] } },
      'the category contract.misnamed_param is switched off',
    ],
    [
      'kind off',
      RENAME,
      { config: { off: { kinds: ['rename-argument'] } } },
      'the kind rename-argument is switched off',
    ],
    [
      'scope',
      { ...RENAME, scope: 'acme' },
      { trajectory: { scope: 'other' } },
      'it belongs to the scope acme',
    ],
    ['guard', { ...RENAME, when: guard }, {}, 'its guard does not hold: only where city begins with "#"'],
    ['other failures', RETRY, {}, 'it answers other failures (exec.timeout)'],
    [
      'a tool that must not be called again',
      { ...RETRY, category: 'contract.misnamed_param' },
      {},
      'the tool is declared neither read-only nor idempotent',
    ],
    [
      'nothing that calling again would mend',
      { ...RETRY, category: 'contract.misnamed_param' },
      { config: { tools: { book: { readOnly: true } } } },
      'it sees no use in calling again',
    ],
    ['unknown kind', { ...RENAME, kind: 'of-ours' }, {}, 'the kind of-ours is not known here'],
    [
      'other arguments',
      { ...RENAME, options: { from: '/town', to: '/destination' } },
      {},
      'it finds nothing to change in these arguments',
    ],
    ['options that no kind reads', { ...RENAME, options: {} }, {}, 'it threw: options: '],
  ])('%s', (_, entry, more, because) => {
    expect(asked(entry, more).because).toContain(because)
  })

  test('another contract than the one it was validated under', () => {
    const entry = registryEntry(RENAME)
    const intervention = { ...entry.intervention, anchor: { path: '/city', hash: 'another' } }
    const trajectory = episode('e', [failed({ city: 'Lima' }, 'no')], {
      contracts: [contract({ type: 'object' })],
    })
    const registry = { version: 1, entries: [{ ...entry, intervention }], templates: {}, settings: {} }
    const [one] = explainStep({ trajectory, step: 0, registry }).asked
    expect(one?.because).toContain('not the one it was validated under')
  })
})

test('what is registered for another tool is not asked', () => {
  expect(explained({ ...RENAME, tool: 'cancel' }).asked).toEqual([])
})

test('a model step is no tool call', () => {
  const trajectory: Trajectory = { ...episode('e', []), steps: [{ type: 'model' }] }
  const registry = { version: 1, entries: [], templates: {}, settings: {} }
  expect(() => explainStep({ trajectory, step: 0, registry })).toThrow(RangeError)
})
