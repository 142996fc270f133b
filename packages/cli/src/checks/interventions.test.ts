import type { RegistryEntry } from '@lifeharness/core'
import { type Account, addOutcome, openAccount } from '@lifeharness/core/learn'
import { type EntryInit, registryEntry } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { applied, began, called, findings, HOUR, NOW } from '../check.test.support.ts'
import { interventions } from './interventions.ts'

const RENAME: EntryInit = {
  ...{ kind: 'rename-argument', options: { from: '/city', to: '/destination' } },
  ...{ tool: 'book', stage: 'active' },
}

/** Not pinned, and young enough. */
function entry(init: EntryInit, since: number = NOW): RegistryEntry {
  const { pinned: _, ...made } = registryEntry(init)
  const { default: record } = made.stages
  return record ? { ...made, stages: { default: { ...record, since } } } : made
}

test.each<[string, RegistryEntry, string, RegExp]>([
  [
    'options that the kind cannot read',
    entry({ ...RENAME, kind: 'map-value', options: {} }),
    'broken',
    /cannot read/,
  ],
  [
    'a kind that is not of the library',
    entry({ ...RENAME, kind: 'ours' }),
    'look',
    /^1 intervention of a kind/,
  ],
  ['pinned', { ...entry(RENAME), pinned: true }, 'note', /^1 intervention pinned/],
  ['suspended by the learner', entry({ ...RENAME, stage: 'suspended' }), 'note', /^suspended: test$/],
  ['dead', entry(RENAME, NOW - 30 * 24 * HOUR), 'look', /nothing has touched it for 30 days/],
])('matches: %s', async (_, one, level, what) => {
  const found = await findings(interventions, { entries: [one] })
  expect(found).toMatchObject([{ level, what: expect.stringMatching(what) }])
  expect(found[0]?.where).toContain(one.intervention.id)
})

test.each([
  [
    { kind: 'retry', options: { times: 2, baseMs: 500 } },
    'the tool is not declared read-only or idempotent',
    "tools: { 'book': { readOnly: true } }",
  ],
  [
    { kind: 'insert-step', options: { insert: 'login', place: 'before', input: {} } },
    'login, which it would call, is not declared read-only or insertable',
    "tools: { 'login': { insertable: true } }",
  ],
])(
  'matches: what waits for the word of the user on a tool, and what to write, %#',
  async (init, reason, todo) => {
    const made = entry({ ...RENAME, ...init, stage: 'proposed' })
    const waiting = { ...made, stages: { default: { ...made.stages.default!, reason } } }
    expect(await findings(interventions, { entries: [waiting] })).toMatchObject([
      { level: 'look', what: expect.stringContaining(reason), todo: expect.stringContaining(todo) },
    ])
    const other = { ...made, stages: { default: { ...made.stages.default!, reason: 'seen in one episode' } } }
    expect(await findings(interventions, { entries: [other] })).toEqual([])
  },
)

test('matches: it helps and waits for a person; not once that is said', async () => {
  const made = entry({ ...RENAME, stage: 'canary' })
  let account: Account = { ...openAccount(), level: 0.05 }
  for (let episode = 0; episode < 40; episode++) {
    const arm = episode % 2 ? ('treated' as const) : ('control' as const)
    account = addOutcome(account, { arm, success: arm === 'treated', treatedShare: 0.5 })
  }
  const record = { ...made.stages.default!, reason: 'helps: 20 of 20 with it', account }
  const helping: RegistryEntry = { ...made, stages: { ...made.stages, 'some-model': record } }
  expect(await findings(interventions, { entries: [helping] })).toMatchObject([
    {
      level: 'look',
      what: 'waits for a word: helps: 20 of 20 with it',
      todo: expect.stringContaining(`activate ${made.intervention.id} --family some-model`),
    },
  ])
  const said = await findings(interventions, { entries: [{ ...helping, pinned: true }] })
  expect(said.map(({ what }) => what)).toEqual([expect.stringContaining('pinned')])
})

test('does not match: in use, or new, or suspended by a person', async () => {
  const used = entry(RENAME, NOW - 30 * 24 * HOUR)
  const events = [began('e'), called('e', 'book', { applied: [applied(used.intervention.id)] })]
  expect(await findings(interventions, { entries: [used], events })).toEqual([])
  expect(await findings(interventions, { entries: [entry(RENAME)] })).toEqual([])
  const taken = { ...entry({ ...RENAME, stage: 'suspended' }), pinned: true }
  expect(await findings(interventions, { entries: [taken] })).toMatchObject([
    { what: expect.stringContaining('pinned') },
  ])
})
