import { describe, expect, test } from 'vitest'
import { seeded } from './seeded.test.support.ts'
import {
  afterEpisode,
  informationOf,
  logEvidence,
  openWealth,
  type SequentialTest,
  stakeOn,
} from './sequential-test.ts'

const DEADLINE: SequentialTest = { bettors: [{ share: 1, deadline: 200 }] }
const EFFECT: SequentialTest = { bettors: [{ share: 1, effect: 0.3 }] }
const BOTH: SequentialTest = {
  bettors: [
    { share: 0.7, deadline: 200 },
    { share: 0.3, effect: 0.3 },
  ],
}
const RENEWED: SequentialTest = { ...BOTH, renewal: 0.01 }
const REPEATED: SequentialTest = { bettors: [{ share: 1, deadline: 50, again: true }] }

type World = { treated: number; control: number; share?: number; rate?: number }

/** Sum of the wealth after so many episodes. */
function play(
  one: SequentialTest,
  world: World,
  episodes: number,
  level: number,
  random: () => number,
): number {
  const { share = 0.5, rate = 0.5 } = world
  let wealth = openWealth(one)
  let information = 0
  for (let episode = 0; episode < episodes && logEvidence(wealth) < -Math.log(level); episode++) {
    const treated = random() < share
    const success = random() < (treated ? world.treated : world.control)
    wealth = afterEpisode(one, wealth, stakeOn(1, treated, share, success, rate), information, level)
    information += informationOf(share)
  }
  return Math.exp(logEvidence(wealth))
}

/** Part of the runs in which the goal was reached. */
function reached(one: SequentialTest, world: World, episodes: number, level: number, seed: number): number {
  const random = seeded(seed)
  const runs = 600
  return (
    Array.from({ length: runs }, () => play(one, world, episodes, level, random)).filter(
      (sum) => sum >= 1 / level,
    ).length / runs
  )
}

describe('under no effect', () => {
  test.each<[string, SequentialTest]>([
    ['a deadline', DEADLINE],
    ['an effect', EFFECT],
    ['both', BOTH],
    ['with renewal', RENEWED],
    ['a deadline that comes again', REPEATED],
  ])('the game is fair after any course, whatever the rates and shares: %s', (_, one) => {
    const random = seeded(5)
    let wealth = openWealth(one)
    for (let episode = 0; episode < 60; episode++) {
      const [share, rate, true_] = [0.05 + 0.9 * random(), 0.05 + 0.9 * random(), random()]
      const after = (treated: boolean, success: boolean) =>
        afterEpisode(one, wealth, stakeOn(1, treated, share, success, rate), episode, 0.02)
      const mean = (success: boolean) =>
        share * Math.exp(logEvidence(after(true, success))) +
        (1 - share) * Math.exp(logEvidence(after(false, success)))
      const expected = true_ * mean(true) + (1 - true_) * mean(false)
      expect(expected).toBeCloseTo(Math.exp(logEvidence(wealth)), 9)
      wealth = after(random() < share, random() < true_)
      expect(wealth.every((own) => own >= 0)).toBe(true)
    }
  })

  test.each<[string, World]>([
    ['the rate is foreseen', { treated: 0.5, control: 0.5 }],
    ['it is foreseen badly', { treated: 0.2, control: 0.2, rate: 0.8 }],
    ['arms are uneven', { treated: 0.5, control: 0.5, share: 0.9 }],
    ['success is rare', { treated: 0.03, control: 0.03, rate: 0.03 }],
  ])('the goal is reached no more often than the level says, when %s', (_, world) => {
    for (const one of [DEADLINE, BOTH, RENEWED, REPEATED])
      expect(reached(one, world, 300, 0.1, 8)).toBeLessThanOrEqual(0.1 + 0.03)
  })

  test('and less often still where treatment does worse', () => {
    expect(reached(BOTH, { treated: 0.4, control: 0.6 }, 300, 0.1, 9)).toBeLessThan(0.01)
  })
})

describe('a bettor with a deadline', () => {
  test('is nearly as powerful by then as the test of fixed size at the same level', () => {
    // Fixed size: z = 0.2 · √200 / (2 · 0.5) = 2.83 above 1.645 with probability 0.88.
    expect(reached(DEADLINE, { treated: 0.6, control: 0.4 }, 200, 0.05, 10)).toBeGreaterThan(0.82)
    // One that bets on the true effect all the time is not.
    const told: SequentialTest = { bettors: [{ share: 1, effect: 0.2 }] }
    expect(reached(told, { treated: 0.6, control: 0.4 }, 200, 0.05, 10)).toBeLessThan(0.78)
  })

  test('does not wait for it where the effect is great', () => {
    expect(reached(DEADLINE, { treated: 0.9, control: 0.1 }, 60, 0.05, 11)).toBeGreaterThan(0.95)
  })

  test('counts information, not episodes: at a hold-out it has as much time as it needs', () => {
    expect(informationOf(0.5)).toBe(1)
    expect(informationOf(0.9)).toBeCloseTo(0.36, 12)
    const holdOut = { treated: 0.6, control: 0.4, share: 0.9 }
    expect(reached(DEADLINE, holdOut, Math.round(200 / 0.36), 0.05, 12)).toBeGreaterThan(0.75)
  })

  test('goes on after it, towards one twice as far', () => {
    let wealth = openWealth(DEADLINE)
    const next = (treated: boolean, success: boolean, information: number) =>
      afterEpisode(DEADLINE, wealth, stakeOn(1, treated, 0.5, success, 0.5), information, 0.05)
    for (let episode = 0; episode < 230; episode++) wealth = next(true, episode % 2 === 0, episode)
    expect(next(true, true, 230)).not.toEqual(wealth)
  })
})

test('renewal lets those bet again who were all but ruined', () => {
  const lasting = (one: SequentialTest): number => {
    let wealth = openWealth(one)
    for (let episode = 0; episode < 900; episode++) {
      const treated = episode % 2 === 0
      const success = episode < 600 ? !treated : treated
      wealth = afterEpisode(one, wealth, stakeOn(1, treated, 0.5, success, 0.5), episode, 0.05)
    }
    return logEvidence(wealth)
  }
  const reserve = [...EFFECT.bettors.map((bettor) => ({ ...bettor, share: 0.5 })), { share: 0.5, effect: 0 }]
  expect(lasting(EFFECT)).toBeLessThan(0)
  expect(lasting({ bettors: reserve, renewal: 1 / 1_000 })).toBeGreaterThan(10)
})
