import { expect, test } from 'vitest'
import { addOutcome, openAccount } from '../activation.ts'
import { priceOf } from '../false-discovery.ts'
import type { Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { RegistryEntry, StageRecord } from '../registry.ts'
import { seeded } from '../seeded.test.support.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import { UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { decideStage, type Ledger, STAGE_LIMITS } from './decide.ts'

const kind = builtinKinds.find((one) => one.kind === 'map-value') as Kind
const FAMILY = 'some-model'

/** The stages to which the decisions lead one intervention whose true success rates are given. */
function life(rates: { treated: number; control: number }, ledger: Ledger, random: () => number): string {
  const { intervention } = registryEntry({ kind: 'map-value', tool: 'book', stage: 'shadow' })
  let record: StageRecord = { stage: 'shadow', since: 0, reason: '', controlShare: 0, account: openAccount() }
  const decide = () => {
    const entry: RegistryEntry = { intervention, stages: { default: record, [FAMILY]: record } }
    const question = {
      entry,
      family: FAMILY,
      kind,
      facts: UNKNOWN_TOOL_FACTS,
      ledger,
      lastTouched: 0,
      now: 0,
    }
    const decision = decideStage({ ...question, limits: STAGE_LIMITS })
    if (decision) record = decision.record
  }
  decide()
  ledger.spent += priceOf(record.account.level)
  let mood = 0
  for (let episode = 0; episode < 120 && record.stage === 'canary'; episode++) {
    // Episodes in a row share a mood: they are correlated.
    if (episode % 8 === 0) mood = (random() - 0.5) * 0.4
    const arm = random() < 0.5 ? 'treated' : 'control'
    const success = random() < Math.min(0.99, Math.max(0.01, rates[arm] + mood))
    record = { ...record, account: addOutcome(record.account, { arm, success, treatedShare: 0.5 }) }
    decide()
  }
  if (record.stage === 'active') {
    ledger.discoveries++
    ledger.spent -= priceOf(record.account.level)
  }
  return record.stage
}

test('over a registry, at most a tenth of what is promoted does nothing, and most of what helps is promoted', () => {
  const random = seeded(21)
  const shares: number[] = []
  let helping = 0
  let promoted = 0
  for (let registry = 0; registry < 40; registry++) {
    const ledger: Ledger = { canaries: 0, spent: 0, discoveries: 0 }
    let right = 0
    let wrong = 0
    for (let place = 0; place < 12; place++) {
      const helps = random() < 0.5
      const stage = life(
        helps ? { treated: 0.8, control: 0.14 } : { treated: 0.5, control: 0.5 },
        ledger,
        random,
      )
      if (helps) helping++
      if (stage !== 'active') continue
      if (helps) right++
      else wrong++
    }
    promoted += right
    shares.push(wrong / Math.max(1, right + wrong))
  }
  expect(shares.reduce((sum, share) => sum + share) / shares.length).toBeLessThanOrEqual(0.05)
  expect(helping).toBeGreaterThan(200)
  expect(promoted / helping).toBeGreaterThan(0.95)
})
