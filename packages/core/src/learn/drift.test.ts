import { describe, expect, it, test } from 'vitest'
import { seeded } from '../seeded.test.support.ts'
import type { Trajectory } from '../trajectory.ts'
import { after, before, EPISODE_MS, parcel, REFUSAL, story, timed } from './drift.test.support.ts'
import { type Drift, driftsAfter, driftsIn } from './drift.ts'
import { mergeMined } from './merge-mined.ts'
import { contract, failed, minedFrom, ok } from './recording.test.support.ts'

async function driftsOver(trajectories: readonly Trajectory[]): Promise<Drift[]> {
  return driftsIn(await minedFrom(trajectories))
}

const drifted = story([
  [20, before],
  [8, after],
])

const refused = (index: number) => [failed(parcel('customer', index), REFUSAL)]
const failing = (error: string) => (index: number) => [
  failed(parcel('customer', index), error),
  ok(parcel('account', index)),
]
const schema = (names: readonly string[]) => [
  contract({ type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) }),
]

describe('driftsIn', () => {
  it('finds the argument that is refused since a time, and says when', async () => {
    const found = await driftsOver(drifted)
    expect(found).toEqual([
      {
        tool: { origin: 'local', name: 'book' },
        path: '/customer',
        acceptedUntil: 19 * EPISODE_MS,
        refusedFrom: 20 * EPISODE_MS,
        episodes: { accepted: 20, refused: 8 },
        chance: expect.closeTo(1 / 3_108_105, 12),
      },
    ])
  })

  it('finds the form of a value that is refused since a time', async () => {
    const found = await driftsOver(
      story([
        [20, (index) => [ok({ day: `03/${10 + index}/2026`, street: `Dock ${index}` })]],
        [
          8,
          (index) => [
            failed({ day: `04/${index}/2026`, street: `Dock ${index}` }, "invalid value for 'day'"),
            ok({ day: `2026-04-0${index % 9}`, street: `Dock ${index}` }),
          ],
        ],
      ]),
    )
    expect(found).toMatchObject([{ path: '/day', form: 'D/D/D', refusedFrom: 20 * EPISODE_MS }])
  })

  it('adds up what users show who each have few episodes', async () => {
    const users = (index: number) => ({ subject: `user ${index % 6}` })
    const found = await driftsOver(
      story(
        [
          [12, before],
          [12, after],
        ],
        users,
      ),
    )
    expect(found).toMatchObject([{ path: '/customer', chance: expect.closeTo(6 ** -6, 12) }])
  })

  it('goes by the times of calls, whatever order episodes come in', async () => {
    const long = timed(0, [...before(0), ...after(0)])
    const [first, , last] = long.steps
    const steps = [first, { ...last, at: 30 * EPISODE_MS }] as Trajectory['steps']
    const all = [...drifted.slice(1), { ...long, steps }]
    const [forwards, backwards] = [await driftsOver(all), await driftsOver(all.toReversed())]
    expect(forwards).toMatchObject([{ path: '/customer', refusedFrom: 20 * EPISODE_MS }])
    expect(backwards).toEqual(forwards)
  })

  test.each<[string, Trajectory[]]>([
    ['nothing fails', story([[40, before]])],
    ['nothing was ever accepted', story([[40, after]])],
    [
      'the order is the other way round',
      story([
        [20, after],
        [20, before],
      ]),
    ],
    [
      'refusals and successes alternate',
      story(Array.from({ length: 20 }, (_, index) => [1, index % 2 ? after : before] as const)),
    ],
    [
      'one success came after the first refusal',
      story([
        [20, before],
        [8, after],
        [1, before],
        [8, after],
      ]),
    ],
    [
      'one refusal came before the last success',
      story([
        [10, before],
        [1, after],
        [10, before],
        [12, after],
      ]),
    ],
    [
      'the tool has changed back',
      story([
        [20, before],
        [20, after],
        [3, before],
      ]),
    ],
    [
      'too few were accepted before',
      story([
        [4, before],
        [40, after],
      ]),
    ],
    [
      'too few were refused since',
      story([
        [200, before],
        [2, after],
      ]),
    ],
    [
      'it may be chance',
      story([
        [5, before],
        [5, after],
      ]),
    ],
    [
      'one episode refuses many times',
      story([
        [20, before],
        [1, (index) => Array(20).fill(after(index)).flat()],
      ]),
    ],
    [
      'nothing succeeds any more',
      story([
        [20, before],
        [20, refused],
      ]),
    ],
    [
      'all that succeeds was before',
      story([
        [20, (index) => [...before(index), ok(parcel('account', index))]],
        [20, refused],
      ]),
    ],
    [
      'the tool is down',
      story([
        [20, before],
        [20, failing('connect ECONNREFUSED 127.0.0.1:80')],
      ]),
    ],
    [
      'the tool is slow',
      story([
        [20, before],
        [20, failing('request timed out after 30 s')],
      ]),
    ],
    [
      'there are too many calls',
      story([
        [20, before],
        [20, failing('429 Too Many Requests')],
      ]),
    ],
    [
      'what is asked for is gone',
      story([
        [20, before],
        [20, failing('customer not found')],
      ]),
    ],
    [
      'it was done already',
      story([
        [20, before],
        [20, failing('409 Conflict: label already exists')],
      ]),
    ],
    [
      'it is not allowed',
      story([
        [20, before],
        [20, failing('403 Forbidden')],
      ]),
    ],
    [
      'another user is refused',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ subject: index < 20 ? 'a' : 'b' }),
      ),
    ],
    [
      'each user has one episode',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ subject: `user ${index}` }),
      ),
    ],
    [
      'another tenant is refused',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ scope: index < 20 ? 'a' : 'b' }),
      ),
    ],
    [
      'another model is refused',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ family: index < 20 ? 'a' : 'b' }),
      ),
    ],
    [
      'another agent is refused',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ agent: index < 20 ? 'a' : 'b' }),
      ),
    ],
    [
      'the contract is another one',
      story(
        [
          [20, before],
          [20, after],
        ],
        (index) => ({ contracts: schema(index < 20 ? ['customer'] : ['customer', 'account']) }),
      ),
    ],
    [
      'the agent writes another argument wrongly since a time',
      story([
        [20, before],
        [
          20,
          (index) => [
            failed({ ...parcel('customer', index), weight: 'heavy' }, "'weight' must be a number"),
            ok(parcel('customer', index)),
          ],
        ],
      ]),
    ],
    [
      'no call says when it was made',
      drifted.map((one) => ({
        ...one,
        steps: one.steps.map(({ ...step }) => {
          if (step.type === 'tool') delete step.at
          return step
        }),
      })),
    ],
  ])('finds none where %s', async (_, trajectories) => {
    expect(await driftsOver(trajectories)).toEqual([])
  })

  it('finds none in outcomes whose order is chance', async () => {
    const random = seeded(7)
    for (let round = 0; round < 100; round++) {
      const shuffled = story(Array.from({ length: 24 }, () => [1, random() < 0.8 ? before : after] as const))
      expect(await driftsOver(shuffled), `round ${round}`).toEqual([])
    }
  })

  it('is the same however the work was divided', async () => {
    const users = story(
      [
        [30, before],
        [30, after],
      ],
      (index) => ({ subject: `user ${index % 29}` }),
    )
    const whole = await driftsOver(users)
    expect(whole).toHaveLength(1)
    const parts = await Promise.all(
      [0, 1, 2].map((miner) => minedFrom(users.filter((_, index) => index % 3 === miner))),
    )
    expect(driftsIn(mergeMined(parts))).toEqual(whole)
    expect(driftsIn(mergeMined(parts.toReversed()))).toEqual(whole)
    const halves = [await minedFrom(users.slice(0, 30)), await minedFrom(users.slice(30))]
    expect(driftsIn(mergeMined(halves))).toEqual(whole)
  })

  it('keeps no more than it has room for, and the arguments of the tool first', async () => {
    const noisy = story([
      [2_000, (index) => [ok({ ...parcel('customer', index), extra: { [`k${index}`]: 1 } })]],
      [20, after],
    ])
    const mined = await minedFrom(noisy)
    const [tool] = mined.tools.values()
    expect(tool?.watch.looks.size).toBeLessThan(256)
    expect(driftsIn(mined)).toMatchObject([{ path: '/customer' }])
  })
})

describe('driftsAfter', () => {
  it('knows what was accepted only before', async () => {
    const drifts = await driftsOver(drifted)
    const falls = (index: number, name: 'customer' | 'account') => {
      const [step] = timed(index, [ok(parcel(name, index))]).steps
      return step?.type === 'tool' && driftsAfter(drifts, step).length > 0
    }
    expect(falls(3, 'customer')).toBe(true)
    expect(falls(3, 'account')).toBe(false)
    expect(falls(20, 'customer')).toBe(false)
  })
})
