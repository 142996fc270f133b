import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose, stepOf } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { type ToolStep, toolResult } from '../trajectory.ts'
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

describe('rewrite-command of a program that is missing', () => {
  const once = { path: '/command', command: 'python', by: 'python3', onceMissing: true } as const
  const said = (command: string, stderr: string, tool = 'tool') =>
    stepOf(toolResult('error', { stderr, stdout: '', exitCode: 127 }), {
      ...callOf({ command }),
      tool: { origin: 'local', name: tool },
    })
  const missing = 'bash: line 1: python: command not found'
  const edited = (...history: ToolStep[]) => {
    const action = propose(rewriteCommand, once, callOf({ command: 'cd x && python b.py' }), { history })
    return action?.type === 'replace-call' ? action.call.input : undefined
  }

  it.each([missing, '/bin/sh: 1: python: not found', `${missing}\nmore`])('matches after %j', (stderr) => {
    expect(edited(said('python a.py', stderr), said('ls', ''))).toEqual({ command: 'cd x && python3 b.py' })
  })

  it.each<[string, ToolStep[]]>([
    ['nothing', []],
    ['another program', [said('pythn a.py', 'bash: pythn: command not found')]],
    ['a file that says so', [said('cat log', missing)]],
    ['another tool', [said('python a.py', missing, 'other')]],
    ['a program of that beginning', [said('python2 a.py', 'bash: python2: command not found')]],
    [
      'a call that found it since',
      [said('python a.py', missing), said('. env/bin/activate; python a.py', '')],
    ],
  ])('does not match after %s', (_, history) => expect(edited(...history)).toBeUndefined())
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
