import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { type EntryInit, followScript, type ScriptedCall } from '@lifeharness/core/testing'
import {
  generateText,
  isStepCount,
  type LanguageModelMiddleware,
  streamText,
  type ToolSet,
  wrapLanguageModel,
} from 'ai'
import { expect, test } from 'vitest'
import { hostTools, lifeHarnessWith, scriptedHostModel } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

const inputSchema = {
  type: 'object',
  properties: { query: { type: 'string' } },
  required: ['query'],
  additionalProperties: false,
}

const rename = {
  kind: 'rename-argument',
  options: { from: '/q', to: '/query' },
  tool: 'search',
  stage: 'active',
} as const
const repairText = {
  kind: 'repair-json',
  tool: 'search',
  stage: 'active',
  category: 'parse.malformed_json',
} as const

async function run(
  turns: readonly (readonly ScriptedCall[])[],
  {
    entries = [] as Parameters<typeof lifeHarnessWith>[0],
    tools: extra = {} as ToolSet,
    providerOptions = {},
  } = {},
) {
  const executed: unknown[] = []
  const world = await lifeHarnessWith(entries)
  const execute = (input: unknown) => {
    executed.push(input)
    return 'found'
  }
  const own = hostTools([{ name: 'search', inputSchema, execute }])
  const tools = { ...lifeHarnessTools(world.lifeHarness, own), ...extra }
  const scripted = scriptedHostModel(followScript(turns))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const result = await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(9), providerOptions })
  return { ...world, executed, result, prompts: scripted.doGenerateCalls.map(({ prompt }) => prompt) }
}

test('a dead call is repaired for history, UI and execution alike, and the original stands in its metadata', async () => {
  const { result, executed, prompts } = await run([[{ id: 'call-1', name: 'search', input: { q: 'a' } }]], {
    entries: [rename],
  })
  expect(executed).toEqual([{ query: 'a' }])
  const [step] = result.steps
  expect(step?.toolCalls[0]).toMatchObject({
    input: { query: 'a' },
    providerMetadata: { lifeharness: { original: { toolName: 'search', input: '{"q":"a"}' } } },
  })
  expect(step?.toolCalls[0]?.invalid).toBeUndefined()
  expect(prompts[1]?.[1]?.content).toMatchObject([{ type: 'tool-call', input: { query: 'a' } }])
})

test('arguments that are almost JSON are repaired; what the model wrote is kept as evidence', async () => {
  const { executed, toolEvents } = await run(
    [[{ id: 'call-1', name: 'search', rawInput: '{"query": "a",}' }]],
    {
      entries: [repairText],
    },
  )
  expect(executed).toEqual([{ query: 'a' }])
  const [event] = await toolEvents()
  expect(event?.call.rawInput).toBe('{"query": "a",}')
  expect(event?.executed?.input).toEqual({ query: 'a' })
})

test('a call that the host refuses is recorded once, with the raw text that the history has lost', async () => {
  const { result, toolEvents, prompts } = await run([
    [{ id: 'call-1', name: 'search', rawInput: '{query = a}' }],
    [{ id: 'call-2', name: 'serach', input: { query: 'a' } }],
    [{ id: 'call-3', name: 'search', input: { query: 'a' } }],
  ])
  expect(prompts[1]?.[1]?.content).toMatchObject([{ input: {} }])
  const recorded = (await toolEvents()).map(({ call, outcome, error, failure }) => ({
    id: call.id,
    raw: call.rawInput,
    outcome,
    error: error?.name,
    category: failure?.category,
  }))
  expect(recorded).toEqual([
    {
      id: 'call-1',
      raw: '{query = a}',
      outcome: 'error',
      error: 'AI_InvalidToolInputError',
      category: 'parse.malformed_json',
    },
    {
      id: 'call-2',
      raw: undefined,
      outcome: 'error',
      error: 'AI_NoSuchToolError',
      category: 'resolve.unknown_tool',
    },
    { id: 'call-3', raw: undefined, outcome: 'ok', error: undefined, category: undefined },
  ])
  expect(result.text).toBe('done')
})

test('a model call that the host repeats does not record a refused call again', async () => {
  const world = await lifeHarnessWith([])
  const middleware = lifeHarnessMiddleware(world.lifeHarness)
  const model = scriptedHostModel(followScript([]))
  const refused = {
    type: 'error-text' as const,
    value: 'AI_NoSuchToolError: Model tried to call unavailable tool',
  }
  const call = { toolCallId: 'call-1', toolName: 'serach' }
  const params: LanguageModelV4CallOptions = {
    prompt: [
      { role: 'assistant', content: [{ type: 'tool-call', ...call, input: {} }] },
      { role: 'tool', content: [{ type: 'tool-result', ...call, output: refused }] },
    ],
  }
  for (const _ of [1, 2])
    expect(await middleware.transformParams?.({ type: 'generate', params, model })).toBe(params)
  expect((await world.toolEvents()).length).toBe(1)
})

test('results of tools that are not wrapped are observed from the next prompt, an MCP error as an error', async () => {
  const failed = { isError: true, content: [{ type: 'text', text: 'ECONNRESET' }] }
  const extra = hostTools([{ name: 'remote', inputSchema, execute: () => failed }])
  const { toolEvents } = await run([[{ id: 'call-1', name: 'remote', input: { query: 'a' } }]], {
    tools: extra,
  })
  const [event, ...others] = await toolEvents()
  expect(others).toEqual([])
  expect(event).toMatchObject({
    call: { tool: { name: 'remote' } },
    outcome: 'error',
    error: { message: 'ECONNRESET' },
  })
})

test('a call that the host accepts is left alone, whatever the JSON Schema says of it', async () => {
  // Zod strips unknown arguments and the host runs the call, although the JSON Schema forbids them.
  const { z } = await import('zod')
  const seen: unknown[] = []
  const world = await lifeHarnessWith([{ ...rename, options: { from: '/limt', to: '/limit' } }])
  const tools = lifeHarnessTools(world.lifeHarness, {
    search: {
      inputSchema: z.object({ query: z.string(), limit: z.number().optional() }),
      execute: async (input: unknown) => seen.push(input),
    },
  })
  const scripted = scriptedHostModel(
    followScript([[{ id: 'call-1', name: 'search', input: { query: 'a', limt: 5 } }]]),
  )
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const result = await generateText({
    model,
    tools: tools as ToolSet,
    prompt: 'go',
    stopWhen: isStepCount(3),
  })
  expect(result.steps[0]?.toolCalls[0]).toMatchObject({ input: { query: 'a' }, providerMetadata: undefined })
  expect(seen).toEqual([{ query: 'a' }])
})

test('a call of a tool that the provider runs is of no unknown tool', async () => {
  const world = await lifeHarnessWith([])
  const scripted = scriptedHostModel(() => ({ type: 'text', text: '' }))
  const doGenerate = scripted.doGenerate
  scripted.doGenerate = async (options) => ({
    ...(await doGenerate(options)),
    content: [
      { type: 'tool-call', toolCallId: 'call-1', toolName: 'find', input: '{}', providerExecuted: true },
      { type: 'tool-result', toolCallId: 'call-1', toolName: 'find', result: 'busy', isError: true },
    ],
  })
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  await model.doGenerate({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'go' }] }],
    tools: [
      { type: 'provider', id: 'x.find', name: 'find', args: {} },
      { type: 'function', name: 'search', inputSchema: { type: 'object' } },
    ],
  })
  const [event] = await world.toolEvents()
  expect(event?.failure).toMatchObject({ dead: false })
})

test('a hint on a call that the host refused is told where the refusal stands', async () => {
  const hint: EntryInit = {
    kind: 'explain-error',
    options: { advice: 'same-again' },
    tool: 'search',
    stage: 'active',
    layer: 'trajectory',
    category: 'contract.missing_param',
  }
  const world = await lifeHarnessWith([hint])
  const scripted = scriptedHostModel(
    followScript([
      [{ id: 'call-1', name: 'search', input: {} }],
      [{ id: 'call-2', name: 'search', input: { query: 'a' } }],
    ]),
  )
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const tools = lifeHarnessTools(
    world.lifeHarness,
    hostTools([{ name: 'search', inputSchema, execute: () => 'found' }]),
  )
  await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(4) })
  const prompts = scripted.doGenerateCalls.map(({ prompt }) => JSON.stringify(prompt))
  // It stays there, so that later prompts begin with the same bytes.
  expect(prompts.map((text) => text.includes('would fail again'))).toEqual([false, true, true])
  const [refused] = await world.toolEvents()
  expect(refused?.applied).toMatchObject([{ arm: 'applied', action: 'replace-result' }])
})

test('a turn cut off at the length limit is recorded as a failure of its call, which nobody executes', async () => {
  const world = await lifeHarnessWith([rename])
  const scripted = scriptedHostModel(() => ({ type: 'text', text: '' }))
  const doGenerate = scripted.doGenerate
  scripted.doGenerate = async (options) => ({
    ...(await doGenerate(options)),
    content: [{ type: 'tool-call', toolCallId: 'call-1', toolName: 'search', input: '{"q":"/srv/da' }],
    finishReason: { unified: 'length', raw: 'length' },
  })
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const tools = lifeHarnessTools(
    world.lifeHarness,
    hostTools([{ name: 'search', inputSchema, execute: () => 'found' }]),
  )
  await generateText({ model, tools, prompt: 'go' })
  const recorded = (await world.toolEvents()).map(({ call, outcome, error }) => [
    call.rawInput,
    outcome,
    error?.code,
  ])
  expect(recorded).toEqual([['{"q":"/srv/da', 'error', 'length']])
})

test('the model, its usage, its finish reason and its tools are observed, in the episode of the first call', async () => {
  const { allEvents } = await run([[{ id: 'call-1', name: 'search', input: { query: 'a' } }]])
  const events = await allEvents()
  expect(new Set(events.map((event) => 'episode' in event && event.episode))).toEqual(new Set(['call-1']))
  const usage = { inputTokens: 10, outputTokens: 5 }
  expect(events.map(({ type }) => type)).toEqual(['episode', 'contracts', 'model', 'tool', 'model', 'end'])
  expect(events[0]).toMatchObject({ family: 'scripted-1b' })
  expect(events[1]).toMatchObject({
    contracts: [{ tool: { name: 'search' }, inputSchema: { required: ['query'] } }],
  })
  expect(events[2]).toMatchObject({ finishReason: 'tool-calls', usage })
  expect(events[4]).toMatchObject({ finishReason: 'stop', usage })
})

test('an episode of the caller is ended by the caller, with what became of it', async () => {
  const world = await lifeHarnessWith([rename])
  const { lifeHarness } = world
  const model = wrapLanguageModel({
    model: scriptedHostModel(followScript([[{ id: 'call-1', name: 'search', input: { query: 'a' } }]])),
    middleware: lifeHarnessMiddleware(lifeHarness, { episode: 'mine' }),
  })
  const tools = lifeHarnessTools(
    lifeHarness,
    hostTools([{ name: 'search', inputSchema, execute: () => 'found' }]),
    { episode: 'mine' },
  )
  await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(4) })
  lifeHarness.episode({ id: 'mine' }).end({ success: true })
  const ends = (await world.allEvents()).filter(({ type }) => type === 'end')
  expect(ends).toMatchObject([{ episode: 'mine', success: true }])
})

test('every chunk of a stream passes as it is, in order', async () => {
  const world = await lifeHarnessWith([rename])
  const scripted = scriptedHostModel(followScript([[{ id: 'call-1', name: 'search', input: { q: 'a' } }]]))
  const middleware = lifeHarnessMiddleware(world.lifeHarness) as Required<LanguageModelMiddleware>
  const chunks: unknown[] = []
  const { doStream } = scripted
  scripted.doStream = async (options) => {
    const { stream, ...rest } = await doStream(options)
    const noting = new TransformStream({
      transform(chunk, controller) {
        chunks.push(chunk)
        controller.enqueue(chunk)
      },
    })
    return { ...rest, stream: stream.pipeThrough(noting) }
  }
  const model = wrapLanguageModel({ model: scripted, middleware })
  const { stream } = await model.doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'go' }] }],
  })
  const passed: unknown[] = []
  for await (const chunk of stream) passed.push(chunk)
  expect(passed.length).toBe(6)
  expect(passed.every((chunk, index) => chunk === chunks[index])).toBe(true)
})

test('a streamed dead call is refused as without the layer, and recorded from the next prompt', async () => {
  const world = await lifeHarnessWith([rename])
  const scripted = scriptedHostModel(followScript([[{ id: 'call-1', name: 'search', rawInput: '{"q": ' }]]))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const tools = lifeHarnessTools(
    world.lifeHarness,
    hostTools([{ name: 'search', inputSchema, execute: () => 'found' }]),
  )
  await streamText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) }).consumeStream()
  expect((await world.toolEvents()).map(({ call, outcome }) => [call.rawInput, outcome])).toEqual([
    ['{"q": ', 'error'],
  ])
})

test('a model that throws throws the same through the middleware', async () => {
  const world = await lifeHarnessWith([])
  const failure = new Error('overloaded')
  const scripted = scriptedHostModel(() => {
    throw failure
  })
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  await expect(generateText({ model, prompt: 'go', maxRetries: 0 })).rejects.toBe(failure)
  expect(world.faults).toEqual([])
})
