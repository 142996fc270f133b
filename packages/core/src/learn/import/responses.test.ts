import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { readerOf, stepsOf } from './format.test.support.ts'
import { responsesFormat } from './responses.ts'

const read = readerOf(responsesFormat)

const call = (id: string, name = 'book', args = '{"seat":"9A"}'): Json => ({
  ...{ type: 'function_call', call_id: id, name, arguments: args },
})
const output = (id: string, said: Json): Json => ({ type: 'function_call_output', call_id: id, output: said })
const item = (payload: Json): Json => ({ type: 'response_item', timestamp: '2026-01-02T03:04:05Z', payload })

describe('responses', () => {
  it('reads items, their outputs and the errors among them', () => {
    const { trajectories, faults } = read(
      call('c1'),
      call('c2', 'book', '{"seat":'),
      output('c1', 'booked'),
      output('c2', 'An error occurred while running the tool. Please try again. Error: no such seat'),
    )
    expect(faults).toEqual([])
    expect(stepsOf(trajectories[0]).map(([, input, outcome]) => [input, outcome])).toEqual([
      [{ seat: '9A' }, 'ok'],
      [undefined, 'error'],
    ])
  })

  it('reads a request with its answer, one an episode', () => {
    const input = [
      { role: 'user', content: 'a seat' },
      call('c1'),
      output('c1', [{ type: 'input_text', text: 'x' }]),
    ]
    const { trajectories } = read(
      { model: 'gpt-5', input, output: [] },
      { model: 'gpt-5', input, output: [] },
    )
    expect(trajectories.map(({ id, family }) => [id, family])).toEqual([
      ['a.json:1', 'gpt-5'],
      ['a.json:1/2', 'gpt-5'],
    ])
  })

  it('reads the session of Codex, and how programs ended', () => {
    const { trajectories } = read(
      { type: 'session_meta', payload: { id: 's1' } },
      { type: 'turn_context', payload: { model: 'gpt-5-codex' } },
      item(call('c1', 'shell', '{"command":["ls"]}')),
      item(output('c1', '{"output":"ls: no such entry\\n","metadata":{"exit_code":2}}')),
      item(call('c2', 'shell', '{"command":["ls"]}')),
      item(output('c2', '{"output":"a.txt","metadata":{"exit_code":0}}')),
      item(call('c3', 'exec_command', '{"cmd":"ls"}')),
      item(output('c3', 'Wall time: 1 seconds\nProcess exited with code 1\nOutput:\n')),
      item({ type: 'custom_tool_call', call_id: 'c4', name: 'patch', input: '*** Begin' }),
      item({ type: 'custom_tool_call_output', call_id: 'c4', output: 'Done' }),
      { type: 'event_msg', payload: { type: 'token_count' } },
    )
    expect(trajectories.map(({ id, family }) => [id, family])).toEqual([['s1', 'gpt-5-codex']])
    expect(stepsOf(trajectories[0])).toEqual([
      ['shell', { command: ['ls'] }, 'error', 'ls: no such entry'],
      ['shell', { command: ['ls'] }, 'ok', undefined],
      ['exec_command', { cmd: 'ls' }, 'error', 'exit code 1'],
      ['patch', { input: '*** Begin' }, 'ok', undefined],
    ])
  })

  it('reads a call of an MCP server with its answer', () => {
    const asked = { type: 'mcp_call', id: 'c1', server_label: 'shop', name: 'book', arguments: '{}' }
    const { trajectories } = read({ ...asked, output: null, error: 'no such seat' })
    expect(trajectories[0]?.steps.at(-1)).toMatchObject({
      call: { tool: { origin: 'shop', name: 'book' } },
      result: { outcome: 'error', error: { message: 'no such seat' } },
    })
  })

  it('is no format of other lists', () => {
    expect(responsesFormat.detects({ input: [{ role: 'user', content: 'x' }] })).toBe(false)
    expect(responsesFormat.detects({ type: 'event_msg' })).toBe(false)
  })
})
