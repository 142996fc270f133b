import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { renameSqlNames } from './rename-sql-names.ts'

const options: JsonObject = {
  path: '/query',
  names: [
    { from: 'shops', to: 'shop' },
    { from: 'id', to: 'Shop_ID', table: 'shop' },
  ],
}

describe('rename-sql-names matches', () => {
  it('a query', () => {
    const query = 'SELECT s.id FROM shops s'
    expect(editedInput(renameSqlNames, options, { query, limit: 5 })).toEqual({
      query: 'SELECT s.Shop_ID FROM shop s',
      limit: 5,
    })
  })
})

describe('rename-sql-names does not match', () => {
  it.each<Json>(['SELECT Shop_ID FROM shop', 'SELECT id FROM other', 'DROP TABLE shops', 'shops', 7, null])(
    '%j',
    (query) => {
      expect(editedInput(renameSqlNames, options, { query })).toBeUndefined()
    },
  )
})

describe('rename-sql-names', () => {
  it('refuses to go round in circles', () => {
    const names = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ]
    expect(() => renameSqlNames.compile({ path: '/query', names })).toThrow()
  })
})
