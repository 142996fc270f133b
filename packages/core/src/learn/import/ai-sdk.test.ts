import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import { aiSdkFormat } from './ai-sdk.ts'

function read(record: Json): { trajectory: Trajectory | undefined; faults: string[] } {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: 'chats.jsonl', place: 'chats.jsonl:1', fault, contracts: () => [] }
  return { trajectory: aiSdkFormat.read(record, context), faults }
}

const call = (more: JsonObject = {}): JsonObject => ({
  ...{ type: 'tool-call', toolCallId: 'c', toolName: 't', input: {} },
  ...more,
})
const result = (output: Json, more: JsonObject = {}): JsonObject => ({
  ...{ type: 'tool-result', toolCallId: 'c', toolName: 't', output },
  ...more,
})
const assistant = (...content: Json[]): JsonObject => ({ role: 'assistant', content })
const tool = (...content: Json[]): JsonObject => ({ role: 'tool', content })
const ui = (...parts: Json[]): JsonObject => ({ id: 'm', role: 'assistant', parts })
const uiTool = (more: JsonObject): JsonObject => ({
  ...{ type: 'tool-t', toolCallId: 'c', state: 'output-available', input: {}, output: 'x' },
  ...more,
})

describe('ai-sdk', () => {
  it.each<[Json]>([
    [[{ role: 'user', content: 'q' }, assistant(call())]],
    [{ messages: [tool(result({ type: 'text', value: 'x' }))] }],
    [[{ id: 'u', role: 'user', parts: [{ type: 'text', text: 'q' }] }]],
  ])('%j matches', (record) => {
    expect(aiSdkFormat.detects(record)).toBe(true)
  })

  it.each<[Json]>([
    [[{ role: 'user', content: 'q' }]],
    [[{ role: 'assistant', content: [{ type: 'text', text: 'x' }], tool_calls: [] }]],
    [{ messages: 'broken' }],
    [{ steps: [] }],
    [null],
  ])('%j does not match', (record) => {
    expect(aiSdkFormat.detects(record)).toBe(false)
  })

  it('reads model messages: turns, parallel calls, results of the provider in between', () => {
    const { trajectory, faults } = read([
      { role: 'system', content: 's' },
      { role: 'user', content: 'q' },
      assistant(
        { type: 'text', text: 'two' },
        call({ toolCallId: 'a', providerExecuted: true }),
        result({ type: 'json', value: 1 }, { toolCallId: 'a' }),
        call({ toolCallId: 'b', input: { n: 1 } }),
      ),
      tool(result({ type: 'error-text', value: 'Error: no' }, { toolCallId: 'b' })),
      assistant(call()),
      { role: 'assistant', content: 'bye' },
    ])
    expect(faults).toEqual([])
    expect(trajectory?.steps).toMatchObject([
      { type: 'model', text: 'two' },
      { call: { id: 'a', turn: 0, index: 0 }, result: { outcome: 'ok', value: 1 } },
      {
        call: { id: 'b', turn: 0, index: 1, input: { n: 1 } },
        result: { outcome: 'error', error: { message: 'Error: no' } },
      },
      { type: 'model' },
      { call: { id: 'c', turn: 1, index: 0 }, result: { outcome: 'interrupted' } },
      { type: 'model', text: 'bye' },
    ])
  })

  it.each<[Json, JsonObject]>([
    [
      { type: 'text', value: 'Error: only text' },
      { outcome: 'ok', value: 'Error: only text' },
    ],
    [
      { type: 'json', value: { error: 'soft' } },
      { outcome: 'ok', value: { error: 'soft' } },
    ],
    [{ type: 'content', value: [{ type: 'text', text: 'x' }] }, { outcome: 'ok' }],
    [
      { type: 'error-text', value: 'no' },
      { outcome: 'error', error: { message: 'no' } },
    ],
    [
      { type: 'error-json', value: { code: 429, message: 'slow' } },
      { outcome: 'error', error: { message: 'slow', status: 429 } },
    ],
    [
      { type: 'json', value: { isError: true, content: [{ type: 'text', text: 'ECONNRESET' }] } },
      { outcome: 'error', error: { message: 'ECONNRESET' } },
    ],
    [
      { type: 'execution-denied', reason: 'no' },
      { outcome: 'interrupted', value: 'no' },
    ],
  ])('the output %j is %j', (output, expected) => {
    const { trajectory } = read([assistant(call()), tool(result(output))])
    expect(((trajectory as Trajectory).steps[1] as ToolStep).result).toMatchObject(expected)
  })

  it('finds in the error what the model emitted when it did not parse', () => {
    const value =
      'AI_InvalidToolInputError: Invalid input for tool t: AI_JSONParseError: JSON parsing failed: ' +
      'Text: {"a": "x.\ny".\nError message: SyntaxError: Unexpected end of JSON input'
    const { trajectory } = read([assistant(call()), tool(result({ type: 'error-text', value }))])
    const step = (trajectory as Trajectory).steps[1] as ToolStep
    expect(step.call.rawInput).toBe('{"a": "x.\ny"')
    expect(step.call).not.toHaveProperty('input')
  })

  it('marks what a person approved', () => {
    const request = { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'c' }
    const { trajectory, faults } = read([
      assistant(call(), call({ toolCallId: 'd' }), request),
      tool({ type: 'tool-approval-response', approvalId: 'p', approved: true }),
      tool(result({ type: 'text', value: 'x' })),
    ])
    expect(faults).toEqual([])
    expect(trajectory?.steps.slice(1)).toMatchObject([
      { call: { approved: true } },
      { call: { approved: false } },
    ])
  })

  it('reads UI messages: turns divided by step-start, parallel calls', () => {
    const { trajectory, faults } = read({
      id: 'chat-1',
      messages: [
        { id: 'u', role: 'user', parts: [{ type: 'text', text: 'q' }] },
        ui(
          { type: 'step-start' },
          { type: 'text', text: 'two' },
          uiTool({ toolCallId: 'a' }),
          uiTool({ type: 'dynamic-tool', toolName: 'u', toolCallId: 'b' }),
          { type: 'step-start' },
          uiTool({ type: 'tool-with-dashes', state: 'input-available' }),
        ),
      ],
    })
    expect(faults).toEqual([])
    expect(trajectory?.id).toBe('chat-1')
    expect(trajectory?.steps).toMatchObject([
      { type: 'model', text: 'two' },
      { call: { id: 'a', turn: 0, index: 0, tool: { name: 't' } }, result: { outcome: 'ok', value: 'x' } },
      { call: { id: 'b', turn: 0, index: 1, tool: { name: 'u' } }, result: { outcome: 'ok' } },
      { type: 'model' },
      { call: { turn: 1, index: 0, tool: { name: 'with-dashes' } }, result: { outcome: 'interrupted' } },
    ])
  })

  it.each<[JsonObject, JsonObject]>([
    [{ state: 'output-error', errorText: 'no' }, { result: { outcome: 'error', error: { message: 'no' } } }],
    [
      { state: 'output-error', errorText: 'no', input: '{"a":' },
      { call: { rawInput: '{"a":' }, result: { outcome: 'error' } },
    ],
    [
      { output: { isError: true, content: [{ type: 'text', text: 'gone' }] } },
      { result: { outcome: 'error', error: { message: 'gone' } } },
    ],
    [{ preliminary: true }, { result: { outcome: 'interrupted' } }],
    [
      { state: 'input-streaming', input: { a: 1 }, rawInput: '{"a":1' },
      { call: { rawInput: '{"a":1' }, result: { outcome: 'interrupted' } },
    ],
    [
      { state: 'output-denied', approval: { id: 'p', approved: false, reason: 'no' } },
      { call: { approved: false }, result: { outcome: 'interrupted', value: 'no' } },
    ],
    [{ approval: { id: 'p', approved: true } }, { call: { approved: true }, result: { outcome: 'ok' } }],
  ])('the UI part %j is %j', (more, expected) => {
    const { trajectory, faults } = read([ui(uiTool(more))])
    expect(faults).toEqual([])
    expect(trajectory?.steps[1]).toMatchObject(expected)
  })

  it.each<[Json, string]>([
    [assistant(call({ toolCallId: null })), 'a call of "t" has no id'],
    [assistant(call({ toolName: null })), 'a tool call names no tool'],
    [assistant(7), 'a content part has no type'],
    [assistant({ type: 'tool-error' }), 'a content part of type "tool-error" does not belong to this format'],
    [
      tool(result({ type: 'text', value: 'x' }, { toolCallId: 'z' })),
      'a result has the call id "z", but no call before it awaits one',
    ],
    [ui(null), 'a message part has no type'],
    [ui(uiTool({ type: 'dynamic-tool' })), 'a tool call names no tool'],
  ])('leaves out what it cannot use in %j and says so', (message, reason) => {
    const { trajectory, faults } = read([
      { role: 'user', content: 'q' },
      message,
      assistant(call({ toolCallId: 'y' })),
      tool(result({ type: 'text', value: 'x' }, { toolCallId: 'y' })),
    ])
    expect([...new Set(faults)][0]).toBe(reason)
    expect(
      trajectory?.steps.filter((step) => step.type === 'tool' && step.result.outcome === 'ok'),
    ).toHaveLength(1)
  })
})
