import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { repeatedCall } from './repeated-call.ts'

const call = callOf({ q: 'x' })
const thrice = { repeats: () => 3 }

describe('repeated-call', () => {
  it.each([
    ['a failure', failedStep('no', call)],
    ['a success', okStep({ a: 1 }, call)],
  ])('matches %s for the third time', (_, step) => {
    const found = verdictOf(repeatedCall, step, { ...thrice, history: [step, step] })
    expect(found).toMatchObject({ category: 'traj.repeat', rank: 'trajectory', attribution: 'model' })
  })

  it('does not match the second time', () => {
    const step = failedStep('no', call)
    expect(verdictOf(repeatedCall, step, { repeats: () => 2, history: [step, step] })).toBeUndefined()
  })

  it('does not match results that are not seen whole', () => {
    const step = okStep(new Uint8Array(9), call)
    expect(verdictOf(repeatedCall, step, { ...thrice, history: [step, step] })).toBeUndefined()
  })

  it('does not match a call that succeeds at last', () => {
    const failed = failedStep('no', call)
    expect(
      verdictOf(repeatedCall, okStep('yes', call), { ...thrice, history: [failed, failed] }),
    ).toBeUndefined()
  })

  it('does not match where the history has only calls of another tool', () => {
    const other = failedStep('no', callOf({}, { tool: { origin: 'local', name: 'other' } }))
    expect(
      verdictOf(repeatedCall, failedStep('no', call), { ...thrice, history: [other, other] }),
    ).toBeUndefined()
  })

  it('does not ask for the history of a call that does not recur', () => {
    const context = {
      repeats: () => 2,
      get history(): never {
        throw new Error('asked')
      },
    }
    expect(repeatedCall.classify(failedStep('no', call), context as never)).toBeUndefined()
  })
})
