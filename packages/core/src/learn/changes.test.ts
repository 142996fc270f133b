import { expect, test } from 'vitest'
import type { Account } from '../activation.ts'
import { onlineLevel, priceOf } from '../false-discovery.ts'
import { builtinKinds } from '../interventions/index.ts'
import { emptyRegistry, type RegistryEntry } from '../registry.ts'
import { changesFrom } from './changes.ts'
import { STAGE_LIMITS } from './decide.ts'
import { type Case, entryAt, FAMILY, HARMS, HELPS, NOTHING, NOW } from './questions.test.support.ts'

const LEVEL = 0.03

function entryCalled(id: string, given: Case): RegistryEntry {
  const { intervention, stages } = entryAt(given)
  const byDefault = { ...stages.default!, stage: 'shadow' as const }
  return { intervention: { ...intervention, id }, stages: { ...stages, default: byDefault } }
}

/** The level that what enters canary after this one, in the same commit, is given. */
function levelAfter(account: Account): number {
  const before = entryCalled('before', { stage: 'canary', account })
  const enters = entryCalled('enters', { stage: 'shadow' })
  const changes = changesFrom({
    state: { ...emptyRegistry(), entries: [before, enters] },
    validated: [],
    outcomes: new Map(),
    touched: new Map(['before', 'enters'].map((id) => [`${id} ${FAMILY}`, NOW])),
    contracts: new Map(),
    registered: new Set(['before', 'enters']),
    templates: {},
    ledger: { canaries: 1, spent: priceOf(LEVEL), discoveries: 1 },
    kinds: builtinKinds,
    config: {},
    limits: STAGE_LIMITS,
    now: NOW,
  })
  const entered = changes.find((change) => change.type === 'stage' && change.to === 'canary')
  if (entered?.type !== 'stage') throw new Error('nothing entered canary')
  expect(entered.entry.intervention.id).toBe('enters')
  return entered.entry.stages[FAMILY]?.account.level ?? 0
}

test('what enters canary in the commit of a discovery is given a level that knows of it', () => {
  expect(HELPS.level).toBe(LEVEL)
  expect(levelAfter(HELPS)).toBe(onlineLevel(STAGE_LIMITS.benefit, { spent: 0, discoveries: 2 }))
})

test('what was suspended, or goes on being tested, has won nothing and gives nothing back', () => {
  const poor = onlineLevel(STAGE_LIMITS.benefit, { spent: priceOf(LEVEL), discoveries: 1 })
  expect(levelAfter({ ...HARMS, level: LEVEL })).toBe(poor)
  expect(levelAfter(NOTHING)).toBe(poor)
})
