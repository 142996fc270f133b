import { expect, it } from 'vitest'
import { textChanges } from './text-changes.ts'

it.each([
  ['a b c', 'a b c', []],
  ['a b c', 'a d c', [{ before: 'b', after: 'd' }]],
  ['ls x 2>/dev/null', 'ls x', [{ before: '2>/dev/null', after: '' }]],
  ['a c', 'a b c', [{ before: '', after: 'b' }]],
])('finds what differs between %j and %j', (before, after, changes) => {
  expect(textChanges(before, after)).toEqual(changes)
})

it('leaves texts alone that are too long to compare', () => {
  expect(textChanges('a '.repeat(500), 'b')).toBeUndefined()
})
