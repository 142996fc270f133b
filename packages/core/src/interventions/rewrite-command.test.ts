import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { rewriteCommand } from './rewrite-command.ts'

const quiet = { path: '/command', remove: '2>/dev/null' }
const python = { path: '/command', command: 'python3', by: 'python' }

describe('rewrite-command matches', () => {
  it.each<[JsonObject, string, string]>([
    [quiet, 'ls *.csv 2>/dev/null | head', 'ls *.csv | head'],
    [quiet, 'find . -name "a b" 2>/dev/null', 'find . -name "a b"'],
    [quiet, 'ls 2> /dev/null; ls x 2>/dev/null', 'ls; ls x'],
    [{ path: '/command', remove: '2>&1' }, 'make 2>&1 | tail', 'make | tail'],
    [python, 'cd x && python3 a.py', 'cd x && python a.py'],
    [python, 'python3 -c "print(1)"; python3 b.py', 'python -c "print(1)"; python b.py'],
  ])('%j: %j → %j', (options, command, expected) => {
    expect(editedInput(rewriteCommand, options, { command, timeout: 5 })).toEqual({
      command: expected,
      timeout: 5,
    })
  })
})

describe('rewrite-command does not match', () => {
  it.each<[JsonObject, Json]>([
    [quiet, 'ls >/dev/null'],
    [quiet, 'echo "2>/dev/null"'],
    [quiet, "sh -c 'ls 2>/dev/null"],
    [quiet, 'ls $(cat x 2>/dev/null)'],
    [quiet, 5],
    [python, 'which python3'],
    [python, 'python3.11 a.py'],
    [python, '"python3" a.py'],
    [python, 'echo python3 | cat'],
    [python, 'cat <<EOF\npython3\nEOF'],
  ])('%j: %j', (options, command) => {
    expect(editedInput(rewriteCommand, options, { command })).toBeUndefined()
  })
})

describe('rewrite-command', () => {
  it.each<JsonObject>([
    { path: '/c', remove: '--dry-run' },
    { path: '/c', remove: '>out.txt' },
    { path: '/c', command: 'rm', by: 'trash' },
    { path: '/c', command: 'apt', by: 'sudo' },
    { path: '/c', command: 'ls', by: 'ls -R' },
    { path: '/c', command: 'ls', by: 'ls' },
    { path: '/c' },
  ])('refuses %j', (options) => expect(() => rewriteCommand.compile(options)).toThrow())

  it('leaves its own output alone', () => {
    for (const options of [quiet, python])
      expect(editedInput(rewriteCommand, options, { command: 'python a.py | head' })).toBeUndefined()
  })

  it('is a person’s decision where another program runs', () => {
    expect(rewriteCommand.riskFor?.(python)).toBe('effect')
    expect(rewriteCommand.riskFor?.(quiet)).toBe('value')
  })
})
