import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import { recordedFormat } from './recorded.ts'

function read(record: Json): { trajectory: Trajectory | undefined; faults: string[] } {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: '/data/some-agent.jsonl', place: 'some-agent.jsonl:3', fault, contracts: () => [] }
  return { trajectory: recordedFormat.read(record, context), faults }
}

/** The one tool step of a recording with these steps. */
function toolStep(...steps: Json[]): ToolStep {
  const { trajectory, faults } = read({ steps })
  expect(faults).toEqual([])
  const found = trajectory?.steps.filter((step) => step.type === 'tool') ?? []
  expect(found).toHaveLength(1)
  return found[0] as ToolStep
}

const call = (more: JsonObject = {}): JsonObject => ({
  kind: 'call',
  tool: 't',
  args: {},
  call_id: 'c',
  ...more,
})
const result = (more: JsonObject = {}): JsonObject => ({
  kind: 'result',
  call_id: 'c',
  ok: true,
  content: 'x',
  ...more,
})

describe('recorded', () => {
  it.each<[Json]>([[{ steps: [] }], [{ steps: 'broken', source: 's' }]])('%j matches', (record) => {
    expect(recordedFormat.detects(record)).toBe(true)
  })

  it.each<[Json]>([[{ messages: [] }], [[{ steps: [] }]], [{}], [null], ['steps']])(
    '%j does not match',
    (record) => {
      expect(recordedFormat.detects(record)).toBe(false)
    },
  )

  it.each<[JsonObject, Partial<Trajectory>]>([
    [
      { source: 's', episode_id: 'e', model: 'gpt-4o (2024)' },
      { id: 's/e', source: 's', family: 'gpt-4o' },
    ],
    [{}, { id: 'some-agent.jsonl:3', source: 'some-agent', family: 'unknown:some-agent' }],
    [{ model: 'a model / another (not recorded)' }, { family: 'unknown:some-agent' }],
    [{ model: 'openai/gpt-4o-mini-2024-07-18' }, { family: 'gpt-4o-mini' }],
    [
      { success: false, user_id: 'u' },
      { success: false, subject: 'u' },
    ],
    [{ user_id: 7 }, { subject: '7' }],
  ])('%j says of the episode %j', (record, expected) => {
    expect(read({ ...record, steps: [] }).trajectory).toMatchObject(expected)
  })

  it.each<[JsonObject]>([[{ success: null }], [{ success: 'yes' }], [{ reward: 1 }]])(
    '%j says nothing of success',
    (record) => {
      expect(read({ ...record, steps: [] }).trajectory).not.toHaveProperty('success')
    },
  )

  it.each<[JsonObject, JsonObject]>([
    [{ args: { a: 1 } }, { tool: { origin: 'local', name: 't' }, input: { a: 1 } }],
    [{ args: '{"a": [1,' }, { rawInput: '{"a": [1,' }],
    [{ args: '' }, { input: {} }],
    [
      { tool: 'run', inner_tool: 's/u', args: { server_name: 's', tool_name: 'u', params: { a: 1 } } },
      { tool: { origin: 's', name: 'u' }, input: { a: 1 } },
    ],
    [
      { tool: 'run', inner_tool: '@x/s/u', args: { server_name: '@x/s', tool_name: 'u', params: '{"a":1}' } },
      { tool: { origin: '@x/s', name: 'u' }, input: '{"a":1}' },
    ],
    [
      { tool: 'run', inner_tool: '@x/s/u', args: '{"server' },
      { tool: { origin: '@x/s', name: 'u' }, rawInput: '{"server' },
    ],
    [
      { tool: 'run', inner_tool: 'u', args: { arguments: {} } },
      { tool: { origin: 'local', name: 'u' }, input: {} },
    ],
  ])('the call %j is %j', (more, expected) => {
    const step = toolStep(call(more), result())
    expect(step.call).toMatchObject(expected)
    expect(step.executed).toBe(step.call)
    expect(step.call).not.toHaveProperty('input' in expected ? 'rawInput' : 'input')
  })

  it.each<[JsonObject, JsonObject]>([
    [
      { ok: true, content: '{"error": "in an ok result"}' },
      { outcome: 'ok', value: '{"error": "in an ok result"}' },
    ],
    [
      { ok: false, content: 'boom' },
      { outcome: 'error', value: 'boom', error: { message: 'boom' } },
    ],
    [
      { ok: false, content: '', error: '(exit 1)' },
      { outcome: 'error', value: '', error: { message: '(exit 1)' } },
    ],
    [
      { ok: false, content: '{"error": "no key"}' },
      { outcome: 'error', error: { message: 'no key' } },
    ],
    [
      { ok: false, content: '{"type":"text","text":"no","annotations":null}' },
      { outcome: 'error', error: { message: 'no' } },
    ],
    [
      { ok: false, content: null },
      { outcome: 'error', value: null, error: { message: 'unknown error' } },
    ],
    [
      { ok: true, content: 'a…[9 chars cut]…', ms: 12 },
      { outcome: 'ok', value: 'a…[9 chars cut]…', ms: 12 },
    ],
  ])('the result %j is %j', (more, expected) => {
    expect(toolStep(call(), result(more)).result).toMatchObject(expected)
  })

  it('tells model turns from the messages between calls', () => {
    const { trajectory } = read({
      model: 'm',
      steps: [
        { kind: 'message', role: 'user', content: 'q' },
        { kind: 'message', role: 'assistant', content: 'two at once' },
        call({ call_id: 'a' }),
        call({ call_id: 'b' }),
        result({ call_id: 'a' }),
        result({ call_id: 'b' }),
        call({ call_id: 'c' }),
        { kind: 'message', role: 'user', content: 'q' },
        call({ call_id: 'd' }),
      ],
    })
    const told = trajectory?.steps.map((step) =>
      step.type === 'model'
        ? `${step.modelId}: ${step.text}`
        : `${step.call.turn}.${step.call.index} ${step.call.id} ${step.result.outcome}`,
    )
    expect(told).toEqual([
      'm: two at once',
      '0.0 a ok',
      '0.1 b ok',
      'm: undefined',
      '1.0 c interrupted',
      'm: undefined',
      '2.0 d interrupted',
    ])
  })

  it.each<[Json, string]>([
    [7, 'a step is not an object'],
    [{ kind: 'tool' }, 'a step has the unknown kind "tool"'],
    [{ kind: 'message' }, 'a message has no role'],
    [call({ tool: null }), 'a call names no tool'],
    [call({ call_id: null }), 'a call of "t" has no id'],
    [result({ ok: 'true' }), 'a result does not say whether it is ok'],
    [result({ call_id: 'z' }), 'a result has the call id "z", but no call before it awaits one'],
  ])('leaves the step %j out and says so', (step, reason) => {
    const { trajectory, faults } = read({ steps: [step, call({ call_id: 'y' }), result({ call_id: 'y' })] })
    expect(faults).toEqual([reason])
    expect(trajectory?.steps.map(({ type }) => type)).toEqual(['model', 'tool'])
  })

  it('refuses a record whose steps are no list', () => {
    expect(read({ steps: { 0: call() } })).toEqual({
      trajectory: undefined,
      faults: ['steps are not a list'],
    })
  })
})
