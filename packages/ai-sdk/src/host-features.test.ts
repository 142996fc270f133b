import { followScript } from '@lifeharness/core/testing'
import {
  dynamicTool,
  generateObject,
  generateText,
  isStepCount,
  jsonSchema,
  streamObject,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai'
import type { MockLanguageModelV4 } from 'ai/test'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { lifeHarnessWith, scriptedHostModel } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

const rename = {
  kind: 'rename-argument',
  options: { from: '/q', to: '/query' },
  tool: 'search',
  stage: 'active',
} as const
const rescue = {
  kind: 'rescue-text-call',
  tool: 'search',
  stage: 'active',
  category: 'emit.text_call',
} as const

test('objects are untouched, whole and streamed, though their text could be taken for a call', async () => {
  const world = await lifeHarnessWith([rename, rescue])
  const text = '{"name": "search", "arguments": {"query": "a"}}'
  const scripted = scriptedHostModel(() => ({ type: 'text', text }))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const schema = z.object({ name: z.string(), arguments: z.object({ query: z.string() }) })
  const expected = { name: 'search', arguments: { query: 'a' } }
  expect((await generateObject({ model, schema, prompt: 'go' })).object).toEqual(expected)
  const streamed = streamObject({ model, schema, prompt: 'go' })
  const partial: unknown[] = []
  for await (const part of streamed.partialObjectStream) partial.push(part)
  expect(partial.at(-1)).toEqual(expected)
  expect(await streamed.object).toEqual(expected)
  expect([await world.allEvents(), world.faults]).toEqual([[], []])
})

test('dynamic tools are repaired by the schema that the model was shown', async () => {
  const world = await lifeHarnessWith([rename])
  const executed: unknown[] = []
  const inputSchema = jsonSchema({
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  })
  const search = dynamicTool({ inputSchema, execute: async (input) => executed.push(input) })
  const scripted = scriptedHostModel(followScript([[{ id: 'call-1', name: 'search', input: { q: 'a' } }]]))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const tools = lifeHarnessTools(world.lifeHarness, { search })
  const { steps } = await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) })
  expect(executed).toEqual([{ query: 'a' }])
  expect(steps[0]?.toolCalls[0]).toMatchObject({ dynamic: true, input: { query: 'a' } })
  expect(world.faults).toEqual([])
})

test('tools that the provider or the client executes come back as the same objects', async () => {
  const { lifeHarness } = await lifeHarnessWith([])
  const client = tool({ inputSchema: z.object({}) })
  const provider = { type: 'provider', id: 'x.find', args: {}, isProviderExecuted: true, execute: () => {} }
  const wrapped = lifeHarnessTools(lifeHarness, { client, provider })
  expect(wrapped.client).toBe(client)
  expect(wrapped.provider).toBe(provider)
})

test('what streams to a UI, what runs and what the history holds agree on a repaired call', async () => {
  const world = await lifeHarnessWith([rename])
  const executed: unknown[] = []
  const inputSchema = z.strictObject({ query: z.string() })
  const tools = lifeHarnessTools(world.lifeHarness, {
    search: tool({ inputSchema, execute: async (input) => executed.push(input) }),
  })
  const scripted = scriptedHostModel(followScript([[{ id: 'call-1', name: 'search', input: { q: 'a' } }]]))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const result = streamText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) })
  const shown: unknown[] = []
  for await (const chunk of result.toUIMessageStream())
    if (chunk.type === 'tool-input-delta') shown.push(JSON.parse(chunk.inputTextDelta))
    else if (chunk.type === 'tool-input-available') shown.push(chunk.input)
  const told = scripted.doStreamCalls[1]?.prompt[1]?.content
  expect(told).toMatchObject([{ type: 'tool-call', input: { query: 'a' } }])
  expect([shown, executed]).toEqual([[{ query: 'a' }, { query: 'a' }], [{ query: 'a' }]])
})

test('a cut argument that reads as a whole one is not executed repaired', async () => {
  const world = await lifeHarnessWith([rename])
  const executed: unknown[] = []
  const tools = lifeHarnessTools(world.lifeHarness, {
    search: tool({
      inputSchema: z.strictObject({ query: z.string() }),
      execute: async (i) => executed.push(i),
    }),
  })
  const calls = [{ id: 'call-1', name: 'search', input: { q: '/srv/da' } }]
  const scripted: MockLanguageModelV4 = scriptedHostModel(() => ({
    type: 'calls',
    calls,
    finishReason: 'length',
  }))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  await streamText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) }).consumeStream()
  await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) })
  expect(executed).toEqual([])
  const recorded = (await world.toolEvents()).map(({ error, applied }) => [error?.code, applied])
  // The host refuses it and asks the model again.
  expect(recorded.length).toBe(6)
  expect(new Set(recorded.map((one) => JSON.stringify(one)))).toEqual(new Set(['["length",[]]']))
})

test('tools are shown as edited in an episode that the caller named; calls are held against the original', async () => {
  const world = await lifeHarnessWith([
    {
      ...{ kind: 'tighten-schema', options: { path: '/query', enum: ['b'] } },
      ...{ tool: 'search', stage: 'active', layer: 'contract', category: 'contract.value' },
    },
  ])
  const executed: unknown[] = []
  // A schema that only describes: the contract alone says what is dead.
  const inputSchema = jsonSchema({ type: 'object', properties: { query: { type: 'string' } } })
  const tools = lifeHarnessTools(
    world.lifeHarness,
    { search: tool({ inputSchema, execute: async (input) => executed.push(input) }) },
    { episode: 'mine' },
  )
  const call = (id: string) => [{ id, name: 'search', input: { query: 'a' } }]
  const scripted = scriptedHostModel(followScript([call('call-1'), call('call-2')]))
  const middleware = lifeHarnessMiddleware(world.lifeHarness, { episode: 'mine' })
  const model = wrapLanguageModel({ model: scripted, middleware })
  await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(4) })
  for (const { tools } of scripted.doGenerateCalls)
    expect(tools).toMatchObject([{ inputSchema: { properties: { query: { type: 'string', enum: ['b'] } } } }])
  expect(executed).toEqual([{ query: 'a' }, { query: 'a' }])
  const events = await world.allEvents()
  expect(events.filter(({ type }) => type === 'contracts').length).toBe(1)
  expect(world.faults).toEqual([])
})
