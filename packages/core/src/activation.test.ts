import { describe, expect, test } from 'vitest'
import {
  type Account,
  addOutcome,
  type EpisodeOutcome,
  logEvidence,
  onlineLevel,
  openAccount,
  zeroOfUpperBound,
} from './activation.ts'
import { seeded } from './seeded.test.support.ts'

type World = {
  treated: number
  control: number
  treatedShare?: number
  episodes: number
  /** Episodes in a row share a mood that shifts their success rate by up to this much: they are correlated. */
  mood?: number
}

/** In which episode each kind of evidence first reached its threshold; undefined where it never did. */
function simulate(world: World, random: () => number, alpha: number): { helps?: number; harms?: number } {
  const { treatedShare = 0.5, mood = 0 } = world
  let account = openAccount()
  let shift = 0
  const reached: { helps?: number; harms?: number } = {}
  for (let episode = 1; episode <= world.episodes; episode++) {
    if (episode % 10 === 1) shift = (random() - 0.5) * 2 * mood
    const arm = random() < treatedShare ? 'treated' : 'control'
    const rate = Math.min(0.99, Math.max(0.01, world[arm] + shift))
    account = addOutcome(account, { arm, success: random() < rate, treatedShare })
    if (reached.helps === undefined && logEvidence(account.benefit) >= Math.log(1 / alpha))
      reached.helps = episode
    if (reached.harms === undefined && logEvidence(account.harm) >= Math.log(1 / 0.1)) reached.harms = episode
  }
  return reached
}

function share(runs: number, seed: number, world: World, what: 'helps' | 'harms', alpha = 0.05) {
  const random = seeded(seed)
  const reached = Array.from({ length: runs }, () => simulate(world, random, alpha)[what])
  const episodes = reached.filter((episode) => episode !== undefined).sort((a, b) => a - b)
  return { share: episodes.length / runs, median: episodes[episodes.length >> 1] ?? Number.POSITIVE_INFINITY }
}

describe('what does nothing', () => {
  test.each<[string, World]>([
    ['even odds', { treated: 0.5, control: 0.5, episodes: 120 }],
    ['correlated episodes', { treated: 0.5, control: 0.5, mood: 0.4, episodes: 120 }],
    ['rare success', { treated: 0.1, control: 0.1, episodes: 120 }],
    ['a hold-out', { treated: 0.7, control: 0.7, treatedShare: 0.9, episodes: 120 }],
  ])('is promoted in few of the runs: %s', (_, world) => {
    expect(share(300, 11, world, 'helps').share).toBeLessThanOrEqual(0.05)
  })

  test('is suspended in at most 10 % of the runs', () => {
    expect(share(300, 12, { treated: 0.5, control: 0.5, episodes: 120 }, 'harms').share).toBeLessThanOrEqual(
      0.1,
    )
  })
})

describe('what harms', () => {
  test('by 10 points is suspended, and not promoted', () => {
    const world = { treated: 0.7, control: 0.8, episodes: 2500 }
    const random = seeded(13)
    const runs = Array.from({ length: 20 }, () => simulate(world, random, 0.05))
    expect(runs.filter(({ harms }) => harms !== undefined).length).toBeGreaterThanOrEqual(19)
    expect(runs.filter(({ helps }) => helps !== undefined)).toEqual([])
  })

  test('badly is suspended within tens of episodes', () => {
    expect(share(50, 14, { treated: 0.1, control: 0.6, episodes: 150 }, 'harms').median).toBeLessThan(40)
  })
})

describe('what helps', () => {
  test('from 14 % to 80 % is promoted within tens of episodes', () => {
    const first = share(60, 15, { treated: 0.8, control: 0.14, episodes: 150 }, 'helps')
    expect(first).toMatchObject({ share: 1 })
    expect(first.median).toBeLessThan(30)
    const twentieth = share(
      60,
      15,
      { treated: 0.8, control: 0.14, episodes: 150 },
      'helps',
      onlineLevel(0.05, 20, 0),
    )
    expect(twentieth).toMatchObject({ share: 1 })
    expect(twentieth.median).toBeLessThan(60)
  })
})

describe('the account', () => {
  const outcome: EpisodeOutcome = { arm: 'treated', success: true, treatedShare: 0.5 }

  test('is not changed in place, and survives JSON', () => {
    const before = openAccount()
    const after = addOutcome(before, outcome)
    expect(before).toEqual(openAccount())
    expect(after.treated).toEqual({ episodes: 1, successes: 1 })
    const restored = JSON.parse(JSON.stringify(after)) as Account
    expect(addOutcome(restored, outcome)).toEqual(addOutcome(after, outcome))
  })

  test('is a fair game under no effect: the expected wealth stays what it was', () => {
    let account = openAccount()
    for (const success of [true, false, true, true]) account = addOutcome(account, { ...outcome, success })
    for (const treatedShare of [0.1, 0.5, 0.9]) {
      for (const success of [true, false]) {
        const wealth = (arm: 'treated' | 'control', which: 'benefit' | 'harm') =>
          Math.exp(logEvidence(addOutcome(account, { arm, success, treatedShare })[which]))
        for (const which of ['benefit', 'harm'] as const) {
          const expected =
            treatedShare * wealth('treated', which) + (1 - treatedShare) * wealth('control', which)
          expect(expected).toBeCloseTo(Math.exp(logEvidence(account[which])), 9)
        }
      }
    }
  })

  test('learns nothing where everyone is treated: there is nothing to compare with', () => {
    const after = addOutcome(openAccount(), { ...outcome, treatedShare: 1 })
    expect(logEvidence(after.benefit)).toBeCloseTo(0, 9)
    expect(after.treated.episodes).toBe(1)
  })

  test('stays finite over thousands of equal outcomes', () => {
    let account = openAccount()
    for (let episode = 0; episode < 5000; episode++)
      account = addOutcome(account, { ...outcome, arm: episode % 2 ? 'treated' : 'control' })
    expect(Number.isFinite(logEvidence(account.benefit))).toBe(true)
    expect(logEvidence(account.benefit)).toBeLessThan(Math.log(20))
  })

  test('keeps guardrail outcomes apart', () => {
    const after = addOutcome(openAccount(), { ...outcome, guardrail: false })
    expect(after.guardrail.treated).toEqual({ episodes: 1, successes: 0 })
    expect(addOutcome(openAccount(), outcome).guardrail).toEqual(openAccount().guardrail)
  })
})

describe('levels and bounds', () => {
  test('the levels of all hypotheses add up to the error that was granted', () => {
    const sum = Array.from({ length: 100_000 }, (_, index) => onlineLevel(0.05, index + 1, 0)).reduce(
      (a, b) => a + b,
    )
    expect(sum).toBeGreaterThan(0.0499)
    expect(sum).toBeLessThanOrEqual(0.05)
  })

  test('0 of n: the upper bound is the rate at which 0 of n happens once in twenty', () => {
    expect(zeroOfUpperBound(0)).toBe(1)
    expect((1 - zeroOfUpperBound(300)) ** 300).toBeCloseTo(0.05, 9)
    expect(zeroOfUpperBound(300)).toBeLessThan(0.01)
  })
})
