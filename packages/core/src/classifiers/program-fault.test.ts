import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { programFault } from './program-fault.ts'

describe('program-fault matches', () => {
  it.each([
    ['main.c: In function ‘main’:\nmain.c:1:25: error: ‘a’ undeclared', 'contract.value'],
    ['main.c:1:25: erreur : « a » non déclaré', 'contract.value'],
    ['main.c:1:10: fatal error: x/y.h: No such file or directory', 'exec.dependency'],
    ["main.ts(1,18): error TS2304: Cannot find name 'a'.", 'contract.value'],
    ["main.ts(1,18): error TS2307: Kann das Modul 'a' nicht finden.", 'exec.dependency'],
    ['Build failed with 1 error:\n<stdin>:1:23: ERROR: Unexpected "="', 'contract.value'],
    ['Build failed with 1 error:\n<stdin>:1:23: ERROR: Could not resolve "left-pad"', 'exec.dependency'],
    ['Undefined subroutine &main::f called at -e line 1.', 'contract.value'],
    ["Can't locate A/B.pm in @INC (you may need to install it) at -e line 1.", 'exec.dependency'],
    ['jq: error (at <stdin>:1): Cannot index number with string "a"', 'contract.value'],
    ['a.y:1.8-16: error: start symbol x does not derive any sentence', 'contract.value'],
    ["-e:1:in `/': divided by 0 (ZeroDivisionError)", 'contract.value'],
    ['Undefined variable.\n  ╷\n1 │ a { color: $b; }\n  │            ^^\n  ╵', 'contract.value'],
    ['PHP Fatal error: Uncaught Error: Undefined constant "A" in a.php:3', 'contract.value'],
  ])('%s: %s', (message, category) => {
    expect(verdictOf(programFault, failedStep(message))).toMatchObject({ category, rank: 'template' })
  })

  it('with the rank of an exit code where there is one', () => {
    const stderr = 'main.ts(1,1): error TS1109: Expression expected.'
    const found = verdictOf(programFault, okStep({ exitCode: 2, stdout: stderr, stderr: '' }))
    expect(found).toMatchObject({ category: 'contract.value', rank: 'protocol' })
  })
})

describe('program-fault does not match', () => {
  it.each([
    'open: No such file or directory at -e line 1.',
    'gcc: error: unrecognized command-line option',
    "-e:1:in `write': Permission denied @ rb_sysopen - /etc/a (Errno::EACCES)",
    'PHP Fatal error: Uncaught PDOException: SQLSTATE[HY000]: no such table: a in a.php:3',
    'main.c:1:10: error: a.txt: Permission denied',
    'bash: line 1: a: command not found',
    'connect to 127.0.0.1:80:443 failed',
    'the meeting is at 10:30: room 5',
    '2024-01-02 10:11:12: error: service unavailable',
    'Error: order 5 at line 12, not found',
    'jq: error: Could not open file a: No such file or directory',
  ])('%s', (message) => {
    expect(verdictOf(programFault, failedStep(message))).toBeUndefined()
  })

  it('a success that shows one', () => {
    expect(verdictOf(programFault, okStep('main.c:1:25: error: x'))).toBeUndefined()
  })
})
