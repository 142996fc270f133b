import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renamedSql, type SqlRename } from './sql-renames.ts'

const renames: SqlRename[] = [
  { from: 'shops', to: 'shop' },
  { from: 'id', to: 'Shop_ID', table: 'shop' },
  { from: 'id', to: 'City_ID', table: 'city' },
]

describe('renaming in queries', () => {
  it.each([
    ['SELECT id FROM shops', 'SELECT Shop_ID FROM shop'],
    ['SELECT shops.id FROM shops WHERE shops.x = 1', 'SELECT shop.Shop_ID FROM shop WHERE shop.x = 1'],
    [
      'SELECT s.id FROM shops s JOIN city AS c ON s.c = c.id',
      'SELECT s.Shop_ID FROM shop s JOIN city AS c ON s.c = c.City_ID',
    ],
    ["SELECT COUNT(id) FROM shop WHERE n = 'id'", "SELECT COUNT(Shop_ID) FROM shop WHERE n = 'id'"],
  ])('%s → %s', (text, expected) => expect(renamedSql(text, renames)?.text).toBe(expected))

  it.each([
    'SELECT id FROM other',
    'SELECT id FROM shop, city',
    'SELECT id() FROM shop',
    'SELECT x AS id FROM shop ORDER BY id',
    'DELETE FROM shops WHERE id = 1',
    'SELECT id INTO t FROM shops',
    "SELECT 'shops",
  ])('leaves %s alone', (text) => expect(renamedSql(text, renames)).toBeUndefined())

  it('leaves its own output alone', () => {
    const word = fc.constantFrom(
      'shops',
      'shop',
      's',
      'id',
      'city',
      'SELECT',
      'FROM',
      ',',
      '.',
      '(',
      ')',
      'AS',
      "'id'",
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const made = renamedSql(`SELECT ${words.join(' ')}`, renames)
        return made === undefined || renamedSql(made.text, renames) === undefined
      }),
    )
  })
})
