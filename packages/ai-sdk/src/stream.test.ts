import { createLifeHarness, type Fault, memoryStore } from '@lifeharness/core'
import { type EntryInit, registryWith } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import type { Model, Params, Part } from './host.ts'
import { lifeHarnessTools } from './index.ts'
import { memoryOf } from './memory.ts'
import { repairedStream } from './stream.ts'
import { modelTurn } from './turn.ts'

const rename: EntryInit = {
  kind: 'rename-argument',
  options: { from: '/q', to: '/query' },
  tool: 'search',
  stage: 'active',
}
const rescue: EntryInit = {
  kind: 'rescue-text-call',
  tool: 'search',
  stage: 'active',
  category: 'emit.text_call',
}
const inputSchema = {
  type: 'object',
  properties: { query: { type: 'string' } },
  required: ['query'],
  additionalProperties: false,
}
const model: Model = { provider: 'scripted', modelId: 'scripted-1b' }
const params: Params = {
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'go' }] }],
  tools: [
    { type: 'function', name: 'search', inputSchema },
    { type: 'function', name: 'look', inputSchema },
  ],
}

/** A stream that is fed by hand: `sent` says what came out by the time a part was taken in. */
async function opened(entries: readonly EntryInit[], turnParams: Params = params) {
  const faults: Fault[] = []
  const store = memoryStore(registryWith(...entries))
  const onFault = (fault: Fault) => faults.push(fault)
  const lifeHarness = await createLifeHarness({ store, mode: 'frozen', onFault })
  const source = new TransformStream<Part, Part>()
  const turn = () => modelTurn(lifeHarness, memoryOf(lifeHarness), {}, turnParams, model)
  const reader = repairedStream(source.readable, turn, (error) =>
    lifeHarness.report('stream', error),
  ).getReader()
  const writer = source.writable.getWriter()
  const out: Part[] = []
  const pumped = (async () => {
    for (let read = await reader.read(); !read.done; read = await reader.read()) out.push(read.value)
  })()
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    faults,
    lifeHarness,
    out,
    /** Takes parts in; gives what came out because of them. */
    async sent(...parts: Part[]): Promise<Part[]> {
      const before = out.length
      for (const part of parts) await writer.write(part)
      await settled()
      return out.slice(before)
    },
    async closed(): Promise<Part[]> {
      const before = out.length
      await writer.close()
      await pumped
      return out.slice(before)
    },
  }
}

function callParts(id: string, toolName: string, input: string): Part[] {
  return [
    { type: 'tool-input-start', id, toolName },
    { type: 'tool-input-delta', id, delta: input.slice(0, 4) },
    { type: 'tool-input-delta', id, delta: input.slice(4) },
    { type: 'tool-input-end', id },
    { type: 'tool-call', toolCallId: id, toolName, input },
  ]
}
function textParts(id: string, ...deltas: string[]): Part[] {
  return [
    { type: 'text-start', id },
    ...deltas.map((delta) => ({ type: 'text-delta', id, delta })),
    { type: 'text-end', id },
  ]
}
const finish = (unified = 'tool-calls'): Part => ({
  type: 'finish',
  finishReason: { unified, raw: undefined },
  usage: {},
})
const TEXT_CALL = '<tool_call>{"name": "search", "arguments": {"query": "a"}}</tool_call>'

test('every part passes as it is when it comes, without interventions and beside those of others', async () => {
  const parts: Part[] = [
    { type: 'stream-start' },
    { type: 'response-metadata', modelId: 'scripted-1b' },
    ...textParts('t', 'I see ', TEXT_CALL),
    ...callParts('call-1', 'look', '{"q":"a"}'),
    ...callParts('call-2', 'look', '{query = a}'),
    ...callParts('call-3', 'look', '{"query":"a"}'),
    { type: 'reasoning-delta', id: 'r', delta: '<think>' },
    { type: 'tool-call', toolCallId: 'call-4', toolName: 'find', input: '{}', providerExecuted: true },
    { type: 'tool-result', toolCallId: 'call-4', toolName: 'find', result: 'found' },
    { type: 'raw' },
    finish(),
  ]
  for (const entries of [[], [rename]]) {
    const { sent, closed, faults } = await opened(entries)
    for (const part of parts) {
      const [passed, ...others] = await sent(part)
      expect(passed).toBe(part)
      expect(others).toEqual([])
    }
    expect(await closed()).toEqual([])
    expect(faults).toEqual([])
  }
})

test('a good call of a tool with interventions is whole when it comes out, part by part as it came', async () => {
  const { sent } = await opened([rename])
  const good = callParts('call-1', 'search', '{"query":"a"}')
  const [whole, ...parts] = good.toReversed()
  expect(await sent(...parts.toReversed())).toEqual([])
  // Without a check of the host's own, only the end of the turn shows that nothing is wrong with it.
  expect(await sent(whole!)).toEqual([])
  const out = await sent(finish())
  expect(out.every((part, index) => part === [...good, out.at(-1)][index])).toBe(true)
})

test('what the host accepts comes out before the turn ends', async () => {
  const { sent, lifeHarness } = await opened([rename])
  const { z } = await import('zod')
  lifeHarnessTools(lifeHarness, {
    search: { inputSchema: z.object({ query: z.string() }), execute: async () => 'found' },
  })
  const good = callParts('call-1', 'search', '{"query":"a"}')
  expect(await sent(...good)).toEqual(good)
})

test('a dead call is re-emitted repaired: its input, its parts and the call say the same', async () => {
  const { sent, faults } = await opened([rename])
  const beside = callParts('call-2', 'look', '{"query":"b"}')
  expect(await sent(...callParts('call-1', 'search', '{"q":"a"}'), ...beside)).toEqual(beside)
  const out = await sent(finish())
  expect(out).toMatchObject([
    { type: 'tool-input-start', id: 'call-1', toolName: 'search' },
    { type: 'tool-input-delta', id: 'call-1', delta: '{"query":"a"}' },
    { type: 'tool-input-end', id: 'call-1' },
    {
      ...{ type: 'tool-call', toolCallId: 'call-1', toolName: 'search', input: '{"query":"a"}' },
      providerMetadata: { lifeharness: { original: { toolName: 'search', input: '{"q":"a"}' } } },
    },
    { type: 'finish', finishReason: { unified: 'tool-calls' } },
  ])
  expect(faults).toEqual([])
})

test.each(['{"q":"/srv/da"}', '{"q":"/srv/da'])('a turn cut off repairs nothing: %s', async (input) => {
  const { sent, faults } = await opened([rename])
  const cut = callParts('call-1', 'search', input)
  const end = finish('length')
  expect(await sent(...cut, end)).toEqual([...cut, end])
  expect(faults).toEqual([])
})

test('a call written as text takes the place of its text', async () => {
  const { sent, faults } = await opened([rescue])
  expect(await sent(...textParts('t', '<tool_', TEXT_CALL.slice(6)))).toEqual([])
  const out = await sent(finish('stop'))
  expect(out.map(({ type }) => type)).toEqual([
    ...['tool-input-start', 'tool-input-delta', 'tool-input-end', 'tool-call', 'finish'],
  ])
  expect(out[3]).toMatchObject({
    ...{ toolName: 'search', input: '{"query":"a"}' },
    providerMetadata: { lifeharness: { original: { text: TEXT_CALL } } },
  })
  expect(out[4]).toMatchObject({ finishReason: { unified: 'tool-calls' } })
  expect(faults).toEqual([])
})

test('prose before a call written as text passes when it comes', async () => {
  const { sent } = await opened([rescue])
  const [start, prose, ...call] = textParts('t', 'Let me look:\n', TEXT_CALL)
  expect(await sent(start!)).toEqual([])
  expect(await sent(prose!)).toEqual([start, prose])
  expect(await sent(...call)).toEqual([])
  const out = await sent(finish('stop'))
  expect(out.map(({ type }) => type)).toEqual([
    ...['text-end', 'tool-input-start', 'tool-input-delta', 'tool-input-end', 'tool-call', 'finish'],
  ])
})

test.each([
  ['talks about a call', `You could write ${TEXT_CALL} to search.`, 'stop'],
  ['was cut short', TEXT_CALL.slice(0, 50), 'length'],
  ['is cut off behind its call', TEXT_CALL, 'length'],
  ['is an answer', 'It is <20 °C (in Lyon).', 'stop'],
])('a text that %s comes out as it came', async (_, text, reason) => {
  const { sent, faults } = await opened([rescue])
  const parts = [...textParts('t', text.slice(0, 9), text.slice(9)), finish(reason)]
  const out = await sent(...parts)
  expect(out.every((part, index) => part === parts[index])).toBe(true)
  expect(out.length).toBe(parts.length)
  expect(faults).toEqual([])
})

test('no call is made of text where the caller wants none, or beside a call', async () => {
  const none = await opened([rescue], { ...params, toolChoice: { type: 'none' } })
  const text = textParts('t', TEXT_CALL)
  expect(await none.sent(...text)).toEqual(text)
  const beside = await opened([rescue])
  await beside.sent(...text, ...callParts('call-1', 'look', '{"query":"a"}'), finish())
  expect(beside.out.filter(({ type }) => type === 'tool-call').length).toBe(1)
  expect(beside.out.filter(({ type }) => type === 'text-delta').length).toBe(1)
})

test('a stream that breaks off, and a fault of our own, let out what was held', async () => {
  const { sent, closed } = await opened([rename])
  const [whole, ...parts] = callParts('call-1', 'search', '{"q":"a"}').toReversed()
  expect(await sent(...parts.toReversed())).toEqual([])
  expect(await closed()).toEqual(parts.toReversed())

  const broken = await opened([rename])
  expect(await broken.sent(...parts.toReversed())).toEqual([])
  // Arguments that are no text at all.
  const odd = { ...whole!, input: 1 } as Part
  expect(await broken.sent(odd, finish())).toEqual([...parts.toReversed(), odd, finish()])
  expect(broken.faults.length).toBe(1)
})
