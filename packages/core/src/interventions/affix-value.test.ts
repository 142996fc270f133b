import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { affixValue } from './affix-value.ts'

const add = (more: JsonObject) => ({ path: '/a', op: 'add', ...more })
const strip = (more: JsonObject) => ({ path: '/a', op: 'strip', ...more })

describe('affix-value matches', () => {
  it.each<[JsonObject, Json, Json]>([
    [add({ prefix: '#' }), 'W1', '#W1'],
    [add({ suffix: '.csv' }), 'data', 'data.csv'],
    [add({ prefix: '<', suffix: '>' }), 'x', '<x>'],
    [add({ prefix: '<', suffix: '>' }), '<x', '<x>'],
    [strip({ prefix: '#' }), '#W1', 'W1'],
    [strip({ suffix: '%' }), '5%', '5'],
    [strip({ prefix: '"', suffix: '"' }), '"x"', 'x'],
  ])('%j: %j → %j', (options, value, expected) => {
    expect(editedInput(affixValue, options, { a: value, b: 1 })).toEqual({ a: expected, b: 1 })
  })

  it('every element, also where some have it already', () => {
    const options = { path: '/l/*', op: 'add', prefix: '#' }
    expect(editedInput(affixValue, options, { l: ['A', '#B'] })).toEqual({ l: ['#A', '#B'] })
  })
})

describe('affix-value does not match', () => {
  it.each<[JsonObject, Json]>([
    [add({ prefix: '#' }), '#W1'],
    [add({ prefix: '#' }), ''],
    [add({ prefix: '#' }), 7],
    [add({ prefix: '#' }), null],
    [add({ prefix: '/data/' }), '/x'],
    [add({ suffix: '.csv' }), 'x.'],
    [strip({ prefix: '#' }), 'W1'],
    [strip({ prefix: '#' }), '##W1'],
    [strip({ prefix: '#' }), '#'],
    [strip({ prefix: '"', suffix: '"' }), '"'],
    [strip({ prefix: '"', suffix: '"' }), '"x'],
  ])('%j: %j', (options, value) => {
    expect(editedInput(affixValue, options, { a: value })).toBeUndefined()
  })

  it('a call that would break the contract then', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', maxLength: 2 } } }
    expect(editedInput(affixValue, add({ prefix: '#' }), { a: 'W1' }, schema)).toBeUndefined()
  })

  it('an approved call', () => {
    expect(propose(affixValue, add({ prefix: '#' }), callOf({ a: 'W1' }, { approved: true }))).toBeUndefined()
  })
})

describe('affix-value', () => {
  it('needs an affix', () => {
    expect(() => affixValue.compile(add({}))).toThrow()
  })

  it('leaves its own output alone', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '#', '/', '.'), maxLength: 5 })
    fc.assert(
      fc.property(fc.constantFrom('add', 'strip'), words, words, words, (op, prefix, suffix, value) => {
        fc.pre(prefix + suffix !== '')
        const options = { path: '/a', op, ...(prefix ? { prefix } : {}), ...(suffix ? { suffix } : {}) }
        const edited = editedInput(affixValue, options, { a: value })
        if (edited !== undefined) expect(editedInput(affixValue, options, edited)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})
