import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { ErrorFacts } from '../../trajectory.ts'
import { evidentError, recordedError } from './error-text.ts'

describe('recordedError', () => {
  it.each<[string, Json | undefined, ErrorFacts]>([
    ['a text', '  no such file\n', { message: 'no such file' }],
    ['nothing', '', { message: 'unknown error' }],
    ['null', null, { message: 'unknown error' }],
    ['a JSON error', '{"error": "Key not found."}', { message: 'Key not found.' }],
    [
      'a nested JSON error',
      { error: { message: 'slow down', code: 429, type: 'rate' } },
      { message: 'slow down', code: 429, status: 429 },
    ],
    [
      'a status beside the error',
      { status: 503, error: 'unavailable' },
      { message: 'unavailable', status: 503 },
    ],
    [
      'an MCP text',
      '{"type":"text","text":"Access denied","annotations":null}',
      { message: 'Access denied' },
    ],
    ['a list of MCP texts', '[{"type":"text","text":"a"},{"type":"text","text":"b"}]', { message: 'a\nb' }],
    [
      'an MCP result with JSON inside',
      { isError: true, content: [{ type: 'text', text: '{"error":"bad id"}' }] },
      { message: 'bad id' },
    ],
    [
      'a system code',
      { code: 'ECONNRESET', message: 'socket hang up' },
      { message: 'socket hang up', code: 'ECONNRESET' },
    ],
    ['an unknown object', '{"results": [1]}', { message: '{"results": [1]}' }],
    [
      'a cut envelope',
      '{"type":"text","text":"Err…[9 cut]',
      { message: '{"type":"text","text":"Err…[9 cut]' },
    ],
    ['empty members', { error: '', message: ' ' }, { message: '{"error":"","message":" "}' }],
  ])('%s', (_, value, expected) => {
    expect(recordedError(value)).toEqual(expected)
  })
})

describe('evidentError', () => {
  it.each<[Json, string]>([
    ['Error: user not found', 'Error: user not found'],
    ['  error: no', 'error: no'],
    ['{"error": "Key not found."}', 'Key not found.'],
    ['{"isError": true, "content": [{"type":"text","text":"denied"}]}', 'denied'],
    [{ error: { message: 'x' } }, 'x'],
    [{ is_error: true, message: 'y' }, 'y'],
    ['{"error": "Unexpected error", "details": "no route"}', 'no route'],
    ['{"error": "Message error...", "response": "the key is disabled"}', 'the key is disabled'],
    ['<tool_use_error>Read it first</tool_use_error>', '<tool_use_error>Read it first</tool_use_error>'],
    ['Error executing tool book: no seat', 'Error executing tool book: no seat'],
    ['Failed to open the file: no such entry', 'Failed to open the file: no such entry'],
    ['acme.BookingError: no seat', 'acme.BookingError: no seat'],
    ['bash: foo: command not found', 'bash: foo: command not found'],
    ['Exit code 2\nls: no such entry', 'ls: no such entry'],
    ['<returncode>1</returncode>\n<output></output>', 'exit code 1'],
  ])('%j matches', (value, message) => {
    expect(evidentError(value)?.message).toBe(message)
  })

  it.each<[Json]>([
    ['No error: all fine'],
    ['Errors found in 3 files'],
    ['Error handling in five languages: a survey'],
    ['Failed to launch, and what came of it'],
    ['bash: foo: command not found\nis what a shell says'],
    ['Exit code 0\nError: of a test that is meant to fail'],
    [`Failed to load the page: ${'and so on '.repeat(300)}`],
    ['the log says "error": "x"'],
    ['{"error": null, "rows": 3}'],
    ['{"error": false}'],
    ['{"error": "", "rows": 3}'],
    ['{"rows": [{"error": "of a row"}]}'],
    ['[{"error": "in a list"}]'],
    ['{"isError": false}'],
    ['{"error": "cut'],
    [''],
    [null],
    [{ errors: 0 }],
  ])('%j does not match', (value) => {
    expect(evidentError(value)).toBeUndefined()
  })
})
