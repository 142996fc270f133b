import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { declaredOutcome } from './declared-outcome.ts'

const declared = (succeeded: boolean | undefined) => ({ succeeded: () => succeeded })

describe('declared-outcome', () => {
  it('matches a success that the user calls a failure', () => {
    const found = verdictOf(declaredOutcome, okStep('x'), declared(false))
    expect(found).toMatchObject({ category: 'result.soft_failure', rank: 'typed' })
  })

  it('does not match what he says nothing about, or the host calls a failure too', () => {
    expect(verdictOf(declaredOutcome, okStep('x'), declared(undefined))).toBeUndefined()
    expect(verdictOf(declaredOutcome, okStep('x'), declared(true))).toBeUndefined()
    expect(verdictOf(declaredOutcome, failedStep('x'), declared(false))).toBeUndefined()
  })
})
