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

  it('does not ask for the repetitions of a tool that was not called before', () => {
    const other = failedStep('no', callOf({}, { tool: { origin: 'local', name: 'other' } }))
    const repeats = () => {
      throw new Error('asked')
    }
    expect(
      verdictOf(repeatedCall, failedStep('no', call), { repeats, history: [other, other] }),
    ).toBeUndefined()
  })
})
