import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { changesBetween, generalPath } from './diff.ts'

describe('changesBetween', () => {
  it.each<[string, Json, Json, unknown[]]>([
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ['a value', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ type: 'changed', path: '/b', before: 2, after: 3 }]],
    [
      'a name',
      { a: 1 },
      { b: 1 },
      [
        { type: 'removed', path: '/a', before: 1 },
        { type: 'added', path: '/b', after: 1 },
      ],
    ],
    [
      'an element',
      { a: [{ b: 1 }, { b: 2 }] },
      { a: [{ b: 1 }, { b: '2' }] },
      [{ type: 'changed', path: '/a/*/b', segments: ['a', '1', 'b'] }],
    ],
    [
      'a list of another length',
      { a: [1] },
      { a: [1, 2] },
      [{ type: 'changed', path: '/a', before: [1], after: [1, 2] }],
    ],
    ['a name with a slash', { 'a/b': 1 }, { 'a/b': 2 }, [{ type: 'changed', path: '/a~1b' }]],
  ])('finds %s', (_, before, after, expected) => {
    const changes = changesBetween(before, after)
    expect(changes).toHaveLength(expected.length)
    expect(changes).toMatchObject(expected)
  })
})

it('takes elements together', () => expect(generalPath('/files/0/lines/12/a1')).toBe('/files/*/lines/*/a1'))
