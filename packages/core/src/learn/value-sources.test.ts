import { expect, it } from 'vitest'
import { callOf, okStep } from '../contexts.test.support.ts'
import { valueSources } from './value-sources.ts'

const step = okStep({ users: [{ id: 'u-17', age: 7 }], total: 1_200 }, callOf({ name: 'Ann Lee' }))
const tool = step.executed.tool

it('finds where added arguments had stood', () => {
  const after = { a: 1, user_id: 'u-17', cents: 1_200, owner: 'Ann Lee' }
  expect(valueSources({ a: 1 }, after, () => [step])).toEqual([
    { path: '/user_id', from: 'result', tool, at: '/users/*/id' },
    { path: '/cents', from: 'result', tool, at: '/total' },
    { path: '/owner', from: 'argument', tool, at: '/name' },
  ])
})

it.each([
  ['what was there before', { user_id: 'u-17' }, { user_id: 'u-17' }],
  ['what was changed', { user_id: 'x' }, { user_id: 'u-17' }],
  ['everyday values', {}, { n: 7 }],
  ['members of members', { user: {} }, { user: { id: 'u-17' } }],
  ['what no result held', {}, { user_id: 'u-18' }],
])('finds none of %s', (_, before, after) => {
  expect(valueSources(before, after, () => [step])).toEqual([])
})
