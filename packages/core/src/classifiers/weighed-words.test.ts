import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { weighedWords } from './weighed-words.ts'

describe('weighed-words matches', () => {
  it.each([
    ['state.precondition', 'File has not been read yet. Read it first before writing to it.'],
    ['contract.value', 'operator +: nonconformant arguments (op1 is 1x3, op2 is 1x4)'],
  ])('%s: %s', (category, message) => {
    expect(verdictOf(weighedWords, failedStep(message))).toMatchObject({
      category,
      rank: 'text',
      evidence: message,
    })
  })
})

describe('weighed-words does not match', () => {
  it.each(['', '0', 'Something went wrong', "No such file: 'a.txt'", 'Request timed out', 'ugyldig verdi'])(
    '%j',
    (message) => {
      expect(verdictOf(weighedWords, failedStep(message))).toBeUndefined()
    },
  )

  it.each(['permission denied for this user', { message: 'the file has not been read yet' }])(
    'a success: %j',
    (value) => {
      expect(verdictOf(weighedWords, okStep(value))).toBeUndefined()
    },
  )
})
