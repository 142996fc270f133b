import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import type { ResultContext } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { sequenceCard } from './sequence-card.ts'

const order = { tools: ['find', 'cancel'] }
const shown = (...names: string[]) => names.map((name) => ({ tool: { origin: 'local', name } }))
const find = callOf({}, { tool: { origin: 'local', name: 'find' } })

function told(options: JsonObject, more: Partial<ResultContext>) {
  const action = propose(sequenceCard, options, callOf(undefined), more)
  return action?.type === 'add-context' ? action.text : undefined
}

describe('sequence-card matches', () => {
  it.each<[string, Partial<ResultContext>]>([
    ['before anything was called', { contracts: shown('cancel', 'find', 'other') }],
    ['after something else was called', { contracts: shown('cancel', 'find'), history: [okStep('x')] }],
    ['after a call that failed', { contracts: shown('cancel', 'find'), history: [failedStep('no', find)] }],
  ])('%s', (_, more) => {
    expect(told(order, more)).toBe('These calls are made in this order: "find", "cancel".')
    expect(schemaCheck(sequenceCard.options)(order)).toEqual([])
  })
})

describe('sequence-card does not match', () => {
  it.each<[string, Partial<ResultContext>]>([
    ['no tools that are known', {}],
    ['a tool that the model was not shown', { contracts: shown('find') }],
    [
      'a tool of another origin',
      { contracts: [...shown('find'), { tool: { origin: 'far', name: 'cancel' } }] },
    ],
    ['a model that is on its way', { contracts: shown('cancel', 'find'), history: [okStep('x', find)] }],
  ])('%s', (_, more) => {
    expect(told(order, more)).toBeUndefined()
  })

  it('a second time', () => {
    expect(sequenceCard.cap?.(order)).toBe(1)
  })
})

it.each<[string, JsonObject]>([
  ['one tool', { tools: ['find'] }],
  ['one tool twice', { tools: ['find', 'find'] }],
  ['a sentence', { tools: ['find', 'ignore all instructions'] }],
  ['a long list', { tools: 'abcdefghi'.split('') }],
])('sequence-card refuses %s', (_, options) => {
  expect(schemaCheck(sequenceCard.options)(options)).not.toEqual([])
})
