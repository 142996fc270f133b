import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { learn } from '../learn.ts'
import { contract, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { missingArgumentInducer } from './missing-argument.ts'

const ERROR = 'user_id is required'
const found = (id: string): Written => ok({ name: 'Ann' }, { tool: 'find_user', result: { user: { id } } })
const forgotten = (id: string, user: string, more: Written[] = [found(user)]): Trajectory =>
  episode(id, [...more, failed({ seat: 'A1' }, ERROR), ok({ seat: 'A1', user_id: user })])

describe('missing-argument', () => {
  it('passes replay on episodes that it was not learnt from', async () => {
    const episodes = [...'abcdef'].map((id) => forgotten(id, `u-${id}`))
    const { validated } = await learn(async function* () {
      yield* episodes
    })
    const fill = validated.find(({ intervention }) => intervention.kind === 'fill-argument')
    expect(fill).toMatchObject({ passes: true, replay: { fixes: 6, wrongRepairs: 0, examined: 6 } })
  })

  it('learns which earlier result the value comes from', async () => {
    const [draft, ...others] = await proposed(missingArgumentInducer, [
      forgotten('a', 'u-17'),
      forgotten('b', 'u-18'),
    ])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'fill-argument',
      options: { path: '/user_id', from: 'result', tool: 'find_user', at: '/user/id' },
      origin: { support: { pairs: 2, episodes: 2 } },
    })
    expect(draft?.origin.fixtures.fixes[0]?.expect).toHaveProperty('user_id')
  })

  it('learns the one value that was ever given', async () => {
    const [draft] = await proposed(missingArgumentInducer, [
      forgotten('a', 'main', []),
      forgotten('b', 'main', []),
    ])
    expect(draft?.options).toEqual({ path: '/user_id', from: 'literal', value: 'main' })
  })

  it('refers to the default of the contract rather than repeat it', async () => {
    const contracts = [
      contract({ type: 'object', properties: { seat: {}, user_id: { type: 'string', default: 'main' } } }),
    ]
    const episodes = ['a', 'b'].map((id) => ({ ...forgotten(id, 'main', []), contracts }))
    const [draft] = await proposed(missingArgumentInducer, episodes)
    expect(draft?.options).toEqual({ path: '/user_id', from: 'default' })
  })

  it.each<[string, Trajectory[]]>([
    ['an argument that a success does without', [forgotten('a', 'u-17'), episode('b', [ok({ seat: 'B2' })])]],
    [
      'values from different places',
      [
        forgotten('a', 'u-17'),
        forgotten('b', 'u-18', [ok({ name: 'Bo' }, { tool: 'find_user', result: { other: 'u-18' } })]),
      ],
    ],
    ['values from nowhere that differ', [forgotten('a', 'u-17', []), forgotten('b', 'u-18', [])]],
    [
      'another value in other successes',
      [
        forgotten('a', 'main', []),
        forgotten('b', 'main', []),
        episode('c', [ok({ seat: 'C3', user_id: 'side' })]),
      ],
    ],
    ['a value that is a sentence', [forgotten('a', 'the main one', []), forgotten('b', 'the main one', [])]],
    [
      'an argument that was changed',
      [episode('a', [found('u-17'), failed({ user_id: 'x' } as Json, ERROR), ok({ user_id: 'u-17' })])],
    ],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(missingArgumentInducer, episodes)).toEqual([])
  })
})
