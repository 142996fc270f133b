import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { namedCode } from './named-code.ts'

describe('named-code matches', () => {
  it.each([
    [{ error: { code: 'resource_missing', message: "No such customer: 'a'" } }, 'state.not_found', 'typed'],
    [{ ok: false, error: 'token_revoked' }, 'auth.denied', 'template'],
    [{ error: { message: 'a', type: 'not_found_error' } }, 'state.not_found', 'typed'],
    [{ error: { code: 404, message: 'a', status: 'NOT_FOUND' } }, 'state.not_found', 'typed'],
    [{ ok: false, error: 'invalid_arguments' }, 'contract.value', 'text'],
  ])('%j: %s', (value, category, rank) => {
    expect(verdictOf(namedCode, okStep(value))).toMatchObject({ category, rank })
  })

  it('a name in brackets in front of a message', () => {
    const message = 'An error occurred (NoSuchBucket) when calling the ListObjects operation: a'
    expect(verdictOf(namedCode, failedStep(message))).toMatchObject({
      category: 'state.not_found',
      rank: 'template',
    })
  })
})

describe('named-code and what stands behind a code', () => {
  it('a status of gRPC goes before words that say nothing', () => {
    const said = verdictOf(namedCode, failedStep('9 FAILED_PRECONDITION: Unknown Error'))
    expect(said).toMatchObject({ category: 'state.precondition', rank: 'template' })
  })

  it.each([
    'rpc error: code = FailedPrecondition desc = the order already exists',
    'unsupported protocol island (operation="request", code=UNSUPPORTED_OPERATION)',
    '[{"code": "invalid_type", "path": ["item"], "message": "Invalid input: expected string, received undefined"}]',
  ])('leaves to others what tells more: %s', (message) => {
    expect(verdictOf(namedCode, failedStep(message))).toBeUndefined()
  })

  it.each([
    ['An error occurred (InvalidRule.Duplicate) when calling the AddRule operation: a', 'state.conflict'],
    ['lib.FeatureNotFound: Do you need a parser?', 'exec.dependency'],
    ['NoBrokersAvailable', 'exec.unavailable'],
    ['InvalidURL: album/recipe', 'contract.value'],
  ])('%s: %s', (message, category) => {
    expect(verdictOf(namedCode, failedStep(message))?.category).toBe(category)
  })
})

describe('named-code does not match', () => {
  it.each([
    [{ error: { code: 'invalid_request_error', message: 'Unknown parameter: a' } }],
    [{ error: 'something is wrong' }],
    [{ error: { code: 'ERR_17', message: 'a' } }],
    [{ ok: true, code: 'resource_missing' }],
    ['resource_missing'],
  ])('%j', (value) => {
    expect(verdictOf(namedCode, okStep(value))).toBeUndefined()
  })

  it('errors of every kind that a language names', () => {
    expect(verdictOf(namedCode, failedStep('TypeError: a'))).toBeUndefined()
  })
})

it('named-code leaves to the text what a page did not show in time', () => {
  const message = 'TimeoutError: Locator.click: Timeout 500ms exceeded. <div> intercepts pointer events'
  expect(verdictOf(namedCode, failedStep(message))).toBeUndefined()
})
