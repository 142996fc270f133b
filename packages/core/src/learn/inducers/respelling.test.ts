import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { respellingInducer } from './respelling.ts'

const entry = (key: string) => ({ key, value: 'Some Text' })
const names = [
  'first_name',
  'last_order',
  'city',
  'gym_3x_week',
  'plan',
  'favourite_tea',
  'home_town',
  'age_group',
]
const good = names.map((name, index) => episode(`good${index}`, [ok(entry(name))]))

function repair(id: string, before: string, after: string): Trajectory {
  return episode(id, [failed(entry(before), 'Key must be in snake_case format.'), ok(entry(after))])
}

describe('respelling', () => {
  it('learns how names are written from those that were accepted', async () => {
    const drafts = await proposed(respellingInducer, [
      ...good,
      repair('a', 'order_Anna', 'order_anna'),
      repair('b', 'Tea Kind', 'tea_kind'),
    ])
    expect(drafts).toMatchObject([
      {
        kind: 'respell-value',
        options: { path: '/key', case: 'lower', mark: '_', first: ['L'], rest: ['DL', 'L'] },
        origin: { support: { pairs: 2, episodes: 2 } },
      },
    ])
    const [draft] = drafts
    expect(draft && edited(draft, entry('shoppingList'))).toEqual(entry('shopping_list'))
    // Stricter than its name: no accepted name begins so.
    expect(draft && edited(draft, entry('Q1_report'))).toBeUndefined()
  })

  it.each<[string, Trajectory[]]>([
    ['one that the model wrote in a third way', [...good, repair('a', 'order_Anna', 'order_of_anna')]],
    [
      'names in several spellings',
      [...good, episode('x', [ok(entry('Home-Town'))]), repair('a', 'order_Anna', 'order_anna')],
    ],
    ['few names', [...good.slice(0, 3), repair('a', 'order_Anna', 'order_anna')]],
    ['no pair', [...good, episode('a', [failed(entry('order_Anna'), 'no')])]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(respellingInducer, episodes)).toEqual([])
  })
})
