import { defineIntervention, type Json, type JsonObject } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import type { EntryInit, ScriptedCall } from '@lifeharness/core/testing'
import { followScript } from '@lifeharness/core/testing'
import {
  generateText,
  isStepCount,
  type ModelMessage,
  streamText,
  type ToolSet,
  tool,
  wrapLanguageModel,
} from 'ai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lifeHarnessWith, scriptedHostModel } from './host.test.support.ts'
import { type LifeHarnessToolsOptions, lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

/** Rewrites every live call: `{ path: 'query', text: 'b' }`. */
const setValue = defineIntervention({
  kind: 'set-value',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: { type: 'object' },
  compile:
    ({ name, value }: JsonObject) =>
    ({ call }) => {
      const input = { ...(call.input as JsonObject), [name as string]: value as Json }
      return { type: 'replace-call', call: { ...call, input } }
    },
})

const respond = defineIntervention({
  kind: 'refuse',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'block',
  actions: ['stop'],
  options: { type: 'object' },
  compile: () => () => ({ type: 'stop', reason: 'enough of this' }),
})

const kinds = [...builtinKinds, setValue, respond]
const rewrite: EntryInit = {
  kind: 'set-value',
  options: { name: 'query', value: 'b' },
  tool: 'search',
  stage: 'active',
  risk: 'value',
}
const explain: EntryInit = {
  kind: 'explain-error',
  options: { advice: 'try-later' },
  tool: 'search',
  stage: 'active',
  layer: 'trajectory',
  category: 'exec.tool_bug',
}
const one: ScriptedCall[][] = [[{ id: 'call-1', name: 'search', input: { query: 'a' } }]]

async function run(tools: ToolSet, entries: EntryInit[] = [], turns: ScriptedCall[][] = one) {
  const world = await lifeHarnessWith(entries, { kinds })
  const scripted = scriptedHostModel(followScript(turns))
  const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(world.lifeHarness) })
  const wrapped = lifeHarnessTools(world.lifeHarness, tools)
  const result = await generateText({ model, tools: wrapped, prompt: 'go', stopWhen: isStepCount(9) })
  const part = scripted.doGenerateCalls.at(-1)?.prompt.at(-1)?.content.at(-1)
  const told = typeof part === 'object' && part.type === 'tool-result' ? part.output : undefined
  return { ...world, result, told, prompts: scripted.doGenerateCalls.map(({ prompt }) => prompt) }
}

const query = z.object({ query: z.string() })

test('tools of the client and of the provider come back untouched, other members survive', async () => {
  const { lifeHarness } = await lifeHarnessWith([])
  const client = { inputSchema: query }
  const provider = { type: 'provider', isProviderExecuted: true, execute: () => 1 }
  const own = {
    inputSchema: query,
    execute: () => 1,
    needsApproval: true,
    title: 'Search',
    metadata: { a: 1 },
  }
  const wrapped = lifeHarnessTools(lifeHarness, { client, provider, own })
  expect(wrapped.client).toBe(client)
  expect(wrapped.provider).toBe(provider)
  expect(wrapped.own).toMatchObject({
    needsApproval: true,
    title: 'Search',
    metadata: { a: 1 },
    inputSchema: query,
  })
})

test('what ran otherwise than the model wrote is told in a line beside the result, which stays as it is', async () => {
  const value = { items: [1] }
  const { result, told } = await run({ search: tool({ inputSchema: query, execute: () => value }) }, [
    rewrite,
  ])
  expect(result.steps[0]?.toolCalls[0]?.input).toEqual({ query: 'a' })
  expect(result.steps[0]?.toolResults[0]?.output).toBe(value)
  const note = expect.stringContaining('{"query":"b"}')
  const report = { executed: { query: 'b' }, interventions: [expect.stringMatching(/^set-value-/)] }
  expect(told).toEqual({
    type: 'content',
    value: [
      { type: 'text', text: '{"items":[1]}' },
      { type: 'text', text: note, providerOptions: { lifeharness: report } },
    ],
  })
})

test('a text result is told as one text, and the tool’s own toModelOutput goes first', async () => {
  const plain = await run({ search: tool({ inputSchema: query, execute: () => 'found' }) }, [rewrite])
  expect(plain.told).toMatchObject({
    type: 'text',
    value: expect.stringMatching(/^found\n.*\{"query":"b"\}/),
  })
  const own = tool({
    inputSchema: query,
    execute: () => ({ secret: 1 }),
    toModelOutput: () => ({ type: 'text', value: 'short' }),
  })
  const { told } = await run({ search: own }, [rewrite])
  expect(told).toMatchObject({ type: 'text', value: expect.stringMatching(/^short\n/) })
})

test('the schema of the tool parses a rewritten call, as it parsed the one the model wrote', async () => {
  const executed: unknown[] = []
  const search = tool({
    inputSchema: z.object({
      query: z.string().transform((text) => text.toUpperCase()),
      page: z.number().default(1),
    }),
    execute: (input) => executed.push(input),
  })
  const { toolEvents } = await run({ search }, [rewrite])
  expect(executed).toEqual([{ query: 'B', page: 1 }])
  const [event] = await toolEvents()
  expect([event?.call.input, event?.executed?.input]).toEqual([{ query: 'a' }, { query: 'b' }])
})

test('a rewritten call that the schema refuses is not executed: the original is, and the fault is reported', async () => {
  const executed: unknown[] = []
  const search = tool({
    inputSchema: z.object({ query: z.string().refine((text) => text !== 'b') }),
    execute: (input) => executed.push(input),
  })
  const { faults, told, toolEvents } = await run({ search }, [rewrite])
  expect(executed).toEqual([{ query: 'a' }])
  expect(faults.map(({ where }) => where)).toEqual(['adapter'])
  const [event] = await toolEvents()
  expect([event?.executed, event?.applied]).toEqual([undefined, []])
  expect(JSON.stringify(told)).not.toContain('Note')
})

test('a hint on a result reaches the model alone; the application finds the result in its shape', async () => {
  const value = { ok: false, items: [] }
  const soft = { ...explain, category: 'result.soft_failure' as const }
  const { result, told } = await run({ search: tool({ inputSchema: query, execute: () => value }) }, [soft])
  expect(result.steps[0]?.toolResults[0]?.output).toBe(value)
  expect(told).toMatchObject({ type: 'json', value: { ...value, advice: expect.any(String) } })
})

test('a call that cannot be looked into is executed as it is', async () => {
  const { lifeHarness, faults } = await lifeHarnessWith([rewrite], { kinds })
  const { search } = lifeHarnessTools(lifeHarness, {
    search: tool({ inputSchema: query, execute: (input) => input }),
  })
  const input = { query: 'a' }
  const ran = search.execute?.(input, {
    toolCallId: 'call-1',
    messages: null as never,
    context: undefined as never,
  })
  expect(await ran).toBe(input)
  expect(faults.map(({ where }) => where)).toEqual(['ai-sdk execute'])
})

test('annotations without the name of a client are of an MCP server that nobody trusts', async () => {
  const remote = {
    inputSchema: query,
    metadata: { annotations: { readOnlyHint: true } },
    execute: () => 1,
  }
  const { toolEvents } = await run({ search: remote } as unknown as ToolSet)
  expect((await toolEvents())[0]?.call.tool.origin).toBe('mcp')
})

test('an explained error keeps its name and its cause', async () => {
  const failure = new TypeError('x is not a function')
  const search = tool({
    inputSchema: query,
    execute: (): string => {
      throw failure
    },
  })
  const { result, told } = await run({ search }, [explain])
  const error = result.steps[0]?.content.find(({ type }) => type === 'tool-error') as
    | { error: Error }
    | undefined
  expect(error?.error.cause).toBe(failure)
  expect(told).toEqual({
    type: 'error-text',
    value:
      'TypeError: x is not a function\nThe tool is not available at the moment. The same call may succeed later.',
  })
})

test('an MCP error result is read as an error and explained in its own form', async () => {
  const image = { type: 'image', data: 'aGk=', mimeType: 'image/png' }
  const failed = { isError: true, content: [{ type: 'text', text: 'TypeError: x is not a function' }, image] }
  const { result, toolEvents } = await run({ search: tool({ inputSchema: query, execute: () => failed }) }, [
    { ...explain, category: (await categoryOf(failed)) ?? 'unknown' },
  ])
  const [event] = await toolEvents()
  expect(event).toMatchObject({ outcome: 'error', error: { message: 'TypeError: x is not a function' } })
  expect(result.steps[0]?.toolResults[0]?.output).toEqual({
    isError: true,
    content: [{ type: 'text', text: expect.stringContaining('may succeed later') }, image],
  })
})

/** Which category the built-in classifiers give a result. */
async function categoryOf(value: unknown) {
  const { toolEvents } = await run({ search: tool({ inputSchema: query, execute: () => value }) })
  return (await toolEvents())[0]?.failure?.category
}

test.each([
  ['a text', 'found'],
  ['an object', { items: [1], none: undefined, at: new Date(0) }],
  ['nothing', undefined],
  ['bytes', new Uint8Array([1, 2])],
])('the model is shown %s byte for byte as without the layer', async (_, value) => {
  const search = tool({ inputSchema: query, execute: () => value })
  const bare = scriptedHostModel(followScript(one))
  await generateText({ model: bare, tools: { search }, prompt: 'go', stopWhen: isStepCount(9) })
  const { prompts } = await run({ search } as ToolSet)
  expect(prompts.length).toBe(2)
  expect(JSON.stringify(prompts)).toBe(JSON.stringify(bare.doGenerateCalls.map(({ prompt }) => prompt)))
})

describe('what was approved is executed as it is', () => {
  const executed: unknown[] = []
  const search = tool({ inputSchema: query, execute: (input) => executed.push(input) })
  const call = { type: 'tool-call' as const, toolCallId: 'call-1', toolName: 'search', input: { query: 'a' } }
  const replay: ModelMessage[] = [
    { role: 'user', content: 'go' },
    {
      role: 'assistant',
      content: [call, { type: 'tool-approval-request', approvalId: '1', toolCallId: 'call-1' }],
    },
    { role: 'tool', content: [{ type: 'tool-approval-response', approvalId: '1', approved: true }] },
  ]

  async function replayed(messages: ModelMessage[], options: LifeHarnessToolsOptions = {}): Promise<unknown> {
    executed.length = 0
    const { lifeHarness } = await lifeHarnessWith([rewrite], { kinds })
    const tools = lifeHarnessTools(lifeHarness, { search }, options)
    const scripted = scriptedHostModel(followScript(one))
    const model = wrapLanguageModel({ model: scripted, middleware: lifeHarnessMiddleware(lifeHarness) })
    const toolApproval = { search: messages === replay ? ('user-approval' as const) : ('approved' as const) }
    await generateText({ model, tools, messages, toolApproval, stopWhen: isStepCount(2) })
    return executed
  }

  test('as the conversation shows', async () => expect(await replayed(replay)).toEqual([{ query: 'a' }]))

  const fresh: ModelMessage[] = [{ role: 'user', content: 'go' }]
  test('as the caller says of a tool that `toolApproval` guards', async () =>
    expect(await replayed(fresh, { approved: ['search'] })).toEqual([{ query: 'a' }]))

  test('unless nobody knows of an approval', async () =>
    expect(await replayed(fresh)).toEqual([{ query: 'b' }]))
})

test('a call that the layer answers itself is not executed, and the model is told why', async () => {
  let executions = 0
  const search = tool({ inputSchema: query, execute: () => executions++ })
  const { told } = await run({ search }, [{ kind: 'refuse', tool: 'search', stage: 'active' }])
  expect(executions).toBe(0)
  expect(told).toEqual({ type: 'error-text', value: expect.stringContaining('enough of this') })
})

test('two tool sets of one name from two MCP servers have two origins', async () => {
  const search = { ...tool({ inputSchema: query, execute: () => 1 }), metadata: { clientName: 'docs' } }
  const { toolEvents } = await run({ search } as ToolSet)
  expect((await toolEvents())[0]?.call.tool).toEqual({ origin: 'mcp:docs', name: 'search' })
})

describe('generators', () => {
  const parts = ['loading', 'half', 'all']
  const streaming = () =>
    tool({
      inputSchema: query,
      async *execute() {
        yield* parts
      },
    })

  async function outputs(tools: ToolSet): Promise<[unknown, boolean | undefined][]> {
    const model = scriptedHostModel(followScript(one))
    const seen: [unknown, boolean | undefined][] = []
    for await (const part of streamText({ model, tools, prompt: 'go' }).fullStream)
      if (part.type === 'tool-result') seen.push([part.output, part.preliminary])
    return seen
  }

  test('every preliminary part and the final one arrive as without the layer', async () => {
    const bare = await outputs({ search: streaming() })
    expect(bare.length).toBe(4)
    const { lifeHarness, toolEvents } = await lifeHarnessWith([])
    expect(await outputs(lifeHarnessTools(lifeHarness, { search: streaming() }))).toEqual(bare)
    expect((await toolEvents()).map(({ outcome, view }) => [outcome, view])).toEqual([['ok', 'all']])
  })

  test('an ordinary function that returns an iterable is drained to its last value', async () => {
    const source = streaming().execute as () => AsyncIterable<string>
    const { lifeHarness } = await lifeHarnessWith([])
    const search = tool({ inputSchema: query, execute: () => source() })
    expect(await outputs(lifeHarnessTools(lifeHarness, { search }))).toEqual([['all', undefined]])
  })

  test('an error after some parts is thrown as it is', async () => {
    const failure = new Error('connection lost')
    const { lifeHarness, toolEvents } = await lifeHarnessWith([])
    const { search } = lifeHarnessTools(lifeHarness, {
      search: {
        async *execute(_: unknown, __: unknown) {
          yield 'half'
          throw failure
        },
      },
    })
    const values = search.execute({ query: 'a' }, { toolCallId: 'call-1', messages: [] })
    expect(await values.next()).toEqual({ done: false, value: 'half' })
    await expect(values.next()).rejects.toBe(failure)
    expect((await toolEvents()).map(({ outcome }) => outcome)).toEqual(['error'])
  })

  test('a consumer that leaves early ends the source, which is never pulled ahead of him', async () => {
    const log: string[] = []
    const { lifeHarness, toolEvents } = await lifeHarnessWith([])
    const { search } = lifeHarnessTools(lifeHarness, {
      search: {
        async *execute(_: unknown, __: unknown) {
          try {
            for (const part of parts) {
              log.push(part)
              yield part
            }
          } finally {
            log.push('closed')
          }
        },
      },
    })
    for await (const _ of search.execute({ query: 'a' }, { toolCallId: 'call-1', messages: [] })) break
    await new Promise(setImmediate)
    expect(log).toEqual(['loading', 'closed'])
    expect((await toolEvents()).map(({ outcome }) => outcome)).toEqual(['interrupted'])
  })
})
