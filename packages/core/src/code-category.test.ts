import { describe, expect, it } from 'vitest'
import { codeCategory, shownCodeCategory } from './code-category.ts'

describe('codeCategory reads the words of a name, however they are run together', () => {
  it.each([
    ['resource_missing', 'state.not_found'],
    ['ResourceNotFoundException', 'state.not_found'],
    ['NoSuchBucket', 'state.not_found'],
    ['channel_not_found', 'state.not_found'],
    ['InvalidInstanceID.NotFound', 'state.not_found'],
    ['BucketAlreadyExists', 'state.conflict'],
    ['ConditionalCheckFailedException', 'state.conflict'],
    ['name_taken', 'state.conflict'],
    ['parameter_missing', 'contract.missing_param'],
    ['MissingParameter', 'contract.missing_param'],
    ['parameter_unknown', 'contract.misnamed_param'],
    ['unrecognized_keys', 'contract.misnamed_param'],
    ['invalid_type', 'contract.type'],
    ['InvalidParameterValue', 'contract.value'],
    ['context_length_exceeded', 'contract.value'],
    ['METHOD_NOT_ALLOWED', 'contract.value'],
    ['AccessDeniedException', 'auth.denied'],
    ['token_revoked', 'auth.denied'],
    ['MissingAuthenticationToken', 'auth.denied'],
    ['ThrottlingException', 'exec.rate_limited'],
    ['insufficient_quota', 'exec.rate_limited'],
    ['LimitExceededException', 'exec.rate_limited'],
    ['request_timeout', 'exec.timeout'],
    ['ServiceUnavailable', 'exec.unavailable'],
    ['overloaded_error', 'exec.unavailable'],
    ['IncorrectInstanceState', 'state.precondition'],
    ['is_archived', 'state.precondition'],
    ['unknown_method', 'resolve.unknown_tool'],
    ['invalid_json', 'parse.malformed_json'],
  ])('%s: %s', (code, category) => {
    expect(codeCategory(code)).toBe(category)
  })

  it.each([
    ...[
      'TypeError',
      'ValueError',
      'KeyError',
      'RuntimeException',
      'Error',
      'ENOENT',
      'P0001',
      '42P01',
      'E0308',
    ],
    ...['success', 'function', 'custom', 'object', 'not found', 'StripeError', 'api_error', 'a'.repeat(200)],
  ])('and says nothing of %s', (code) => {
    expect(codeCategory(code)).toBeUndefined()
  })
})

describe('shownCodeCategory finds the name in a message', () => {
  it.each([
    ['An error occurred (NoSuchKey) when calling the GetObject operation: nothing', 'state.not_found'],
    ["(ResourceGroupNotFound) Resource group 'a'", 'state.not_found'],
    ['not_in_channel', 'state.precondition'],
    ['rpc error: code = NotFound desc = a', 'state.not_found'],
    ['5 NOT_FOUND: a', 'state.not_found'],
    ['requests.exceptions.ConnectTimeoutError: a', 'exec.timeout'],
    ['Error: code: rate_limit_exceeded', 'exec.rate_limited'],
    ['The API error was: seat_not_found', 'state.not_found'],
  ])('%s: %s', (message, category) => {
    expect(shownCodeCategory(message)).toBe(category)
  })

  it.each([
    'the resource_missing column is wide',
    'TypeError: a is not a function',
    'exit code 1',
    'a duplicate is in use (see NotFound)',
    'status code 404',
    'Validation error: seat_not_found is no number',
    'The error was in: row_name',
  ])('and none in: %s', (message) => {
    expect(shownCodeCategory(message)).toBeUndefined()
  })
})
