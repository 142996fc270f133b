import { describe, expect, it } from 'vitest'
import { healsAt, literalScope, shareLowerBound, sparesSuccesses } from './draft.ts'
import type { CallRecord } from './evidence.ts'

const record = (more: Partial<CallRecord>): CallRecord => ({ episode: 'e', family: 'f', step: 0, ...more })

describe('literalScope', () => {
  it.each<[string, CallRecord[], { scope?: string } | undefined]>([
    ['three subjects', ['a', 'b', 'c'].map((subject) => record({ subject, scope: subject })), {}],
    ['one tenant', ['a', 'b'].map((subject) => record({ subject, scope: 't' })), { scope: 't' }],
    ['a recording without tenants', [record({}), record({})], {}],
    ['two tenants', ['s', 't'].map((scope) => record({ subject: 'a', scope })), undefined],
    ['a tenant and none', [record({ scope: 's' }), record({})], undefined],
  ])('of %s', (_, records, scope) => expect(literalScope(records)).toEqual(scope))
})

it.each([
  [0, 0, 0],
  [1, 1, 0.37],
  [0, 10, 0],
  [10, 10, 0.85],
  [100, 100, 0.98],
  [50, 100, 0.43],
])('the lower bound of %i of %i is %f', (hits, total, bound) =>
  expect(shareLowerBound(hits, total)).toBe(bound),
)

describe('sparesSuccesses', () => {
  const successes = [record({ input: { a: 'x' } }), record({ rawInput: '{' })]
  const edit = () => ({ a: 'y' })

  it('sees what the guard lets through', () => {
    expect(sparesSuccesses({ successes }, undefined, edit)).toBe(false)
    expect(sparesSuccesses({ successes }, { path: '/a', test: 'equals', value: 'z' }, edit)).toBe(true)
    expect(sparesSuccesses({ successes }, undefined, () => ({ a: 'x' }))).toBe(true)
    expect(sparesSuccesses({ successes }, undefined, () => undefined)).toBe(true)
  })
})

describe('healsAt', () => {
  const schema = {
    type: 'object',
    properties: { n: { type: 'integer' }, list: { type: 'array', items: { type: 'integer' } } },
  }
  it('matches a repair beside an old fault', () => {
    expect(healsAt(schema, { n: '1', list: 'x' }, { n: 1, list: 'x' }, '/n')).toBe(true)
  })
  it('does not match what is still wrong, deeper', () => {
    expect(healsAt(schema, { list: 'x' }, { list: ['x'] }, '/list')).toBe(false)
  })
  it('does not match a fault elsewhere', () => {
    expect(healsAt(schema, { n: '1', list: [1] }, { n: 1, list: ['1'] }, '/n')).toBe(false)
  })
})
