import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import { openaiFormat } from './openai.ts'

function read(record: Json): { trajectory: Trajectory | undefined; faults: string[] } {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: 'chats.jsonl', place: 'chats.jsonl:1', fault, contracts: () => [] }
  return { trajectory: openaiFormat.read(record, context), faults }
}

function toolCall(id: Json, name: Json, args: Json = '{}'): JsonObject {
  return { id, type: 'function', function: { name, arguments: args } }
}

const assistant = (...calls: Json[]): JsonObject => ({ role: 'assistant', content: null, tool_calls: calls })
const answer = (more: JsonObject): JsonObject => ({ role: 'tool', tool_call_id: 'c', content: 'x', ...more })

describe('openai', () => {
  it.each<[Json]>([
    [[{ role: 'user', content: 'q' }]],
    [{ messages: [{ role: 'user', content: 'q' }] }],
    [{ messages: 'broken' }],
  ])('%j matches', (record) => {
    expect(openaiFormat.detects(record)).toBe(true)
  })

  it.each<[Json]>([[{ steps: [] }], [[{ messages: [] }]], [[]], [null], ['messages']])(
    '%j does not match',
    (record) => {
      expect(openaiFormat.detects(record)).toBe(false)
    },
  )

  it('reads turns, parallel calls and their results', () => {
    const { trajectory, faults } = read({
      id: 'chat-1',
      model: 'gpt-4o-2024-08-06',
      user_id: 'u',
      success: true,
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'q' },
        { ...assistant(toolCall('a', 't', '{"n":1}'), toolCall('b', 'u', '{"n":')), content: 'thinking' },
        answer({ tool_call_id: 'b', content: 'Error: bad JSON' }),
        answer({ tool_call_id: 'a', content: [{ type: 'text', text: 'fine' }] }),
        assistant(toolCall('c', 't', '')),
        { role: 'assistant', content: 'sorry' },
      ],
    })
    expect(faults).toEqual([])
    expect(trajectory).toMatchObject({
      id: 'chat-1',
      family: 'gpt-4o',
      subject: 'u',
      success: true,
      source: 'chats',
    })
    expect(trajectory?.steps).toMatchObject([
      { type: 'model', text: 'thinking', modelId: 'gpt-4o-2024-08-06' },
      { call: { id: 'a', turn: 0, index: 0, input: { n: 1 } }, result: { outcome: 'ok', value: 'fine' } },
      {
        call: { id: 'b', turn: 0, index: 1, rawInput: '{"n":' },
        result: { outcome: 'error', error: { message: 'Error: bad JSON' } },
      },
      { type: 'model' },
      { call: { id: 'c', turn: 1, index: 0, input: {} }, result: { outcome: 'interrupted' } },
      { type: 'model', text: 'sorry' },
    ])
  })

  it.each<[JsonObject, string]>([
    [{ content: 'denied', is_error: true }, 'denied'],
    [{ content: 'denied', isError: true }, 'denied'],
    [{ content: 'denied', status: 'error' }, 'denied'],
    [{ content: '{"error": {"message": "no such id", "code": 404}}' }, 'no such id'],
    [{ content: '{"isError": true, "content": [{"type": "text", "text": "gone"}]}' }, 'gone'],
    [{ content: 'Error: no' }, 'Error: no'],
    [{ content: [{ type: 'text', text: 'Error: no' }] }, 'Error: no'],
  ])('the result %j is an error', (more, message) => {
    const { trajectory } = read([assistant(toolCall('c', 't')), answer(more)])
    const { result } = (trajectory as Trajectory).steps[1] as ToolStep
    expect([result.outcome, result.error?.message]).toEqual(['error', message])
  })

  it.each<[JsonObject]>([
    [{ content: 'no errors' }],
    [{ content: '{"error": null}' }],
    [{ content: '{"items": [{"error": "x"}]}' }],
    [{ content: 'not found' }],
    [{ content: null }],
    [{ status: 'success' }],
  ])('the result %j is not an error', (more) => {
    const { trajectory } = read([assistant(toolCall('c', 't')), answer(more)])
    expect(((trajectory as Trajectory).steps[1] as ToolStep).result).toMatchObject({ outcome: 'ok' })
  })

  it('takes durations from the times of messages', () => {
    const { trajectory } = read([
      { ...assistant(toolCall('c', 't')), created_at: '2025-01-01T00:00:01Z' },
      answer({ created_at: '2025-01-01T00:00:03.5Z' }),
    ])
    expect(((trajectory as Trajectory).steps[1] as ToolStep).result.ms).toBe(2_500)
  })

  it.each<[Json, string]>([
    [assistant(toolCall(null, 't')), 'a call of "t" has no id'],
    [assistant(toolCall('x', '')), 'a tool call names no function'],
    [assistant({ id: 'x' }), 'a tool call names no function'],
    [{ role: 'assistant', tool_calls: {} }, 'tool_calls are not a list'],
    [{ content: 'x' }, 'a message has no role'],
    [answer({ tool_call_id: 'z' }), 'a result has the call id "z", but no call before it awaits one'],
    [
      { role: 'assistant', function_call: { name: 't', arguments: '{}' } },
      'a function_call has no id; only tool_calls can be paired with results',
    ],
    [
      { role: 'assistant', content: [{ type: 'tool_use', id: 'x', name: 't', input: {} }] },
      'a content part of type "tool_use" does not belong to this format',
    ],
  ])('leaves out what it cannot use in %j and says so', (message, reason) => {
    const { trajectory, faults } = read({ messages: [message, assistant(toolCall('c', 't')), answer({})] })
    expect(faults).toEqual([reason])
    expect(trajectory?.steps.filter(({ type }) => type === 'tool')).toHaveLength(1)
  })

  it('refuses messages that are no list', () => {
    expect(read({ messages: 'x' })).toEqual({ trajectory: undefined, faults: ['messages are not a list'] })
  })
})
