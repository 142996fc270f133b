import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Json } from '../json.ts'
import { explainNames } from './explain-names.ts'

const options = { path: '/query', tables: { shop: ['Shop_ID', 'City'] } }

function explained(query: Json) {
  const action = propose(explainNames, options, callOf({ query }), { failure })
  return action?.type === 'replace-result' ? action.edit('Unknown column') : undefined
}

describe('explain-names matches', () => {
  it.each(['SELECT id FROM shop', 'SELECT City FROM shops'])('%s', (query) => {
    expect(explained(query)).toBe('Unknown column\nNames that work in the table "shop": "Shop_ID", "City".')
  })
})

describe('explain-names does not match', () => {
  it.each<Json>(['SELECT City FROM shop', 'SELECT x FROM other', 'no query', 7, null])('%j', (query) => {
    expect(explained(query)).toBeUndefined()
  })

  it('a fourth time', () => {
    expect(explainNames.cap?.({})).toBe(3)
  })

  it('a success', () => {
    expect(propose(explainNames, options, callOf({ query: 'SELECT id FROM shop' }))).toBeUndefined()
  })
})
