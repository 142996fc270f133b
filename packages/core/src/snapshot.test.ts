import { expect, it } from 'vitest'
import { ACTION_TYPES } from './action.ts'
import { faultLog } from './fault.ts'
import { defineIntervention } from './intervention.ts'
import { compileSnapshot } from './snapshot.ts'
import { registryEntry, registryWith } from './testing/registry-entry.ts'

let compiled = 0
const kind = defineIntervention({
  kind: 'k',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: {},
  compile(options) {
    compiled++
    if (options.broken) throw new Error('bad options')
    return () => undefined
  },
})
const after = { ...kind, kind: 'a', phase: 'result', layer: 'trajectory' } as const
const host = { family: 'm', actions: new Set(ACTION_TYPES), scope: undefined }
const tool = { origin: 'local', name: 't' }

function snapshotOf(state: Parameters<typeof compileSnapshot>[0], config = {}) {
  return compileSnapshot(state, [kind, after], config, faultLog(undefined))
}

it('finds what concerns a tool, in a fixed order, and compiles nothing else', () => {
  compiled = 0
  const state = registryWith(
    { kind: 'k', options: { n: 2 }, tool: 't', stage: 'active' },
    { kind: 'k', options: { n: 1 }, tool: 't', stage: 'shadow' },
    { kind: 'a', tool: 't', stage: 'canary', layer: 'trajectory' },
    { kind: 'k', tool: 'other', stage: 'active' },
    { kind: 'k', options: { n: 3 }, tool: 't', stage: 'proposed' },
    { kind: 'k', options: { n: 4 }, tool: 't', stage: 'suspended' },
  )
  const snapshot = snapshotOf(state)
  expect(compiled).toBe(0)
  const matching = snapshot.match(tool, host)
  expect(matching.call.always.map(({ intervention }) => intervention.id)).toEqual(
    [state.entries[0], state.entries[1]].map((entry) => entry?.intervention.id).sort(),
  )
  expect(matching.result).toHaveLength(1)
  expect(compiled).toBe(3)
  expect(snapshot.match(tool, host)).toBe(matching)
  expect(
    snapshotOf({ ...state, entries: [...state.entries].reverse() }).match(tool, host).call.always,
  ).toMatchObject(matching.call.always.map(({ intervention }) => ({ intervention })))
})

it('leaves out what is switched off, of another tenant, or beyond the host', () => {
  const state = registryWith({
    kind: 'k',
    tool: 't',
    stage: 'active',
    scope: 'tenant-1',
    category: 'contract.type',
  })
  const count = (config: object, more: object) =>
    snapshotOf(state, config).match(tool, { ...host, ...more }).call.length
  expect(count({}, { scope: 'tenant-1' })).toBe(1)
  expect(count({}, { scope: 'tenant-2' })).toBe(0)
  expect(count({}, {})).toBe(0)
  expect(count({}, { scope: 'tenant-1', actions: new Set(['retry']) })).toBe(0)
  expect(count({ off: { kinds: ['k'] } }, { scope: 'tenant-1' })).toBe(0)
  expect(count({ off: { categories: ['contract.type'] } }, { scope: 'tenant-1' })).toBe(0)
})

it('a family without evidence inherits at most shadow; a person’s word holds for all', () => {
  const entry = registryEntry({ kind: 'k', tool: 't', stage: 'active' })
  const stageOf = (pinned: boolean, family: string) => {
    const own = { ...entry, pinned, stages: { ...entry.stages, known: entry.stages.default! } }
    const state = { version: 1, entries: [own], templates: {}, settings: {} }
    return snapshotOf(state).match(tool, { ...host, family }).call.always[0]?.stage.stage
  }
  expect(stageOf(false, 'known')).toBe('active')
  expect(stageOf(false, 'new')).toBe('shadow')
  expect(stageOf(true, 'new')).toBe('active')
})

it('reports an intervention that does not compile and goes on with the others', () => {
  const faults = faultLog(undefined)
  const state = registryWith(
    { kind: 'k', options: { broken: true }, tool: 't', stage: 'active' },
    { kind: 'k', options: { n: 1 }, tool: 't', stage: 'active' },
  )
  expect(compileSnapshot(state, [kind], {}, faults).match(tool, host).call).toHaveLength(1)
  expect(faults.count).toBe(1)
})
