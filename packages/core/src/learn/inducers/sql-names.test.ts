import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { sqlNamesInducer } from './sql-names.ts'

const query = (text: string) => ({ query: text })
const known = ['SELECT Shop_ID, City FROM shop', 'SELECT Name FROM city'].map((text, index) =>
  episode(`known${index}`, [ok(query(text))]),
)

function repair(id: string, error: string, before: string, after: string): Trajectory {
  return episode(id, [failed(query(before), error), ok(query(after))])
}

const noTable = "Table 'db.shops' doesn't exist"
const noColumn = "Unknown column 'id' in 'field list'"

describe('sql-names', () => {
  it('learns what the database calls a table and its columns', async () => {
    const [draft, ...others] = await proposed(sqlNamesInducer, [
      ...known,
      repair('a', noTable, 'SELECT City FROM shops', 'SELECT City FROM shop'),
      repair('b', noTable, 'SELECT COUNT(*) FROM shops', 'SELECT COUNT(*) FROM shop'),
      repair('c', noColumn, 'SELECT id FROM shop', 'SELECT Shop_ID FROM shop'),
      repair('d', noColumn, 'SELECT id FROM shop LIMIT 1', 'SELECT Shop_ID FROM shop LIMIT 1'),
    ])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'rename-sql-names',
      options: {
        path: '/query',
        names: expect.arrayContaining([
          { from: 'shops', to: 'shop' },
          { from: 'id', to: 'Shop_ID', table: 'shop' },
        ]),
      },
      origin: { support: { pairs: 4, episodes: 4 } },
    })
    expect(draft && edited(draft, query('SELECT s.id FROM shops s'))).toEqual(
      query('SELECT s.Shop_ID FROM shop s'),
    )
    expect(draft && edited(draft, query('DELETE FROM shops'))).toBeUndefined()
  })

  it.each<[string, Trajectory[]]>([
    [
      'a name that also succeeds',
      [
        episode('s', [ok(query('SELECT x FROM shops'))]),
        repair('a', noTable, 'SELECT City FROM shops', 'SELECT City FROM shop'),
        repair('b', noTable, 'SELECT 1 FROM shops', 'SELECT 1 FROM shop'),
      ],
    ],
    [
      'models that do not agree',
      [
        repair('a', noTable, 'SELECT Name FROM shops', 'SELECT Name FROM shop'),
        repair('b', noTable, 'SELECT 1 FROM shops', 'SELECT 1 FROM city'),
      ],
    ],
    [
      'a name that no error named',
      [
        repair('a', 'syntax error', 'SELECT City FROM shops', 'SELECT City FROM shop'),
        repair('b', 'syntax error', 'SELECT 1 FROM shops', 'SELECT 1 FROM shop'),
      ],
    ],
    [
      'names with nothing in common',
      [
        repair(
          'a',
          "Unknown column 'size' in 'field list'",
          'SELECT size FROM shop',
          'SELECT City FROM shop',
        ),
        repair(
          'b',
          "Unknown column 'size' in 'field list'",
          'SELECT size FROM shop s',
          'SELECT City FROM shop s',
        ),
      ],
    ],
    [
      'texts that are no queries',
      [repair('a', 'no', 'big shops', 'big shop'), repair('b', 'no', 'all shops', 'all shop')],
    ],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(sqlNamesInducer, [...known, ...episodes])).toEqual([])
  })
})
