import { describe, expect, it } from 'vitest'
import { sqlNames } from './sql-names.ts'

const told = (text: string) =>
  sqlNames(text)
    ?.names.filter(({ role }) => role !== 'other')
    .map(({ text: name, role, table }) => `${role} ${name}${role === 'table' ? '' : ` of ${table ?? '?'}`}`)

describe('names of a statement', () => {
  it.each<[string, string[]]>([
    ['SELECT name FROM shops', ['column name of shops', 'table shops']],
    [
      'SELECT s.name FROM shops AS s JOIN cities c ON s.city_id = c.id',
      [
        ...['qualifier s of shops', 'column name of shops', 'table shops', 'table cities'],
        ...[
          'qualifier s of shops',
          'column city_id of shops',
          'qualifier c of cities',
          'column id of cities',
        ],
      ],
    ],
    [
      "SELECT COUNT(DISTINCT name) AS n FROM db.shops WHERE kind = 'name' ORDER BY n",
      ['column name of shops', 'table shops', 'column kind of shops'],
    ],
    [
      'SELECT name FROM shops WHERE id IN (SELECT shop_id FROM hires WHERE id > 3)',
      [
        ...['column name of shops', 'table shops', 'column id of shops'],
        ...['column shop_id of ?', 'table hires', 'column id of ?'],
      ],
    ],
    ['SELECT name FROM a, b', ['column name of ?', 'table a', 'table b']],
    ['SELECT x FROM a UNION SELECT y FROM b', ['column x of a', 'table a', 'column y of b', 'table b']],
    [
      'SELECT t.x FROM a t WHERE EXISTS (SELECT 1 FROM b t WHERE t.y = 1)',
      [...['qualifier t of a', 'column x of a', 'table a', 'table b', 'qualifier t of b', 'column y of b']],
    ],
  ])('%s', (text, names) => expect(told(text)).toEqual(names))

  it.each([
    'SHOW TABLES',
    'DESC shops',
    "SELECT 'a",
    'SELECT 1 -- x',
    'SELECT 1; SELECT 2',
    '',
    'x'.repeat(20_000),
  ])('does not read %j', (text) => expect(sqlNames(text)).toBeUndefined())

  it('knows what only reads', () => {
    expect(sqlNames('SELECT a FROM b;')?.reads).toBe(true)
    expect(sqlNames('SELECT a INTO c FROM b')?.reads).toBe(false)
    expect(sqlNames('WITH d AS (DELETE FROM b RETURNING a) SELECT a FROM d')?.reads).toBe(false)
    expect(sqlNames("SELECT a FROM b WHERE c = 'delete'")?.reads).toBe(true)
  })
})
