import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { toolResult } from '../trajectory.ts'
import { recallCorrection } from './recall-correction.ts'

const options: JsonObject = {
  path: '/query',
  corrections: [
    { from: "SELECT name FROM shops WHERE city = '{1}'", to: "SELECT Name FROM shop WHERE City = '{1}'" },
    { from: "SELECT a FROM t WHERE id = '{1}'", to: 'SELECT a FROM t WHERE ID = {1}' },
  ],
}

function sentAgain(query: Json, { failed = true, readOnly = true } = {}): Json | undefined {
  const action = propose(recallCorrection, options, callOf({ query }), {
    facts: { ...UNKNOWN_TOOL_FACTS, readOnly },
    result: toolResult(failed ? 'error' : 'ok', 'no'),
    failure: failed ? failure : undefined,
  })
  return action?.type === 'retry' ? action.call?.input : undefined
}

describe('recall-correction matches', () => {
  it.each([
    ["SELECT name FROM shops  WHERE city = 'Rome';", "SELECT Name FROM shop WHERE City = 'Rome'"],
    ["SELECT a FROM t WHERE id = '7'", 'SELECT a FROM t WHERE ID = 7'],
  ])('%s', (query, corrected) => {
    expect(sentAgain(query)).toEqual({ query: corrected })
  })
})

describe('recall-correction does not match', () => {
  it.each<Json>([
    "SELECT name FROM shops WHERE town = 'Rome'",
    "SELECT name FROM shops WHERE city = 'Rome' LIMIT 1",
    "SELECT Name FROM shop WHERE City = 'Rome'",
    // A text must not come to stand outside its quotes.
    "SELECT a FROM t WHERE id = '7 OR 1=1'",
    7,
    null,
  ])('%j', (query) => {
    expect(sentAgain(query)).toBeUndefined()
  })

  it('a call that did not fail, nor one of which nobody said that it reads', () => {
    expect(sentAgain("SELECT name FROM shops WHERE city = 'Rome'", { failed: false })).toBeUndefined()
    expect(sentAgain("SELECT name FROM shops WHERE city = 'Rome'", { readOnly: false })).toBeUndefined()
  })
})

it('recall-correction refuses to go round in circles', () => {
  const corrections = [
    { from: 'a b', to: 'b c' },
    { from: 'b c', to: 'a c' },
  ]
  expect(() => recallCorrection.compile({ path: '/query', corrections })).toThrow()
})
