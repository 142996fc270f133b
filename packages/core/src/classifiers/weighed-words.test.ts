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

it('weighed-words proves nothing of an effect', () => {
  const effects = [
    'File has not been read yet. Read it first before writing to it.',
    'Tool not available in this mode',
    'Payment was charged, but the response body could not be parsed',
  ].flatMap((message) => verdictOf(weighedWords, failedStep(message))?.effect ?? [])
  expect([...new Set(effects)]).toEqual(['possible'])
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
