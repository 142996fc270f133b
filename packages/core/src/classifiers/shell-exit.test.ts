import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { shellExit } from './shell-exit.ts'

describe('shell-exit matches', () => {
  it.each([
    ['bash: line 1: parallel: command not found', 'exec.dependency'],
    ['sh: 1: foo: not found', 'exec.dependency'],
    ["'foo' is not recognized as an internal or external command,", 'exec.dependency'],
    ["grep: invalid option -- 'p'\nUsage: grep [OPTION]...", 'exec.dependency'],
    ['ls: unrecognized option `--colour`', 'exec.dependency'],
    ["find: unknown predicate `-foo'", 'exec.dependency'],
    ["bash: -c: line 1: unexpected EOF while looking for matching `''", 'contract.value'],
    ['awk: line 1: syntax error at or near ;', 'contract.value'],
    ['stat: missing operand\nTry "stat --help"', 'contract.missing_param'],
    ['cat: /etc: Is a directory', 'contract.value'],
    ["cp: target 'x' is not a directory", 'contract.value'],
    ["ls: cannot access 'x': No such file or directory", 'state.not_found'],
    ['cat: /root/x: Permission denied', 'auth.denied'],
    ["ln: failed to create symbolic link 'x': File exists", 'state.conflict'],
    ['cp: x: No space left on device', 'exec.unavailable'],
    ['curl: (6) Could not resolve host: x.test', 'exec.unavailable'],
    ['Killed', 'exec.unavailable'],
  ])('what programs print: %s', (message, category) => {
    const rank = message === 'Killed' ? 'protocol' : 'template'
    const error = message === 'Killed' ? { message, code: 137 } : { message }
    expect(verdictOf(shellExit, failedStep(error))).toMatchObject({ category, rank })
  })

  it.each([
    [2, 'wrong', 'contract.value'],
    [124, '', 'exec.timeout'],
    [126, 'x', 'auth.denied'],
    [127, 'x', 'exec.dependency'],
    [137, 'x', 'exec.unavailable'],
    [1, 'cat: x: No such file or directory', 'state.not_found'],
    [127, 'bash: line 1: total: unbound variable', 'contract.value'],
    [127, 'bash: Zeile 1: total ist nicht gesetzt.', 'contract.value'],
  ])('the exit code %i with %j: %s', (exitCode, stderr, category) => {
    expect(verdictOf(shellExit, okStep({ exitCode, stderr }))).toMatchObject({ category, rank: 'protocol' })
  })

  it.each([
    ['Usage: a [OPTION]...\n\n  -n, --quiet  expects nothing', 'contract.missing_param'],
    ['usage: a [-h]\na: error: unrecognized arguments: --b', 'exec.dependency'],
  ])('how to call it, and what else is said: %j', (stderr, category) => {
    expect(verdictOf(shellExit, okStep({ exitCode: 2, stderr }))?.category).toBe(category)
  })

  it.each([
    [{ message: 'Command failed', code: 127 }, 'exec.dependency'],
    [{ message: 'Command failed', status: 126 }, 'auth.denied'],
  ])('the exit code of a child process of Node: %j', (error, category) => {
    expect(verdictOf(shellExit, failedStep(error))).toMatchObject({ category, rank: 'protocol' })
  })

  it('a silent exit 1 as an empty answer, and Ctrl-C as nobody’s failure', () => {
    expect(verdictOf(shellExit, okStep({ exitCode: 1, stdout: '' }))?.category).toBe('result.empty')
    expect(verdictOf(shellExit, failedStep('command failed with exit code 1'))?.category).toBe('result.empty')
    const interrupted = verdictOf(shellExit, okStep({ exitCode: 130, stderr: '' }))
    expect(interrupted).toMatchObject({ attribution: 'user', expectedNegative: true })
  })
})

describe('shell-exit does not match', () => {
  it.each([
    'Error: order not found',
    'Customer 12: not found',
    'Key must be unique.',
    'HTTP 404: page not found',
    'usage limit reached',
    'some text',
  ])('%s', (message) => {
    expect(verdictOf(shellExit, failedStep(message))).toBeUndefined()
  })

  it('exit code 0, and prose in a success', () => {
    expect(verdictOf(shellExit, okStep({ exitCode: 0, stderr: 'x: command not found' }))).toBeUndefined()
    expect(verdictOf(shellExit, okStep('bash: foo: command not found'))).toBeUndefined()
  })
})
