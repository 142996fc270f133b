import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { softFailure } from './soft-failure.ts'

describe('soft-failure matches', () => {
  it.each<[unknown, string]>([
    [{ isError: true, content: [{ type: 'text', text: 'no seats' }] }, 'no seats'],
    [{ success: false, message: 'no' }, 'no'],
    [{ ok: false, reason: 'no' }, 'no'],
    [{ error: 'no' }, 'no'],
    [{ error: { message: 'no', code: 1 } }, 'no'],
    [{ errors: [{ message: 'no' }], data: null }, 'no'],
    [{ status: 'error', message: 'no' }, 'no'],
    [{ exitCode: 1, stderr: 'no' }, 'no'],
    [{ output: 'no', metadata: { exit_code: 1, seconds: 2 } }, 'no'],
    ['{"output":"no","metadata":{"exit_code":1}}', 'no'],
    [{ error: 'Message error...', response: 'no' }, 'no'],
    [{ error: 'Unexpected error', details: 'no' }, 'no'],
    [{ error: 'bad room', details: 'no' }, 'bad room: no'],
    ['{"error": "no"}', 'no'],
    [[{ type: 'text', text: '{"success": false, "detail": "no"}' }], 'no'],
    [{ content: [{ type: 'text', text: '{"error": "no"}' }] }, 'no'],
    [{ success: false }, 'a field of the result says that it failed'],
  ])('%j', (value, evidence) => {
    expect(verdictOf(softFailure, okStep(value))).toMatchObject({
      category: 'result.soft_failure',
      rank: 'text',
      evidence,
    })
  })
})

describe('soft-failure does not match', () => {
  it.each<[string, unknown]>([
    ['"error": null', { error: null, data: 1 }],
    ['an empty error', { error: '', errors: [], data: 1 }],
    ['error: false', { error: false }],
    ['success', { success: true, ok: true }],
    ['partial data', { errors: [{ message: 'x' }], data: { a: 1 } }],
    ['a job that failed', { id: 1, status: 'failed' }],
    ['a status word without a message', { status: 'error' }],
    ['exit code 0', { exitCode: 0, stderr: 'warning' }],
    ['prose', 'Error: not found'],
    ['JSON that is cut', '{"error": "x'],
    ['an error deep inside the data', { rows: [{ error: 'x' }, { ok: 1 }] }],
    ['nothing', undefined],
  ])('%s', (_, value) => {
    expect(verdictOf(softFailure, okStep(value))).toBeUndefined()
  })

  it('what the host calls a failure', () => {
    expect(verdictOf(softFailure, failedStep('x'))).toBeUndefined()
  })
})
