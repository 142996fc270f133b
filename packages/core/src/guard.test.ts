import { describe, expect, it } from 'vitest'
import { type Guard, guardPasses } from './guard.ts'
import type { Json } from './json.ts'

const input: Json = {
  id: '#W1',
  n: 3,
  f: 1.5,
  gone: null,
  tags: ['a', 'b'],
  items: [{ sku: 'x1' }, { sku: 'y2' }],
}

describe('guardPasses', () => {
  it.each<[string, Guard | undefined]>([
    ['no guard', undefined],
    ['present', { path: '/id', test: 'present' }],
    ['present though null', { path: '/gone', test: 'present' }],
    ['absent', { path: '/none', test: 'absent' }],
    ['an integer is a number', { path: '/n', test: 'type', types: ['number'] }],
    ['type null', { path: '/gone', test: 'type', types: ['null'] }],
    ['equals, deeply', { path: '/tags', test: 'equals', value: ['a', 'b'] }],
    ['one-of, every element', { path: '/items/*/sku', test: 'one-of', values: ['y2', 'x1'] }],
    ['not one-of, none of the elements', { not: { path: '/items/*/sku', test: 'one-of', values: ['z3'] } }],
    [
      'not not one-of, every element',
      { not: { not: { path: '/items/*/sku', test: 'one-of', values: ['y2', 'x1'] } } },
    ],
    ['prefix', { path: '/id', test: 'prefix', text: '#' }],
    ['suffix', { path: '/id', test: 'suffix', text: '1' }],
    ['includes', { path: '/id', test: 'includes', text: 'W' }],
    ['shape', { path: '/id', test: 'shape', shapes: ['#U1D7', '#UD'] }],
    ['all of none', { all: [] }],
    [
      'any',
      {
        any: [
          { path: '/none', test: 'present' },
          { path: '/id', test: 'present' },
        ],
      },
    ],
    ['not', { not: { path: '/id', test: 'absent' } }],
  ])('passes: %s', (_, guard) => {
    expect(guardPasses(guard, input)).toBe(true)
  })

  it.each<[string, Guard]>([
    ['present', { path: '/none', test: 'present' }],
    ['absent though null', { path: '/gone', test: 'absent' }],
    ['a fraction is no integer', { path: '/f', test: 'type', types: ['integer'] }],
    ['equals an absent argument', { path: '/none', test: 'equals', value: null }],
    ['one-of, only one element', { path: '/items/*/sku', test: 'one-of', values: ['y2'] }],
    ['not one-of, one of the elements', { not: { path: '/items/*/sku', test: 'one-of', values: ['y2'] } }],
    [
      'not not one-of, only one element',
      { not: { not: { path: '/items/*/sku', test: 'one-of', values: ['y2'] } } },
    ],
    ['prefix of a number', { path: '/n', test: 'prefix', text: '3' }],
    ['shape', { path: '/id', test: 'shape', shapes: ['#U1D7'] }],
    ['any of none', { any: [] }],
    [
      'all',
      {
        all: [
          { path: '/id', test: 'present' },
          { path: '/none', test: 'present' },
        ],
      },
    ],
  ])('does not pass: %s', (_, guard) => {
    expect(guardPasses(guard, input)).toBe(false)
  })

  it('takes arguments that did not parse as absent', () => {
    expect(guardPasses({ path: '/id', test: 'absent' }, undefined)).toBe(true)
    expect(guardPasses({ path: '', test: 'present' }, undefined)).toBe(false)
  })
})
