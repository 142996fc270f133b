import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { anthropicFormat } from './anthropic.ts'
import { readerOf, stepsOf } from './format.test.support.ts'

const read = readerOf(anthropicFormat)

const use = (id: string, seat: string): Json => ({ type: 'tool_use', id, name: 'book', input: { seat } })
const result = (id: string, content: Json, more: object = {}): Json => ({
  ...{ type: 'tool_result', tool_use_id: id, content },
  ...more,
})

describe('anthropic', () => {
  it('reads calls and results from the parts of messages', () => {
    const messages = [
      { role: 'user', content: 'two seats' },
      { role: 'assistant', content: [{ type: 'text', text: 'I book.' }, use('t1', '9A'), use('t2', '9Z')] },
      {
        role: 'user',
        content: [
          result('t1', 'booked'),
          result('t2', [{ type: 'text', text: 'no such seat' }], { is_error: true }),
        ],
      },
    ]
    const { trajectories, faults } = read({ model: 'claude-sonnet-4-5', messages })
    expect(faults).toEqual([])
    expect(trajectories[0]?.family).toBe('claude-sonnet-4-5')
    expect(stepsOf(trajectories[0])).toEqual([
      ['book', { seat: '9A' }, 'ok', undefined],
      ['book', { seat: '9Z' }, 'error', 'no such seat'],
    ])
  })

  it('goes by what a result says where it has no flag', () => {
    const messages = [
      { role: 'assistant', content: [use('t1', '9A')] },
      { role: 'user', content: [result('t1', 'Error: no such seat')] },
    ]
    expect(stepsOf(read(messages).trajectories[0])[0]?.[2]).toBe('error')
  })

  it('reports a result without its call', () => {
    const messages = [{ role: 'user', content: [result('t9', 'booked')] }]
    expect(read(messages).faults).toEqual(['a result has the call id "t9", but no call before it awaits one'])
  })

  it('leaves messages without such parts to other formats', () => {
    expect(anthropicFormat.detects([{ role: 'user', content: [{ type: 'text', text: 'x' }] }])).toBe(false)
    expect(anthropicFormat.detects({ messages: 'x' })).toBe(false)
  })
})
