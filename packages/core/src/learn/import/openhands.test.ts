import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { readerOf, stepsOf } from './format.test.support.ts'
import { openhandsFormat } from './openhands.ts'

const read = readerOf(openhandsFormat)

describe('openhands', () => {
  it('reads actions with the observations that they caused', () => {
    const tool_call_metadata = { function_name: 'execute_bash', model_response: { model: 'gpt-5' } }
    const ran = (id: number, cause: number, content: string, exit_code: number): Json => ({
      ...{ id, cause, source: 'agent', observation: 'run', content, extras: { metadata: { exit_code } } },
    })
    const run = (id: number, command: string): Json => ({
      ...{ id, source: 'agent', action: 'run', args: { command, thought: 'I look.' }, tool_call_metadata },
    })
    const { trajectories, faults } = read(
      { id: 0, source: 'user', action: 'message', args: { content: 'mend it' } },
      run(1, 'ls src'),
      ran(2, 1, 'ls: no such entry', 2),
      run(3, 'cat log'),
      ran(4, 3, 'Error: a line of a log', 0),
      { id: 5, source: 'agent', action: 'edit', args: { path: 'a.py' } },
      { id: 6, cause: 5, source: 'agent', observation: 'error', content: 'no such line' },
      { id: 7, source: 'agent', action: 'finish', args: {} },
    )
    expect(faults).toEqual([])
    expect(trajectories[0]?.family).toBe('gpt-5')
    expect(stepsOf(trajectories[0])).toEqual([
      ['execute_bash', { command: 'ls src' }, 'error', 'ls: no such entry'],
      ['execute_bash', { command: 'cat log' }, 'ok', undefined],
      ['edit', { path: 'a.py' }, 'error', 'no such line'],
    ])
  })

  it('makes no episode of events without a call', () => {
    expect(read({ id: 0, source: 'user', action: 'message' }).trajectories).toEqual([])
  })

  it('is no format of other events', () => {
    expect(openhandsFormat.detects({ id: 'x', source: 'agent', action: 'run' })).toBe(false)
  })
})
