import { describe, expect, it } from 'vitest'
import { callOf, failure, kindContext } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { toolResult } from '../trajectory.ts'
import { explainCommand } from './explain-command.ts'

const options: JsonObject = {
  path: '/command',
  rules: [
    {
      name: 'no-program',
      says: ['*: {program}: command not found'],
      where: { '{@program}': '{program}' },
      advice: 'no-program',
      slots: { program: '{program}' },
    },
    { name: 'killed', exit: [137], advice: 'was-killed' },
  ],
}

function told(command: string, stderr: string, exitCode: number): Json | undefined {
  const result = toolResult('ok', { stderr, stdout: '', exitCode })
  const context = kindContext(callOf({ command }), {
    result,
    failure: exitCode === 0 ? undefined : failure,
  })
  const action = explainCommand.compile(options)(context)
  return action?.type === 'replace-result' ? action.edit('') : undefined
}

describe('explain-command matches', () => {
  it.each([
    ['brew list', 'bash: line 1: brew: command not found', 127, 'There is no program "brew" here.'],
    ['sleep 99', '', 137, 'ended from outside'],
  ])('%s', (command, stderr, exitCode, expected) => {
    expect(told(command, stderr, exitCode)).toContain(expected)
  })
})

describe('explain-command does not match', () => {
  it.each([
    ['cat log', 'bash: line 1: brew: command not found', 1],
    ['brew list', 'bash: line 1: brew: command not found', 0],
    ['brew list', 'bash: line 1: brew list now: command not found', 127],
    ['false', '', 1],
    ['x', `bash: line 1: ${'x'.repeat(80)}: command not found`, 127],
  ])('%s after %s', (command, stderr, exitCode) => {
    expect(told(command, stderr, exitCode)).toBeUndefined()
  })
})

it('explain-command refuses a rule that edits', () => {
  const rules = [{ name: 'edits', says: ['x'], edits: [{ remove: '@sub' }], advice: 'crashed' }]
  expect(() => explainCommand.compile({ path: '/c', rules })).toThrow('edits nothing')
})
