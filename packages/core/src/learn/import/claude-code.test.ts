import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { claudeCodeFormat } from './claude-code.ts'
import { readerOf, stepsOf } from './format.test.support.ts'

const read = readerOf(claudeCodeFormat)

const said = (sessionId: string, id: string, part: Json, more: object = {}): Json => ({
  type: 'assistant',
  sessionId,
  timestamp: '2026-01-02T03:04:05.000Z',
  message: { id, role: 'assistant', model: 'claude-haiku-4-5', content: [part] },
  ...more,
})
const use = (id: string): Json => ({ type: 'tool_use', id, name: 'Read', input: { file_path: '/srv/a.txt' } })
const answer = (
  sessionId: string,
  id: string,
  content: string,
  flagged = false,
  more: object = {},
): Json => ({
  type: 'user',
  sessionId,
  timestamp: '2026-01-02T03:04:07.000Z',
  message: {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content, ...(flagged ? { is_error: true } : {}) }],
  },
  ...more,
})

describe('claude-code', () => {
  it('reads a session: the parts of a message are one turn, and only the flag makes an error', () => {
    const { trajectories, faults } = read(
      { type: 'system', subtype: 'init', session_id: 's1' },
      said('s1', 'm1', { type: 'text', text: 'I look.' }),
      said('s1', 'm1', use('t1')),
      said('s1', 'm1', use('t2')),
      answer('s1', 't1', 'Error: a line of a log'),
      answer('s1', 't2', 'File does not exist.', true),
      { type: 'summary', summary: 'a file', leafUuid: 'u1' },
    )
    expect(faults).toEqual([])
    expect(trajectories.map(({ id, family }) => [id, family])).toEqual([['s1', 'claude-haiku-4-5']])
    expect(stepsOf(trajectories[0]).map(([, , outcome, message]) => [outcome, message])).toEqual([
      ['ok', undefined],
      ['error', 'File does not exist.'],
    ])
    const turns = trajectories[0]?.steps.flatMap((step) => (step.type === 'tool' ? [step.call.turn] : []))
    expect(turns).toEqual([0, 0])
    expect(trajectories[0]?.steps.at(-1)).toMatchObject({ result: { ms: 2000 } })
  })

  it('keeps sessions and subagents apart', () => {
    const inner = { parent_tool_use_id: 't0' }
    const { trajectories } = read(
      said('s1', 'm1', use('t1')),
      said('s1', 'm2', use('t2'), inner),
      said('s2', 'm3', use('t3')),
      answer('s1', 't2', 'x', false, inner),
      answer('s1', 't1', 'x'),
      answer('s2', 't3', 'x'),
    )
    expect(trajectories.map(({ id }) => id)).toEqual(['s1', 's1/t0', 's2'])
  })

  it('is no format of messages without a session, nor of other events', () => {
    expect(claudeCodeFormat.detects({ type: 'user', message: {} })).toBe(false)
    expect(claudeCodeFormat.detects({ type: 'response_item', session_id: 's' })).toBe(false)
    expect(claudeCodeFormat.detects(null)).toBe(false)
  })
})
