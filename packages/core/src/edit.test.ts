import { describe, expect, it } from 'vitest'
import { callOf, kindContext } from './contexts.test.support.ts'
import { editEvery, editedCall, hasIssueAt, parentOf, renameMembers } from './edit.ts'
import type { Json } from './json.ts'

const increased = (value: Json) => (typeof value === 'number' ? { to: value + 1 } : 'refuse')

describe('editEvery', () => {
  it('edits all or nothing', () => {
    expect(editEvery({ l: [1, 2] }, '/l/*', increased)).toEqual({ l: [2, 3] })
    expect(editEvery({ l: [1, 'x'] }, '/l/*', increased)).toBeUndefined()
    expect(editEvery({ l: ['x', 1] }, '/l/*', increased)).toBeUndefined()
  })

  it('says when nothing changed', () => {
    expect(editEvery({ l: [] }, '/l/*', increased)).toBeUndefined()
    expect(editEvery({ l: [1] }, '/l/*', () => 'keep')).toBeUndefined()
    expect(editEvery(undefined, '', increased)).toBeUndefined()
  })
})

describe('parentOf', () => {
  it.each([
    ['/a', { parent: '', name: 'a' }],
    ['/a/*/b~1c', { parent: '/a/*', name: 'b/c' }],
    ['', undefined],
    ['/a/*', undefined],
  ])('%s', (path, parent) => {
    expect(parentOf(path)).toEqual(parent)
  })
})

describe('renameMembers', () => {
  it('renames and leaves out, in order', () => {
    const renamed = renameMembers({ a: 1, b: 2, c: 3 }, (name) =>
      name === 'a' ? undefined : `${name}${name}`,
    )
    expect(JSON.stringify(renamed)).toBe('{"bb":2,"cc":3}')
  })
})

describe('hasIssueAt', () => {
  const issues = [{ kind: 'type', path: '/l/3/n', keyword: 'type', message: '' }] as const
  it.each([
    ['/l/3/n', true],
    ['/l/*/n', true],
    ['/l/3', false],
    ['/l/4/n', false],
  ])('%s: %s', (path, has) => {
    expect(hasIssueAt(issues, path)).toBe(has)
  })
})

describe('editedCall', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } } }
  it('accepts what leaves no new issue', () => {
    const call = callOf({ n: 'x', other: 1 })
    expect(editedCall(kindContext(call, { schema }), { n: 1 })).toEqual({
      type: 'replace-call',
      call: callOf({ n: 1 }),
    })
    expect(editedCall(kindContext(call, { schema }), { n: 'y' })).toBeDefined()
  })

  it.each<[string, Json | undefined, boolean]>([
    ['a new issue', { n: 'x' }, false],
    ['no edit', undefined, false],
    ['an approved call', { n: 2 }, true],
  ])('refuses %s', (_, input, approved) => {
    expect(editedCall(kindContext(callOf({ n: 1 }, { approved }), { schema }), input)).toBeUndefined()
  })
})
