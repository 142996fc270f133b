import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { toolResult } from '../trajectory.ts'
import { renameSqlNames } from './rename-sql-names.ts'

const options: JsonObject = {
  path: '/query',
  names: [
    { from: 'shops', to: 'shop' },
    { from: 'id', to: 'Shop_ID', table: 'shop' },
  ],
}
const NO_TABLE = "Table 'db.shops' doesn't exist"

function sentAgain(input: Json, message = NO_TABLE, readOnly = true): Json | undefined {
  const action = propose(renameSqlNames, options, callOf(input), {
    facts: { ...UNKNOWN_TOOL_FACTS, readOnly },
    result: toolResult('error', message, { error: { message } }),
    failure: { ...failure, evidence: { detector: 'test', bytes: message } },
  })
  return action?.type === 'retry' ? action.call?.input : undefined
}

describe('rename-sql-names matches', () => {
  it.each([NO_TABLE, "Unknown column 's.id' in 'field list'"])('a query that failed with %s', (message) => {
    expect(sentAgain({ query: 'SELECT s.id FROM shops s', limit: 5 }, message)).toEqual({
      query: 'SELECT s.Shop_ID FROM shop s',
      limit: 5,
    })
  })
})

describe('rename-sql-names does not match', () => {
  it.each<Json>(['SELECT Shop_ID FROM shop', 'SELECT id FROM other', 'DROP TABLE shops', 'shops', 7, null])(
    '%j',
    (query) => {
      expect(sentAgain({ query })).toBeUndefined()
    },
  )

  it.each([
    'You have an error in your SQL syntax',
    "Table 'db.malls' doesn't exist",
    "Unknown column 'idx' in 'field list'",
  ])('an error that speaks of no name it would change: %s', (message) => {
    expect(sentAgain({ query: 'SELECT id FROM shops' }, message)).toBeUndefined()
  })

  it('a call of which nobody said that it reads, nor one that did not fail', () => {
    expect(sentAgain({ query: 'SELECT id FROM shops' }, NO_TABLE, false)).toBeUndefined()
    const facts = { ...UNKNOWN_TOOL_FACTS, readOnly: true }
    const result = toolResult('ok', NO_TABLE)
    expect(
      propose(renameSqlNames, options, callOf({ query: 'SELECT id FROM shops' }), { facts, result }),
    ).toBe(undefined)
  })
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
