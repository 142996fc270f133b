import { expect, test } from 'vitest'
import { type Account, addOutcome, openAccount } from '../activation.ts'
import type { StageRecord } from '../registry.ts'
import { forecastDecision } from './forecast.ts'

const DAY = 86_400_000

function record(stage: StageRecord['stage'], account: Partial<Account>): StageRecord {
  return { stage, since: 0, reason: '', controlShare: 0, account: { ...openAccount(), ...account } }
}

/** Episodes that alternate between the arms; those with it succeed, those without it do not. */
function clearBenefit(episodes: number): Account {
  return Array.from({ length: episodes }, (_, index) => index).reduce((account, index) => {
    const arm = index % 2 === 0 ? ('treated' as const) : ('control' as const)
    return addOutcome(account, { arm, success: arm === 'treated', treatedShare: 0.5 })
  }, openAccount())
}

test('a benefit that shows is decided soon, at the traffic so far', () => {
  const forecast = forecastDecision(record('canary', { ...clearBenefit(10), level: 0.001 }), 10 * DAY)
  expect(forecast).toEqual({ days: expect.any(Number) })
  const { days } = forecast as { days: number }
  expect(days).toBeGreaterThan(0)
  expect(days).toBeLessThan(10)
})

test('without any benefit it ends when the episodes are too many', () => {
  const even = Array.from({ length: 100 }, (_, index) => index).reduce(
    (account, index) =>
      addOutcome(account, { arm: index % 2 ? 'treated' : 'control', success: true, treatedShare: 0.5 }),
    openAccount(),
  )
  // 100 episodes in 10 days; 1,900 more are 190 days.
  expect(forecastDecision(record('canary', { ...even, level: 0.03 }), 10 * DAY)).toEqual({ days: 190 })
})

test('nobody can say while every episode fell to one arm', () => {
  const treated = { ...openAccount().treated, episodes: 20, successes: 18 }
  expect(forecastDecision(record('canary', { treated }), 10 * DAY)).toEqual({
    unknown: 'no episode without it yet to compare with',
  })
})

test('form on dead calls waits for what is scarcest', () => {
  const shadow = { fixes: 10, dead: 10, episodes: ['a'], breaks: 0, examined: 100 }
  // 10 of 20 fixes, 100 of 300 successes, in 5 days.
  expect(forecastDecision(record('shadow', { shadow }), 5 * DAY)).toEqual({ days: 10 })
})

test.each([
  ['canary', {}, 'too few'],
  ['canary', clearBenefit(4), '4 episodes are too few'],
  ['canary', { ...clearBenefit(40), level: 0.03 }, 'a person’s word'],
  ['shadow', {}, 'no traffic'],
  ['shadow', { shadow: { fixes: 5, dead: 1, episodes: [], breaks: 0, examined: 9 } }, 'place in canary'],
  ['active', {}, 'nothing to decide'],
  ['proposed', {}, 'nothing to decide'],
] as const)('%s with too little says why', (stage, account, why) => {
  const forecast = forecastDecision(record(stage, account as Partial<Account>), 5 * DAY)
  expect(forecast).toEqual({ unknown: expect.stringContaining(why) })
})
