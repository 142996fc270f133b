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
    const corrected = (text: string, error?: string) =>
      draft && edited(draft, query(text), undefined, undefined, error)
    expect(corrected('SELECT s.id FROM shops s', noTable)).toEqual(query('SELECT s.Shop_ID FROM shop s'))
    expect(corrected('SELECT s.id FROM shops s')).toBeUndefined()
    expect(corrected('DELETE FROM shops', noTable)).toBeUndefined()
  })

  it('learns of a table that another database does have, for the errors of those that do not', async () => {
    const [draft] = await proposed(sqlNamesInducer, [
      ...known,
      episode('s', [ok(query('SELECT x FROM shops'))]),
      repair('a', noTable, 'SELECT City FROM shops', 'SELECT City FROM shop'),
      repair('b', noTable, 'SELECT 1 FROM shops', 'SELECT 1 FROM shop'),
    ])
    expect(draft?.options.names).toEqual([{ from: 'shops', to: 'shop' }])
  })

  it('counts other letters of a name as agreement on it, and spells it as most do', async () => {
    const renamed = (id: string, to: string) =>
      repair(
        id,
        noColumn,
        `SELECT id FROM shop LIMIT ${id.length}`,
        `SELECT ${to} FROM shop LIMIT ${id.length}`,
      )
    const [draft] = await proposed(sqlNamesInducer, [
      ...known,
      ...['a', 'aa', 'aaa'].map((id) => renamed(id, 'Shop_ID')),
      ...['aaaa', 'aaaaa'].map((id) => renamed(id, 'shop_id')),
    ])
    expect(draft?.options.names).toEqual([{ from: 'id', to: 'Shop_ID', table: 'shop' }])
  })

  it('reads a column of a subquery as one of its table', async () => {
    const nested = (id: string) =>
      repair(
        id,
        "Unknown column 'shop_name' in 'field list'",
        `SELECT City FROM shop WHERE City IN (SELECT town_name FROM city) LIMIT ${id}`,
        `SELECT City FROM shop WHERE City IN (SELECT Name FROM city) LIMIT ${id}`,
      )
    const naming = episode('n', [
      failed(query('SELECT town_name FROM city'), "Unknown column 'town_name' in 'field list'"),
    ])
    const [draft] = await proposed(sqlNamesInducer, [...known, naming, nested('1'), nested('2')])
    expect(draft?.options.names).toEqual([{ from: 'town_name', to: 'Name', table: 'city' }])
  })

  it('takes a name with nothing in common with the old one from two episodes, and another case from most', async () => {
    const size = (id: string) =>
      repair(
        id,
        "Unknown column 'size' in 'field list'",
        `SELECT size, city FROM shop LIMIT ${id}`,
        `SELECT City, City FROM shop LIMIT ${id}`,
      )
    const [draft] = await proposed(sqlNamesInducer, [...known, size('1'), size('2')])
    expect(draft?.options.names).toEqual([
      { from: 'size', to: 'City', table: 'shop' },
      { from: 'city', to: 'City', table: 'shop' },
    ])
  })

  it.each<[string, Trajectory[]]>([
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
      'a name with nothing in common with the old one, seen once',
      [
        repair(
          'a',
          "Unknown column 'size' in 'field list'",
          'SELECT size FROM shop',
          'SELECT City FROM shop',
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
