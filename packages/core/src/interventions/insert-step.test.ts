import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import type { ResultContext } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { insertStep } from './insert-step.ts'

const look = {
  insert: 'get_order',
  place: 'before',
  input: { id: { argument: '/order_id' }, full: { value: true } },
}
const own = callOf({ order_id: '#W1', why: { a: 1 } }, { id: 'c', turn: 3 })
const of = (input: Json, name = 'get_order') => callOf(input, { tool: { origin: 'local', name } })
const seen = okStep('ok', of({ full: true, id: '#W1' }))

function inserted(options: JsonObject, call = own, more: Partial<ResultContext> = {}) {
  const action = propose(insertStep, options, call, more)
  return action?.type === 'insert-call' ? action : undefined
}

describe('insert-step matches', () => {
  it('with the arguments of the call and with literals', () => {
    expect(schemaCheck(insertStep.options)(look)).toEqual([])
    expect(inserted(look)).toEqual({
      type: 'insert-call',
      place: 'before',
      note: true,
      call: { ...of({ id: '#W1', full: true }), id: 'c-before', turn: 3 },
    })
  })

  it.each<[string, JsonObject, Partial<ResultContext>]>([
    [
      'what was called with other arguments',
      look,
      { history: [okStep('ok', of({ id: '#W2', full: true }))] },
    ],
    ['what failed', look, { history: [failedStep('no', seen.call)] }],
    [
      'what was called of another origin',
      look,
      { history: [okStep('ok', { ...seen.call, tool: { origin: 'far', name: 'get_order' } })] },
    ],
    ['after a call, again', { ...look, place: 'after' }, { history: [seen] }],
    ['without arguments', { insert: 'login', place: 'before' }, {}],
    ['beyond what is remembered, what never succeeded', look, { forgot: true }],
  ])('%s', (_, options, more) => {
    expect(inserted(options, own, more)).toBeDefined()
  })
})

describe('insert-step does not match', () => {
  it.each<[string, JsonObject, Json | undefined, Partial<ResultContext>]>([
    ['what has been called so already', look, own.input, { history: [seen] }],
    ['what may have been called so already', look, own.input, { forgot: true, hasSucceeded: () => true }],
    ['a call that lacks the argument', look, {}, {}],
    ['an argument that is an object', { ...look, input: { id: { argument: '/why' } } }, own.input, {}],
    [
      'an argument of several values',
      { ...look, input: { id: { argument: '/ids/*' } } },
      { ids: [1, 2] },
      {},
    ],
    ['a call that does not parse', look, undefined, {}],
    ['itself', { insert: 'tool', place: 'before' }, own.input, {}],
  ])('%s', (_, options, input, more) => {
    expect(inserted(options, callOf(input), more)).toBeUndefined()
  })
})

it.each<[string, JsonObject]>([
  ['no tool', { place: 'before' }],
  ['a place that is none', { ...look, place: 'instead' }],
  ['an object as literal', { ...look, input: { a: { value: {} } } }],
  ['a sentence as literal', { ...look, input: { a: { value: 'rm -rf /' } } }],
  ['two sources', { ...look, input: { a: { value: 1, argument: '/a' } } }],
  ['an endless cap', { ...look, max: 99 }],
])('insert-step refuses %s', (_, options) => {
  expect(schemaCheck(insertStep.options)(options)).not.toEqual([])
})

it('insert-step acts once in an episode, or as often as its options say', () => {
  expect(insertStep.cap?.(look)).toBe(1)
  expect(insertStep.cap?.({ ...look, max: 3 })).toBe(3)
})
