import { describe, expect, it } from 'vitest'
import { sameStatement } from './same-statement.ts'

const same = (a: string, b: string): boolean => sameStatement({ query: a }, { query: b })

describe('sameStatement', () => {
  it.each([
    ['SELECT Name FROM shop', 'select  name from shop'],
    ['SELECT s.Name FROM shop AS s ORDER BY Name DESC;', 'SELECT s.name FROM shop as s order by name desc'],
  ])('reads %j and %j alike', (a, b) => expect(same(a, b)).toBe(true))

  it.each([
    ['SELECT Name FROM shop', 'SELECT Name FROM Shop'],
    ['SELECT S.Name FROM shop S', 'SELECT s.Name FROM shop S'],
    ["SELECT Name FROM shop WHERE city = 'Rome'", "SELECT Name FROM shop WHERE city = 'rome'"],
    ['SELECT Name FROM shop', 'SELECT Names FROM shop'],
    ['show TABLES', 'show tables'],
    ['a text', 'A text'],
  ])('tells %j from %j', (a, b) => expect(same(a, b)).toBe(false))

  it('wants all other arguments equal', () => {
    const query = 'SELECT 1'
    expect(sameStatement({ query, limit: 1 }, { query, limit: 1 })).toBe(true)
    expect(sameStatement({ query, limit: 1 }, { query, limit: 2 })).toBe(false)
    expect(sameStatement({ query }, { query, limit: 2 })).toBe(false)
    expect(sameStatement('SELECT 1', 'select 1')).toBe(false)
  })
})
