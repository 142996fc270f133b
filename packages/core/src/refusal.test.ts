import { describe, expect, it } from 'vitest'
import type { Applied } from './action.ts'
import { builtinClassifiers } from './classifiers/index.ts'
import { classifyStep } from './classify.ts'
import { callOf, classifyContext, contractOf, failedStep, okStep } from './contexts.test.support.ts'
import type { Json } from './json.ts'
import { isRefusal } from './refusal.ts'

const SAID = 'Not executed. This call has given the same result 4 times. Change the arguments, or go on.'

const record = (action: Applied['action'], before: Json, after: Json, arm: Applied['arm'] = 'applied') =>
  [{ intervention: 'i', version: 1, arm, action, dead: false, before, after }] as const

const input = { query: 'nothing' }
const refused = { ...failedStep(SAID, callOf(input)), applied: record('respond', input, SAID) }

describe('a refusal', () => {
  it.each([
    ['of a gate', refused],
    ['that ends it', { ...failedStep(SAID, callOf(input)), applied: record('stop', input, SAID) }],
  ])('%s is one, and its words are classified as nothing', (_, step) => {
    expect(isRefusal(step)).toBe(true)
    expect(classifyStep(step, classifyContext(step), builtinClassifiers, () => {})).toBeUndefined()
  })

  it('of a call that would have died is a failure as that call', () => {
    const contract = contractOf({
      type: 'object',
      properties: { query: { type: 'string' } },
      required: ['query'],
      additionalProperties: false,
    })
    const step = { ...failedStep(SAID, callOf({})), applied: record('respond', {}, SAID) }
    const failure = classifyStep(step, classifyContext(step, { contract }), builtinClassifiers, () => {})
    expect(failure).toMatchObject({ category: 'contract.missing_param', dead: true })
    expect(failure?.evidence.bytes).not.toContain('Not executed')
  })

  it.each([
    ['a step that nothing touched', failedStep('out of stock', callOf(input))],
    ['an answer that is a success', { ...okStep({ hits: 1 }), applied: record('respond', {}, { hits: 1 }) }],
    ['a control', { ...failedStep(SAID, callOf(input)), applied: record('respond', input, SAID, 'control') }],
    [
      'an error of the host in other words',
      {
        ...failedStep('-32602: no such tool'),
        applied: record('respond', '-32602: no such tool', 'no such tool'),
      },
    ],
    [
      'an error of the host in the same words',
      { ...failedStep('no such tool'), applied: record('respond', 'no such tool', 'no such tool') },
    ],
    [
      'an error with a hint',
      { ...failedStep('no'), applied: record('replace-result', 'no', 'no\nAsk for less.') },
    ],
  ])('%s is none', (_, step) => {
    expect(isRefusal(step)).toBe(false)
  })
})
