import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { errorText } from './error-text.ts'

describe('error-text matches', () => {
  it.each([
    ['exec.rate_limited', 'Rate limit exceeded, please try again later'],
    ['exec.rate_limited', 'You are making requests too quickly'],
    ['exec.rate_limited', 'Monthly quota exceeded'],
    ['exec.env_drift', 'Timeout 5000ms exceeded. waiting for locator("#buy")'],
    ['exec.env_drift', 'Target page, context or browser has been closed'],
    ['auth.denied', 'Access denied: bucket x is not in the list'],
    ['auth.denied', 'Invalid API key'],
    ['auth.denied', "Command 'python3' is not allowed"],
    ['auth.denied', 'Please log in before you continue'],
    ['exec.dependency', "No module named 'pandas'"],
    ['exec.dependency', 'ffmpeg is not installed'],
    ['exec.unavailable', 'Could not connect to server'],
    ['exec.unavailable', 'Service temporarily unavailable'],
    ['exec.unavailable', 'fetch failed'],
    ['contract.missing_param', 'Missing required parameter: id'],
    ['contract.missing_param', 'The field "name" cannot be empty'],
    ['contract.misnamed_param', 'Unknown parameter "limit"'],
    ['state.conflict', 'Key name must be unique.'],
    ['state.conflict', 'User already exists'],
    ['state.conflict', 'The seat is already booked'],
    ['state.not_found', 'order not found'],
    ['state.not_found', "Unknown column 'Model' in 'field list'"],
    ['state.not_found', "Table 'a.b' doesn't exist"],
    ['state.not_found', 'No results for that query'],
    ['contract.type', 'limit must be an integer'],
    ['result.oversize', 'The response is too large to be shown'],
    ['contract.value', 'Entry is too long.'],
    ['contract.value', 'You have an error in your SQL syntax near FROM'],
    ['contract.value', 'payment amount does not add up'],
    ['contract.value', 'Key must be in snake_case format'],
    ['contract.value', 'Invalid date'],
    ['contract.value', "Column 'id' in field list is ambiguous"],
    ['state.precondition', 'non-delivered order cannot be returned'],
    ['state.precondition', 'gift card balance is not enough'],
    ['state.precondition', 'flight A1 not available on date'],
    ['state.precondition', 'Memory is full. Please clear some entries.'],
    ['state.precondition', 'No document is currently open'],
    ['state.precondition', 'You must start the engine first'],
    ['state.precondition', 'Invalid action!'],
    ['result.empty', ''],
  ])('%s: %s', (category, message) => {
    expect(verdictOf(errorText, failedStep(message))).toMatchObject({
      category,
      rank: 'text',
      effect: 'possible',
    })
  })

  it('the innermost text of a result', () => {
    expect(
      verdictOf(errorText, okStep({ success: false, error: { message: 'user not found' } }))?.category,
    ).toBe('state.not_found')
    expect(verdictOf(errorText, okStep('{"error": "Key name must be unique."}'))?.category).toBe(
      'state.conflict',
    )
  })

  it('the beginning and the end of a long one only', () => {
    const long = `${'x '.repeat(300)}not found${' x'.repeat(300)}`
    expect(verdictOf(errorText, failedStep(long))).toBeUndefined()
    expect(verdictOf(errorText, failedStep(`${'x '.repeat(500)}user not found`))?.category).toBe(
      'state.not_found',
    )
  })
})

it('error-text proves no effect', () => {
  const step = failedStep('Message sent, but the provider returned invalid JSON')
  expect(verdictOf(errorText, step)).toMatchObject({ category: 'parse.malformed_json', effect: 'possible' })
})

describe('error-text does not match', () => {
  it.each(['url error', 'Something went wrong', 'Failed to retrieve the data', '0', 'no'])(
    '%s',
    (message) => {
      expect(verdictOf(errorText, failedStep(message))).toBeUndefined()
    },
  )

  it.each(['user not found', { message: 'rate limit exceeded' }, ['access denied']])(
    'a success: %j',
    (value) => {
      expect(verdictOf(errorText, okStep(value))).toBeUndefined()
    },
  )
})
