import {
  AIMessage,
  HumanMessage,
  mapChatMessagesToStoredMessages,
  ToolMessage,
} from '@langchain/core/messages'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { langchainFormat } from './langchain.ts'

function read(record: Json) {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: 'runs.jsonl', place: 'runs.jsonl:1', fault, contracts: () => [] }
  return { trajectory: langchainFormat.read(record, context), faults }
}

/** As the library itself writes them. */
const messages = [
  new HumanMessage('How is the weather?'),
  new AIMessage({
    content: 'let me see',
    tool_calls: [{ id: 'a', name: 'weather', args: { cty: 'Lyon' }, type: 'tool_call' }],
    invalid_tool_calls: [
      { id: 'b', name: 'weather', args: '{"city": ', error: 'Malformed args.', type: 'invalid_tool_call' },
    ],
    response_metadata: { model_name: 'gpt-4o-mini-2024-07-18' },
  }),
  new ToolMessage({
    tool_call_id: 'a',
    content: 'Error: no cty\n Please fix your mistakes.',
    status: 'error',
  }),
  new AIMessage({
    content: '',
    tool_calls: [{ id: 'c', name: 'weather', args: { city: 'Lyon' }, type: 'tool_call' }],
  }),
  new ToolMessage({ tool_call_id: 'c', content: [{ type: 'text', text: 'sunny' }], name: 'weather' }),
  new AIMessage('It is sunny.'),
]
const serialised = JSON.parse(JSON.stringify(messages)) as Json[]
const stored = JSON.parse(JSON.stringify(mapChatMessagesToStoredMessages(messages))) as Json[]
const plain = stored.map((message) => {
  const { type, data } = message as { type: string; data: object }
  return { type, ...data } as Json
})

describe('langchain', () => {
  it.each<[string, Json]>([
    ['serialised', serialised],
    ['serialised, in a record', { messages: serialised, id: 'runs.jsonl:1' }],
    ['stored', stored],
    ['of the API', plain],
  ])('reads messages: %s', (_, record) => {
    expect(langchainFormat.detects(record)).toBe(true)
    const { trajectory, faults } = read(record)
    expect(faults).toEqual([])
    expect(trajectory).toMatchObject({ id: 'runs.jsonl:1', family: 'gpt-4o-mini', source: 'runs' })
    expect(trajectory?.steps).toMatchObject([
      { type: 'model', text: 'let me see' },
      {
        call: { id: 'a', turn: 0, index: 0, input: { cty: 'Lyon' } },
        result: { outcome: 'error', error: { message: expect.stringContaining('no cty') } },
      },
      {
        call: { id: 'b', turn: 0, index: 1, rawInput: '{"city": ' },
        result: { outcome: 'error', error: { message: 'Malformed args.' } },
      },
      { type: 'model' },
      { call: { id: 'c', turn: 1, input: { city: 'Lyon' } }, result: { outcome: 'ok', value: 'sunny' } },
      { type: 'model', text: 'It is sunny.' },
    ])
  })

  it.each<[Json]>([
    [[{ role: 'user', content: 'q' }]],
    [{ messages: [{ role: 'assistant', content: 'a', type: 'ai' }] }],
    [[{ type: 'text', text: 'a' }]],
    [[{ type: 'tool', toolCallId: 'a' }]],
    [[{ id: ['x', 'Unknown'], kwargs: {} }]],
    [{ messages: [] }],
    [null],
  ])('%j does not match', (record) => {
    expect(langchainFormat.detects(record)).toBe(false)
  })

  it('leaves out and reports what is no message, and results without a call', () => {
    const { trajectory, faults } = read([serialised[2] as Json, { type: 'weird' }])
    expect(trajectory?.steps).toEqual([])
    expect(faults).toHaveLength(2)
  })
})
