import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { moveArgument } from './move-argument.ts'

const toQuery = { from: '/body', to: '/query' }

describe('move-argument matches', () => {
  it.each<[string, JsonObject, Json, Json]>([
    ['a body', toQuery, { path: '/x', body: { a: 1 } }, { path: '/x', query: { a: 1 } }],
    ['where an empty object stands', toQuery, { body: { a: 'x' }, query: {} }, { query: { a: 'x' } }],
    [
      'one member',
      { from: '/query/start', to: '/body/start' },
      { query: { start: 'x', a: 1 }, body: { b: 2 } },
      { query: { a: 1 }, body: { b: 2, start: 'x' } },
    ],
  ])('%s', (_, options, input, expected) => {
    expect(schemaCheck(moveArgument.options)(options)).toEqual([])
    expect(editedInput(moveArgument, options, input)).toEqual(expected)
  })
})

describe('move-argument does not match', () => {
  const closed: JsonObject = { properties: { body: {}, path: {} }, additionalProperties: false }
  it.each<[string, JsonObject, Json, JsonObject?]>([
    ['what is not there', toQuery, { path: '/x' }],
    ['where something stands', toQuery, { body: { a: 1 }, query: { b: 2 } }],
    ['where the same stands', toQuery, { body: { a: 1 }, query: { a: 1 } }],
    ['a list in it', toQuery, { body: { a: [1] } }],
    ['an object in it', toQuery, { body: { a: { b: 1 } } }],
    ['nothing in it', toQuery, { body: { a: null } }],
    ['a list', toQuery, { body: [1] }],
    ['null', toQuery, { body: null }],
    ['no place for it', { from: '/query/start', to: '/body/start' }, { query: { start: 'x' } }],
    ['a place that its contract does not have', toQuery, { body: { a: 1 } }, closed],
    ['no object', toQuery, 'body'],
  ])('%s', (_, options, input, schema) => {
    expect(editedInput(moveArgument, options, input, schema)).toBeUndefined()
  })

  it.each<[string, JsonObject]>([
    ['one place', { from: '/a', to: '/a' }],
    ['a place within the other', { from: '/a', to: '/a/b' }],
    ['a place around the other', { from: '/a/b', to: '/a' }],
    ['many places', { from: '/a/*', to: '/b' }],
    ['the whole', { from: '', to: '/b' }],
  ])('%s is refused', (_, options) => {
    expect(() => moveArgument.compile(options)).toThrow('move-argument')
  })
})
