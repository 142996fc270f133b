import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import type { ErrorFacts } from '../trajectory.ts'
import { timeout } from './timeout.ts'

describe('timeout matches', () => {
  it.each<[ErrorFacts, string]>([
    [{ message: 'x', name: 'TimeoutError' }, 'possible'],
    [{ message: 'x', name: 'requests.exceptions.ReadTimeout' }, 'possible'],
    [{ message: 'x', code: 'ETIMEDOUT' }, 'possible'],
    [{ message: 'x', code: -32001 }, 'possible'],
    [{ message: 'x', code: 'UND_ERR_CONNECT_TIMEOUT' }, 'none'],
  ])('%j, effect %s', (error, effect) => {
    expect(verdictOf(timeout, failedStep(error))).toMatchObject({
      category: 'exec.timeout',
      rank: 'typed',
      effect,
    })
  })

  it.each([
    'Command timed out',
    'Timed out while waiting for response. Waited 100.0 seconds.',
    'Error: Timeout 30000ms exceeded.',
    'timeout of 1000ms exceeded',
    'context deadline exceeded',
    'Error: timeout',
    'The request timeout was hit',
    'the server took too long to answer',
  ])('%s', (message) => {
    expect(verdictOf(timeout, failedStep(message))).toMatchObject({ category: 'exec.timeout', rank: 'text' })
  })
})

describe('timeout does not match', () => {
  it.each([
    'Return code: 1\nTimeout limit: 30 seconds',
    'Unknown argument: timeout',
    'Invalid timeout value',
    'Timeout 30000ms exceeded, waiting for locator("#buy")',
    'The store closes in time',
  ])('%s', (message) => {
    expect(verdictOf(timeout, failedStep(message))).toBeUndefined()
  })

  it('a success', () => {
    expect(verdictOf(timeout, okStep('the request timed out'))).toBeUndefined()
  })
})
