import { describe, expect, it } from 'vitest'
import { errorLines } from './error-lines.ts'

describe('errorLines finds the line that says what failed', () => {
  it.each([
    ['order not found', 'order not found'],
    ['bash: warning: setlocale: cannot change locale\ncat: a: Is a directory', 'cat: a: Is a directory'],
    ['Usage:\n  pip install [options]\n\nno such option: --a', 'no such option: --a'],
    [
      'Creating package\nerror: invalid character in name\nnote: names are letters',
      'error: invalid character in name',
    ],
    ['\u001b[31m│\u001b[0m \u001b[1mError: Unclosed block\u001b[0m\n│ on line 1', 'Error: Unclosed block'],
    ['npm error code EUSAGE\nnpm error\nnpm error Missing script', 'code EUSAGE'],
    ['CMake Error at a.txt:3 (foo):\n  Unknown command', 'CMake Error at a.txt:3 (foo): Unknown command'],
    ['E1129 06:18:22.8 14613 run.go:72] "command failed"', '"command failed"'],
    ['warning: a\nwarning: b', 'warning: a'],
    ['Usage: a [OPTION]...\n\n  -n, --quiet  expects nothing', 'Usage: a [OPTION]...'],
  ])('%j: %s', (message, headline) => {
    expect(errorLines(message).headline).toBe(headline)
  })

  it('keeps what else was said behind it', () => {
    expect(errorLines('reading\nhint: look\nfatal: not here').text).toBe('fatal: not here\nreading')
  })

  it.each(['', '\n\n', 'a'.repeat(20_000), 'usage: x\n  y'.repeat(500)])(
    'comes to an end on %#',
    (message) => {
      expect(errorLines(message).text.length).toBeLessThanOrEqual(message.length)
    },
  )
})

it('leaves out what says that something was refused, and not what', () => {
  expect(errorLines('Invalid request.\n\n"title" was not supplied.').headline).toBe(
    '"title" was not supplied.',
  )
  expect(errorLines('Bad Request: chat not found').headline).toBe('chat not found')
  expect(errorLines('Validation failed').headline).toBe('Validation failed')
})
