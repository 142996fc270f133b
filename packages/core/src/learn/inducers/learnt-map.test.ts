import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { learntMapInducer } from './learnt-map.ts'

const named = (text: string) => ({ text })

function repair(id: string, before: string, after: string): Trajectory {
  return episode(id, [failed(named(before), 'not found'), ok(named(after))])
}

describe('learnt-map', () => {
  it('learns the full name that several episodes came to', async () => {
    const [draft, ...others] = await proposed(learntMapInducer, [
      repair('a', 'Timberwolves', 'Minnesota Timberwolves'),
      repair('b', 'Timberwolves', 'Minnesota Timberwolves'),
      repair('c', 'Wolves (film)', 'Wolves'),
    ])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'map-value',
      options: { path: '/text', map: { Timberwolves: 'Minnesota Timberwolves' } },
      origin: { support: { pairs: 2, episodes: 2 } },
    })
    expect(draft && edited(draft, named('Timberwolves'))).toEqual(named('Minnesota Timberwolves'))
  })

  it.each<[string, Trajectory[]]>([
    ['one episode', [repair('a', 'Wolves', 'Big Wolves')]],
    ['two answers', [repair('a', 'Wolves', 'Big Wolves'), repair('b', 'Wolves', 'Old Wolves')]],
    ['another thing', [repair('a', 'card_17', 'gift card_18'), repair('b', 'card_17', 'gift card_18')]],
    ['an address', [repair('a', 'x@y.org', 'big.x@y.org'), repair('b', 'x@y.org', 'big.x@y.org')]],
    ['another name', [repair('a', 'Wolf', 'Bear'), repair('b', 'Wolf', 'Bear')]],
    [
      'a name that also works',
      [
        episode('s', [ok(named('Wolves'))]),
        repair('a', 'Wolves', 'Big Wolves'),
        repair('b', 'Wolves', 'Big Wolves'),
      ],
    ],
    ['a path', [repair('a', 'x', '/data/x'), repair('b', 'x', '/data/x')]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(learntMapInducer, episodes)).toEqual([])
  })
})
