import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  editAt,
  isJsonObject,
  type Json,
  jsonEqual,
  pathOf,
  pathSegments,
  valuesAt,
} from './json.ts'

describe('canonicalJson', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [{ b: undefined, a: 1 }, '{"a":1}'],
    [{ nested: { z: 1, y: { b: 2, a: 1 } } }, '{"nested":{"y":{"a":1,"b":2},"z":1}}'],
    [undefined, 'null'],
  ])('%j → %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })
})

describe('jsonEqual', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [1, '1', false],
    [undefined, undefined, true],
    [undefined, null, false],
    [{ a: undefined }, {}, true],
  ])('%j and %j: %s', (a, b, equal) => {
    expect(jsonEqual(a, b)).toBe(equal)
  })
})

describe('paths', () => {
  it.each([
    ['', []],
    ['/a', ['a']],
    ['/a~1b/~0c', ['a/b', '~c']],
    ['/~01', ['~1']],
    ['/', ['']],
    ['/items/*/id', ['items', '*', 'id']],
  ])('%s has the segments %j, and back', (path, segments) => {
    expect(pathSegments(path)).toEqual(segments)
    expect(pathOf(segments)).toBe(path)
  })
})

describe('valuesAt', () => {
  const value: Json = { items: [{ id: 1 }, { id: null }, {}], '': 'empty', '*': 'star' }
  it.each<[string, Json[]]>([
    ['', [value]],
    ['/items/*/id', [1, null]],
    ['/items/1/id', [null]],
    ['/items/3', []],
    ['/items/01', []],
    ['/items/', []],
    ['/items/-1', []],
    ['/', ['empty']],
    ['/*', ['star']],
    ['/items/length', []],
    ['/toString', []],
    ['/items/0/id/deeper', []],
  ])('%s', (path, found) => {
    expect(valuesAt(value, path)).toEqual(found)
  })

  it('finds nothing in nothing', () => {
    expect(valuesAt(undefined, '')).toEqual([])
  })
})

describe('editAt', () => {
  const double = (old: Json) => (typeof old === 'number' ? old * 2 : undefined)

  it('copies the parents of what changes and shares the rest', () => {
    const value = { list: [{ n: 1 }, { n: 'x' }], other: { deep: [] } }
    const edited = editAt(value, '/list/*/n', double) as typeof value
    expect(edited).toEqual({ list: [{ n: 2 }, { n: 'x' }], other: { deep: [] } })
    expect(value.list[0]).toEqual({ n: 1 })
    expect(edited.other).toBe(value.other)
    expect(edited.list[1]).toBe(value.list[1])
  })

  it.each(['/list/*/missing', '/list/9', '/list/01', '/none', '/list/0/n/deeper'])(
    'gives the same reference back where nothing stands: %s',
    (path) => {
      const value = { list: [{ n: 1 }] }
      expect(editAt(value, path, double)).toBe(value)
    },
  )

  it('edits the whole value at the empty path', () => {
    expect(editAt(3, '', double)).toBe(6)
  })

  it('keeps the order of keys, and a key named __proto__', () => {
    const value = JSON.parse('{"b":1,"__proto__":2,"a":3}') as Json
    expect(JSON.stringify(editAt(value, '/__proto__', double))).toBe('{"b":1,"__proto__":4,"a":3}')
  })
})

describe('isJsonObject', () => {
  it.each<[unknown, boolean]>([
    [{}, true],
    [[], false],
    [null, false],
    ['x', false],
  ])('%j: %s', (value, is) => {
    expect(isJsonObject(value)).toBe(is)
  })
})
