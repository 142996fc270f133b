import { describe, expect, it } from 'vitest'
import { exitNote } from './exit-note.ts'

describe('exitNote', () => {
  it.each([
    ['Exit code 2\nls: cannot access a', 2, 'ls: cannot access a'],
    ['exitcode: 1 (execution failed)\nCode output: \nboom', 1, 'boom'],
    ['exit status: 0\nall fine', 0, 'all fine'],
    [
      '<returncode>127</returncode>\n<output>\nsh: 1: foo: not found\n</output>',
      127,
      'sh: 1: foo: not found',
    ],
    ['<exit_code>0</exit_code>', 0, ''],
    ['Wall time: 0.2 seconds\nProcess exited with code 1\nOutput:\nboom', 1, 'boom'],
    ['Chunk: 4\nWall time: 2 s\nProcess exited with code 0\nOutput:\nfine', 0, 'fine'],
    ['boom\n[The command completed with exit code 3.]\n[Current directory: /srv]', 3, 'boom'],
    ['[Command finished with exit code 0]\n', 0, ''],
  ])('in %j', (text, code, printed) => {
    expect(exitNote(text)).toEqual({ code, printed })
  })

  it.each([
    'the job ended\nProcess exited with code 1',
    'see [exit code 3] in the manual',
    'exit codes are explained below',
    '[a list]\n[Command finished with exit code 1]\nand more text',
    'Exit code 1 means that nothing was found',
    '',
  ])('none in %j', (text) => {
    expect(exitNote(text)).toBeUndefined()
  })
})
