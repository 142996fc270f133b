import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { knownCorrectionInducer } from './known-correction.ts'

const query = (text: string) => ({ query: text })

function repair(id: string, before: string, after: string): Trajectory {
  return episode(id, [failed(query(before), 'no such table'), ok(query(after))])
}

describe('known-correction', () => {
  it('learns what a statement is corrected to, whatever its literals', async () => {
    const [draft, ...others] = await proposed(knownCorrectionInducer, [
      repair('a', "SELECT name FROM shops WHERE city = 'Rome'", "SELECT Name FROM shop WHERE City = 'Rome'"),
      repair('b', "SELECT name FROM shops WHERE city = 'Oslo'", "SELECT Name FROM shop WHERE City = 'Oslo'"),
    ])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'recall-correction',
      options: {
        path: '/query',
        corrections: [
          {
            from: "SELECT name FROM shops WHERE city = '{1}'",
            to: "SELECT Name FROM shop WHERE City = '{1}'",
          },
        ],
      },
      origin: { support: { pairs: 2, episodes: 2 } },
    })
    const wrong = query("SELECT name FROM shops WHERE city = 'Bari'")
    expect(draft && edited(draft, wrong, undefined, undefined, 'no such table')).toEqual(
      query("SELECT Name FROM shop WHERE City = 'Bari'"),
    )
    expect(draft && edited(draft, wrong)).toBeUndefined()
  })

  it.each<[string, Trajectory[]]>([
    [
      'corrections that do not agree',
      [
        repair('a', 'SELECT name FROM shops', 'SELECT name FROM shop'),
        repair('b', 'SELECT name FROM shops', 'SELECT name FROM mall'),
      ],
    ],
    [
      'a correction that brings in a literal of its own',
      [repair('a', "SELECT name FROM shop WHERE city = 'Rome'", "SELECT name FROM shop WHERE city = 'Oslo'")],
    ],
    [
      'what is itself corrected elsewhere',
      [
        repair('a', 'SELECT name FROM shops', 'SELECT name FROM shop'),
        repair('b', 'SELECT name FROM shop', 'SELECT name FROM shops'),
      ],
    ],
    ['a long text', [repair('a', `a b ${'c'.repeat(400)}`, `a d ${'c'.repeat(400)}`)]],
    [
      'a secret outside quotes',
      [
        repair(
          'a',
          'login as ‹secret:github:9f3a1c04b2de› now',
          'log in as ‹secret:github:9f3a1c04b2de› now',
        ),
      ],
    ],
    ['a single word', [repair('a', 'shops', 'shop'), repair('b', 'shops', 'shop')]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(knownCorrectionInducer, episodes)).toEqual([])
  })
})
