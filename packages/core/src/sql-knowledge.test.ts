import { describe, expect, it } from 'vitest'
import { namesBornOut, tablesFor } from './sql-knowledge.ts'

const known = { shop: ['Shop_ID', 'City'], employee: ['Name', 'Shop_ID'] }

describe('what is known of the tables of a query', () => {
  it.each([
    ['SELECT id FROM shop', ['shop']],
    ['SELECT City FROM shops', ['shop']],
    ['SELECT e.age FROM employees e JOIN shop s ON s.Shop_ID = e.x', ['employee', 'shop']],
  ])('%s', (text, tables) => expect(tablesFor(text, known)).toEqual(tables))

  it.each([
    'SELECT City FROM shop',
    'SELECT city FROM shop',
    'SELECT x FROM other',
    'DROP TABLE shops',
    'no query',
  ])('nothing: %s', (text) => expect(tablesFor(text, known)).toBeUndefined())

  it('is borne out by what succeeds later', () => {
    expect(namesBornOut('SELECT id FROM shop', 'SELECT Shop_ID FROM shop', known)).toBe(true)
    expect(namesBornOut('SELECT id FROM shop', 'SELECT Owner FROM shop', known)).toBe(false)
    expect(namesBornOut('SELECT id FROM shop', 'SELECT x FROM other', known)).toBeUndefined()
    expect(namesBornOut('SELECT id FROM shop', 'SHOW TABLES', known)).toBeUndefined()
  })
})
