import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { systemError } from './system-error.ts'

describe('system-error matches', () => {
  it.each([
    ['ENOENT', 'state.not_found', 'possible'],
    ['EACCES', 'auth.denied', 'possible'],
    ['EEXIST', 'state.conflict', 'possible'],
    ['EISDIR', 'contract.value', 'possible'],
    ['ECONNREFUSED', 'exec.unavailable', 'none'],
    ['ECONNRESET', 'exec.unavailable', 'possible'],
    ['ENOTFOUND', 'exec.unavailable', 'none'],
    ['ERR_MODULE_NOT_FOUND', 'exec.dependency', 'possible'],
  ])('the code %s: %s, effect %s', (code, category, effect) => {
    expect(verdictOf(systemError, failedStep({ message: 'x', code }))).toMatchObject({
      category,
      effect,
      rank: 'typed',
    })
  })

  it.each([
    ["ENOENT: no such file or directory, open '/a'", 'state.not_found'],
    ["[Errno 2] No such file or directory: 'a'", 'state.not_found'],
    ['[Errno 13] Permission denied', 'auth.denied'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'exec.unavailable'],
    ['spawn pandoc ENOENT', 'exec.dependency'],
    ["The cwd option is invalid: ENOENT: no such file, stat '/a' spawn ls ENOENT", 'state.not_found'],
  ])('%s', (message, category) => {
    expect(verdictOf(systemError, failedStep(message))).toMatchObject({
      category,
      rank: 'template',
      effect: 'possible',
    })
  })
})

describe('system-error does not match', () => {
  it.each(['ERROR: bad input', 'EXPECTED a number', 'ECONOMY is sold out', '[Errno 999] odd', 'x'])(
    '%s',
    (message) => {
      expect(verdictOf(systemError, failedStep(message))).toBeUndefined()
    },
  )

  it('a success', () => {
    expect(verdictOf(systemError, okStep('ENOENT'))).toBeUndefined()
  })
})
