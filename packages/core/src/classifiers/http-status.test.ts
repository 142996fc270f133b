import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { httpStatus } from './http-status.ts'

describe('http-status matches', () => {
  it.each([
    [400, 'contract.value', 'none'],
    [401, 'auth.denied', 'none'],
    [402, 'state.precondition', 'none'],
    [403, 'auth.denied', 'none'],
    [404, 'state.not_found', 'none'],
    [408, 'exec.timeout', 'none'],
    [409, 'state.conflict', 'none'],
    [410, 'state.not_found', 'none'],
    [413, 'result.oversize', 'none'],
    [422, 'contract.value', 'none'],
    [429, 'exec.rate_limited', 'none'],
    [500, 'exec.unavailable', 'possible'],
    [503, 'exec.unavailable', 'possible'],
  ])('%i on the error: %s, effect %s', (status, category, effect) => {
    const found = verdictOf(httpStatus, failedStep({ message: 'x', status }))
    expect(found).toMatchObject({ category, effect, rank: 'typed' })
  })

  it.each([
    [
      'Request failed: 400 Bad Request - {"errors":{"seat":"You must specify a seat."}}',
      'contract.missing_param',
    ],
    ['Validation Failed: {"code":"missing_field","field":"seat"} (status: 422)', 'contract.missing_param'],
    ['Request failed with status code 400: seat 7 is unlucky', 'contract.value'],
  ])('asks the words beside a status of refusal: %s', (message, category) => {
    expect(verdictOf(httpStatus, failedStep({ message }))).toMatchObject({ category })
  })

  it.each<[unknown, string]>([
    [{ status: 404, message: 'gone' }, 'state.not_found'],
    [{ statusCode: 503 }, 'exec.unavailable'],
    ['{"status":404,"object":"error","message":"no such page"}', 'state.not_found'],
    [{ error: { status: 429, message: 'slow down' } }, 'exec.rate_limited'],
    [[{ type: 'text', text: '{"status":500,"message":"x"}' }], 'exec.unavailable'],
  ])('a status in a result: %j', (value, category) => {
    expect(verdictOf(httpStatus, okStep(value))).toMatchObject({ category, rank: 'protocol' })
  })

  it.each([
    ['chat not found', 'state.not_found'],
    ['A sheet of this name already exists', 'state.conflict'],
    ['API key not valid', 'auth.denied'],
    ['internal error', 'contract.value'],
  ])('a 400 by what it says: %s', (message, category) => {
    expect(verdictOf(httpStatus, failedStep({ message, status: 400 }))?.category).toBe(category)
  })

  it.each([
    ['You have reached the maximum number of projects', 403],
    ['You have reached the maximum number of projects', 400],
    ['transfer not completed: limit exceeded', 400],
  ])('words that a phrase does not bear out do not say to wait: %s', (message, status) => {
    const found = verdictOf(httpStatus, failedStep({ message, status }))
    expect(found?.category).not.toBe('exec.rate_limited')
    expect(found?.retryable).not.toBe('after-delay')
  })

  const locations = [{ line: 1, column: 3 }]
  it.each<[object, string]>([
    [{ message: 'Cannot query field "x" on type "Y".', locations }, 'contract.value'],
    [{ message: 'Field "x" argument "id" is required', locations }, 'contract.missing_param'],
    [{ message: 'Unknown fragment "x".', locations }, 'contract.value'],
  ])('a query that GraphQL refuses: %j', (error, category) => {
    const found = verdictOf(httpStatus, okStep({ status: 200, body: { errors: [error] } }))
    expect(found).toMatchObject({ category, rank: 'protocol', effect: 'none' })
  })

  it('but not what went wrong in answering it', () => {
    const errors = [{ message: 'no such order', locations, path: ['order'] }]
    expect(verdictOf(httpStatus, okStep({ status: 200, body: { errors, data: null } }))).toBeUndefined()
  })

  it.each([
    ['Error: 503 Service Unavailable', 'exec.unavailable'],
    ['<HttpError 400 when requesting https://x.test>', 'contract.value'],
    ['HTTP/1.1 502 Bad Gateway', 'exec.unavailable'],
    ['Error executing query: 400 No matching signature', 'contract.value'],
    ['got 404 Not Found', 'state.not_found'],
    ["Client error '409 Conflict' for url 'https://x.test/a'", 'state.conflict'],
  ])('a status in a text, last: %s', (message, category) => {
    expect(verdictOf(httpStatus, failedStep(message))).toMatchObject({ category, rank: 'text' })
  })

  it.each([
    ['Failed to fetch https://x.test - status code 404', 'state.not_found'],
    ['Request failed with status code 401', 'auth.denied'],
    ['GET https://x.test/a: 409 it is newer', 'state.conflict'],
    ['Failed to search: 429', 'exec.rate_limited'],
    ['API Error (404): <!DOCTYPE html>', 'state.not_found'],
    ['Unexpected server response: 403', 'auth.denied'],
    ['Invalid status code 404', 'state.not_found'],
  ])('a status of one meaning, before words that say no more: %s', (message, category) => {
    expect(verdictOf(httpStatus, failedStep(message))).toMatchObject({ category, rank: 'template' })
  })

  it('a method that is not allowed is no person who is not', () => {
    const page = failedStep({ message: '405 Not Allowed', status: 405 })
    expect(verdictOf(httpStatus, page)?.category).toBe('contract.value')
  })
})

describe('http-status does not match', () => {
  it.each<[string, unknown]>([
    ['no content', { status: 204 }],
    ['a redirection', { status: 302 }],
    ['an error that is none', { status: 200, error: null }],
    ['a status that is a word', { status: 'shipped' }],
    ['a number that is no status', { status: 42_000 }],
    ['prose about a status', 'The page said 404 Not Found'],
  ])('a success with %s', (_, value) => {
    expect(verdictOf(httpStatus, okStep(value))).toBeUndefined()
  })

  it.each([
    'order 404 was not found',
    'total price is 503, but paid 404',
    'line 400: unexpected token',
    'expected at most 500 characters',
    'Could not find [Apollo 440 (band)]',
    'exit code 137',
  ])('a number that is no status: %s', (message) => {
    expect(verdictOf(httpStatus, failedStep(message))).toBeUndefined()
  })
})
