import { describe, expect, test } from 'vitest'
import {
  type Account,
  addOutcome,
  type EpisodeOutcome,
  faded,
  harms,
  helps,
  openAccount,
  skewed,
  testedAnew,
  watchedForFading,
  zeroOfUpperBound,
} from './activation.ts'
import { seeded } from './seeded.test.support.ts'
import { logEvidence } from './sequential-test.ts'

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
  let account: Account = { ...openAccount(), level: alpha }
  let shift = 0
  const reached: { helps?: number; harms?: number } = {}
  for (let episode = 1; episode <= world.episodes; episode++) {
    if (episode % 10 === 1) shift = (random() - 0.5) * 2 * mood
    const arm = random() < treatedShare ? 'treated' : 'control'
    const rate = Math.min(0.99, Math.max(0.01, world[arm] + shift))
    account = addOutcome(account, { arm, success: random() < rate, treatedShare })
    if (reached.helps === undefined && helps(account)) reached.helps = episode
    if (reached.harms === undefined && harms(account)) reached.harms = episode
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
    const strict = share(60, 15, { treated: 0.8, control: 0.14, episodes: 150 }, 'helps', 1e-4)
    expect(strict).toMatchObject({ share: 1 })
    expect(strict.median).toBeLessThan(70)
  })

  test('by 10 points is promoted by 600 episodes in each arm in most of the runs, at the level of a registry', () => {
    const known = share(120, 16, { treated: 0.7, control: 0.6, episodes: 1_200 }, 'helps', 0.0085)
    expect(known.share).toBeGreaterThan(0.78)
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
    expect(logEvidence(after.harm)).toBeCloseTo(0, 9)
    expect(skewed(after)).toBe(false)
    expect(after.treated.episodes).toBe(1)
  })

  test('stays finite, whatever comes in', () => {
    for (const treated of [true, false]) {
      let account: Account = { ...openAccount(), level: 1e-300 }
      for (let episode = 0; episode < 6_000; episode++)
        account = addOutcome(account, {
          ...outcome,
          arm: episode % 2 ? 'treated' : 'control',
          success: treated === (episode % 2 === 1),
        })
      const wealth = [...account.benefit, ...account.harm, ...account.allocation.treated]
      expect(wealth.every((own) => Number.isFinite(own) && own >= 0)).toBe(true)
      expect(harms(account)).toBe(treated ? undefined : 'outcome')
    }
  })

  test('stands still once it has proved what its level asks, however late somebody looks', () => {
    let account: Account = { ...openAccount(), level: 0.01 }
    for (let episode = 0; !helps(account); episode++)
      account = addOutcome(account, {
        ...outcome,
        arm: episode % 2 ? 'treated' : 'control',
        success: episode % 2 === 1,
      })
    const proved = account.benefit
    for (let episode = 0; episode < 50; episode++)
      account = addOutcome(account, { ...outcome, success: false })
    expect(account.benefit).toEqual(proved)
  })

  test('keeps guardrail outcomes apart', () => {
    const after = addOutcome(openAccount(), { ...outcome, guardrail: false })
    expect(after.guardrail.treated).toEqual({ episodes: 1, successes: 0 })
    expect(addOutcome(openAccount(), outcome).guardrail).toEqual(openAccount().guardrail)
  })
})

/** An account after so many episodes of a world. */
function after(account: Account, world: World, random: () => number): Account {
  const { treatedShare = 0.5 } = world
  return Array.from({ length: world.episodes }).reduce<Account>((sum) => {
    const arm = random() < treatedShare ? 'treated' : 'control'
    return addOutcome(sum, { arm, success: random() < world[arm], treatedShare })
  }, account)
}

describe('a guardrail', () => {
  test('that gets worse is harm, though the outcome gets better', () => {
    const random = seeded(31)
    let account = openAccount()
    for (let episode = 0; episode < 200; episode++) {
      const treated = random() < 0.5
      const guardrail = random() < (treated ? 0.5 : 0.95)
      account = addOutcome(account, {
        arm: treated ? 'treated' : 'control',
        success: treated,
        guardrail,
        treatedShare: 0.5,
      })
    }
    expect(harms(account)).toBe('guardrail')
  })
})

describe('the sample ratio', () => {
  test.each([0.5, 0.9])(
    'is left in peace where episodes come in as they were drawn, at %d',
    (treatedShare) => {
      const random = seeded(32)
      for (let run = 0; run < 40; run++)
        expect(
          skewed(after(openAccount(), { treated: 0.6, control: 0.6, treatedShare, episodes: 300 }, random)),
        ).toBe(false)
    },
  )

  test.each(['treated', 'control'] as const)('is an alarm where every other %s episode is lost', (lost) => {
    const random = seeded(33)
    let account = openAccount()
    for (let episode = 0; episode < 800; episode++) {
      const arm = random() < 0.5 ? 'treated' : 'control'
      if (arm === lost && random() < 0.5) continue
      account = addOutcome(account, { arm, success: random() < 0.6, treatedShare: 0.5 })
    }
    expect(skewed(account)).toBe(true)
  })
})

describe('what helped once', () => {
  const promoted = (random: () => number) =>
    watchedForFading(after(openAccount(), { treated: 0.9, control: 0.4, episodes: 200 }, random))
  const holdOut = { treatedShare: 0.9, episodes: 1_500 }

  test('and still does is left in peace', () => {
    const random = seeded(34)
    for (let run = 0; run < 20; run++)
      expect(faded(after(promoted(random), { treated: 0.9, control: 0.4, ...holdOut }, random))).toBe(false)
  })

  test('and no longer does is found out in the hold-out, though it harms nobody', () => {
    const account = after(promoted(seeded(35)), { treated: 0.9, control: 0.9, ...holdOut }, seeded(36))
    expect(faded(account)).toBe(true)
    expect(harms(account)).toBeUndefined()
  })

  test('is tested anew from nothing, but what spoke against it stays', () => {
    const account = after(promoted(seeded(37)), { treated: 0.9, control: 0.9, ...holdOut }, seeded(38))
    const anew = testedAnew({ ...account, level: 0.01, counted: 7 })
    expect(anew).toMatchObject({ level: 0, counted: 7, harm: account.harm, allocation: account.allocation })
    expect(anew.benefit).toEqual(openAccount().benefit)
    expect(anew.treated.episodes).toBe(0)
    expect(faded(anew)).toBe(false)
  })

  test('and turns harmful is found out, however much it had helped before', () => {
    const random = seeded(39)
    const long = after(
      promoted(random),
      { treated: 0.9, control: 0.4, treatedShare: 0.9, episodes: 3_000 },
      random,
    )
    expect(
      harms(after(long, { treated: 0.4, control: 0.7, treatedShare: 0.9, episodes: 1_000 }, random)),
    ).toBe('outcome')
  })
})

describe('bounds', () => {
  test('0 of n: the upper bound is the rate at which 0 of n happens once in twenty', () => {
    expect(zeroOfUpperBound(0)).toBe(1)
    expect((1 - zeroOfUpperBound(300)) ** 300).toBeCloseTo(0.05, 9)
    expect(zeroOfUpperBound(300)).toBeLessThan(0.01)
  })
})
