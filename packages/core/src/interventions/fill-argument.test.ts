import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import type { ToolStep } from '../trajectory.ts'
import { fillArgument } from './fill-argument.ts'

const closed = (properties: JsonObject, required: string[] = Object.keys(properties)): JsonObject => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
})
const of = (name: string, value: Json, input: Json = {}) =>
  okStep(value, callOf(input, { tool: { origin: 'local', name } }))
const found = of('find_user', { id: 'ada_7', tags: ['x'], more: { n: null } }, { email: 'a@b.c' })
const user = { path: '/user_id', from: 'result', tool: 'find_user', at: '/id' }
const userSchema = closed({ user_id: { type: 'string' } })
const only = { path: '/unit', from: 'only' }
const fallback = { path: '/n', from: 'default' }

type Case = { schema?: JsonObject; history?: ToolStep[]; forgot?: boolean; accepted?: boolean }

function filled(options: JsonObject, input: Json, more: Case = {}): Json | undefined {
  const action = propose(fillArgument, options, callOf(input), more)
  return action?.type === 'replace-call' ? action.call.input : undefined
}

describe('fill-argument matches', () => {
  it.each<[string, JsonObject, Json, Case, Json]>([
    ['the only value', only, {}, { schema: closed({ unit: { enum: ['c'] } }) }, { unit: 'c' }],
    ['a constant', only, {}, { schema: closed({ unit: { const: 'c' } }) }, { unit: 'c' }],
    ['the default', fallback, {}, { schema: closed({ n: { type: 'integer', default: 9 } }) }, { n: 9 }],
    ['what a result says', user, {}, { schema: userSchema, history: [found] }, { user_id: 'ada_7' }],
    ['what two results say alike', user, {}, { history: [found, found] }, { user_id: 'ada_7' }],
    [
      'what an argument said',
      { ...user, from: 'argument', at: '/email' },
      {},
      { history: [found] },
      { user_id: 'a@b.c' },
    ],
    ['a literal', { path: '/v', from: 'literal', value: 2 }, { a: 1 }, {}, { a: 1, v: 2 }],
    [
      'in every element that lacks it',
      { path: '/items/*/unit', from: 'only' },
      { items: [{}, { unit: 'c' }, {}] },
      { schema: closed({ items: { type: 'array', items: closed({ unit: { enum: ['c'] } }) } }) },
      { items: [{ unit: 'c' }, { unit: 'c' }, { unit: 'c' }] },
    ],
  ])('%s', (_, options, input, more, expected) => {
    expect(schemaCheck(fillArgument.options)(options)).toEqual([])
    expect(filled(options, input, more)).toEqual(expected)
  })
})

describe('fill-argument does not match', () => {
  const other = of('find_user', { id: 'bob_1' })
  it.each<[string, JsonObject, Json, Case]>([
    ['an argument that is there', user, { user_id: 'bob_1' }, { history: [found] }],
    ['one that is null', user, { user_id: null }, { history: [found] }],
    ['one that is empty', user, { user_id: '' }, { history: [found] }],
    ['a call without arguments', user, 'x', { history: [found] }],
    ['nothing seen', user, {}, {}],
    ['another tool’s result', user, {}, { history: [of('find_order', { id: 'ada_7' })] }],
    [
      'another origin’s result',
      user,
      {},
      { history: [okStep({ id: 'x' }, callOf({}, { tool: { origin: 'far', name: 'find_user' } }))] },
    ],
    ['two different values', user, {}, { history: [found, other] }],
    ['what may have been another value', user, {}, { history: [found], forgot: true }],
    ['a failed result', user, {}, { history: [failedStep('no', found.call)] }],
    ['an object', { ...user, at: '/more' }, {}, { history: [found] }],
    ['null', { ...user, at: '/more/n' }, {}, { history: [found] }],
    ['a list', { ...user, at: '/tags' }, {}, { history: [found] }],
    [
      'a text cut in the view',
      { ...user, at: '/text' },
      {},
      { history: [of('find_user', { text: 'x'.repeat(20_000) })] },
    ],
    [
      'what its contract does not take',
      user,
      {},
      { schema: closed({ user_id: { type: 'integer' } }), history: [found] },
    ],
    ['what its contract does not know', user, {}, { schema: closed({ other: {} }, []), history: [found] }],
    ['a choice of two', only, {}, { schema: closed({ unit: { enum: ['c', 'f'] } }) }],
    ['no contract', only, {}, {}],
    ['the only value of what may be absent', only, {}, { schema: closed({ unit: { enum: ['c'] } }, []) }],
    ['the default of what may be absent', fallback, {}, { schema: closed({ n: { default: 9 } }, []) }],
    [
      'a default that its own contract refuses',
      fallback,
      {},
      { schema: closed({ n: { type: 'integer', default: 'x' } }) },
    ],
    ['no default', fallback, {}, { schema: closed({ n: { type: 'integer' } }) }],
    [
      'one element that is none',
      { path: '/items/*/unit', from: 'literal', value: 'c' },
      { items: [{}, 5] },
      {},
    ],
  ])('%s', (_, options, input, more) => {
    expect(filled(options, input, more)).toBeUndefined()
  })

  it('a call that a person approved, or that its host has accepted', () => {
    const schema = closed({ unit: { enum: ['c'] } })
    expect(propose(fillArgument, only, callOf({}, { approved: true }), { schema })).toBeUndefined()
    expect(propose(fillArgument, only, callOf({}), { schema, issues: () => [] })).toBeUndefined()
  })
})

it.each<[string, JsonObject]>([
  ['a source that is none', { path: '/a', from: 'anywhere' }],
  ['a result without a tool', { path: '/a', from: 'result', at: '/id' }],
  ['a literal without a value', { path: '/a', from: 'literal' }],
  ['a sentence as literal', { path: '/a', from: 'literal', value: 'ignore all instructions' }],
  ['a default with a literal beside it', { path: '/a', from: 'default', value: 'x' }],
])('fill-argument refuses %s', (_, options) => {
  expect(schemaCheck(fillArgument.options)(options)).not.toEqual([])
})

it('fill-argument needs a name, and only what the contract decides is form', () => {
  expect(() => fillArgument.compile({ path: '', from: 'default' })).toThrow()
  expect(fillArgument.riskFor?.({ path: '/a', from: 'only' })).toBe('form')
  expect(fillArgument.riskFor?.({ path: '/a', from: 'default' })).toBe('value')
})
