import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  type ToolMessage,
} from '@langchain/core/messages'
import { MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import type { LifeHarness } from '@lifeharness/core'
import { registryWith } from '@lifeharness/core/testing'
import { createAgent, fakeModel, tool } from 'langchain'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { layered, recorded } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessNode, lifeHarnessToolNode } from './index.ts'

type Reply = { name: string; args: string; finish: string } | string

/** An OpenAI-compatible endpoint that answers in order, streamed or whole, as it is asked. */
let replies: Reply[] = []
let seen: { messages: { role: string; content: string }[] }[] = []
let replied = 0
let server: Server
let baseURL = ''

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { stream, messages } = JSON.parse(body)
    seen.push({ messages })
    const reply = replies.shift() ?? 'done'
    const common = { id: `reply-${replied++}`, created: 0, model: 'stub' }
    if (!stream) {
      const message =
        typeof reply === 'string' ? { content: reply } : { content: null, tool_calls: [call(reply)] }
      const finish_reason = typeof reply === 'string' ? 'stop' : reply.finish
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          ...{ ...common, object: 'chat.completion' },
          choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
        }),
      )
      return
    }
    response.setHeader('content-type', 'text/event-stream')
    const send = (delta: object, finish_reason: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
      )
    send({ role: 'assistant', content: typeof reply === 'string' ? reply : '' })
    if (typeof reply !== 'string') {
      const whole = call(reply)
      send({ tool_calls: [{ ...whole, function: { name: reply.name, arguments: '' } }] })
      for (let at = 0; at < reply.args.length; at += 7)
        send({ tool_calls: [{ index: 0, function: { arguments: reply.args.slice(at, at + 7) } }] })
    }
    send({}, typeof reply === 'string' ? 'stop' : reply.finish)
    response.end('data: [DONE]\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  vi.stubEnv('OPENAI_API_KEY', 'unused')
})
afterAll(() => {
  vi.unstubAllEnvs()
  return new Promise((resolve) => server.close(resolve))
})

const call = ({ name, args }: Exclude<Reply, string>) => ({
  ...{ index: 0, id: 'c1', type: 'function' },
  function: { name, arguments: args },
})

const CUT = '{"path": "/srv/data/imp'

/** Streams one run of a host, and tells what its tool was executed with and what the model was told. */
async function run(
  how: 'agent' | 'nodes' | 'tool node alone',
  lifeHarness: LifeHarness | undefined,
  reply: Reply,
  streamMode: 'messages' | 'values' | 'invoke' = 'messages',
) {
  replies = [reply]
  seen = []
  const executed: unknown[] = []
  const remove = tool(
    (input) => {
      executed.push(input)
      return 'removed'
    },
    { name: 'remove', description: 'removes a file', schema: z.object({ path: z.string().optional() }) },
  )
  const model = new ChatOpenAI({
    model: 'stub',
    configuration: { baseURL },
    streamUsage: false,
    maxRetries: 0,
  })
  const checkpointer = new MemorySaver()
  const agent = (() => {
    if (how === 'agent') {
      const middleware = lifeHarness ? [lifeHarnessMiddleware(lifeHarness)] : []
      return createAgent({ model, tools: [remove], middleware, checkpointer })
    }
    const bound = model.bindTools([remove])
    const ask = async ({ messages }: typeof MessagesAnnotation.State) => ({
      messages: [await bound.invoke(messages)],
    })
    const wrapped = lifeHarness && how === 'nodes' ? lifeHarnessNode(lifeHarness, [remove], ask) : ask
    return new StateGraph(MessagesAnnotation)
      .addNode('agent', wrapped)
      .addNode('tools', lifeHarness ? lifeHarnessToolNode(lifeHarness, [remove]) : new ToolNode([remove]))
      .addEdge(START, 'agent')
      .addConditionalEdges('agent', toolsCondition)
      .addEdge('tools', 'agent')
      .compile({ checkpointer })
  })() as ReturnType<typeof createAgent>
  const config = { configurable: { thread_id: 't' } }
  const input = { messages: [new HumanMessage('go')] }
  if (streamMode === 'invoke') await agent.invoke(input, config)
  else for await (const _ of await agent.stream(input, { ...config, streamMode }));
  const { messages } = (
    await (
      agent as unknown as { getState(config: object): Promise<{ values: { messages: BaseMessage[] } }> }
    ).getState(config)
  ).values
  return { executed, messages, told: seen[1]?.messages.at(-1)?.content }
}

const cut: Reply = { name: 'remove', args: CUT, finish: 'length' }

describe('a stream that was cut inside an argument', () => {
  it('is completed and executed by LangChain itself', async () => {
    const { executed } = await run('agent', undefined, cut)
    expect(executed).toEqual([{ path: '/srv/data/imp' }])
  })

  it.each(
    (['agent', 'nodes', 'tool node alone'] as const).flatMap((how) =>
      (['observe', 'frozen'] as const).map((mode) => [how, mode] as const),
    ),
  )('is never executed, and the model is told so: %s, %s', async (how, mode) => {
    const { lifeHarness, store, faults } = await layered({ mode })
    const { executed, messages, told } = await run(how, lifeHarness, cut)
    expect(executed).toEqual([])
    expect(told).toMatch(/^Error: the arguments of this call were cut off/)
    expect(messages.map((message) => message.type)).toEqual(['human', 'ai', 'tool', 'ai'])
    expect((messages[2] as ToolMessage).status).toBe('error')
    const { calls } = await recorded(store, lifeHarness)
    expect(calls.map(({ call, outcome, failure }) => [call.rawInput, outcome, failure?.category])).toEqual([
      [CUT, 'error', 'emit.truncated'],
    ])
    expect(faults).toEqual([])
  })

  it.each([
    ['behind a member', '{"path": "/srv/data",', 'length'],
    ['behind an inner object', '{"path": "/srv", "more": {"a": 1}', 'length'],
    ['inside a name', '{"path": "/srv", "rec', 'stop'],
  ])('is not executed either when it was cut %s', async (_, args, finish) => {
    const { lifeHarness } = await layered()
    const { executed } = await run('agent', lifeHarness, { name: 'remove', args, finish })
    expect(executed).toEqual([])
  })

  it('is not executed either when it was cut before it began', async () => {
    const run = async (finish_reason: string) => {
      const chunk = new AIMessageChunk({
        content: '',
        tool_call_chunks: [{ id: 'c1', name: 'list', args: '', index: 0, type: 'tool_call_chunk' }],
        response_metadata: { finish_reason },
      })
      const executed: unknown[] = []
      const list = tool((input) => String(executed.push(input)), {
        ...{ name: 'list', description: 'lists', schema: z.object({ path: z.string().optional() }) },
      })
      const { lifeHarness } = await layered()
      const model = fakeModel().respond(chunk).respond(new AIMessage('done'))
      const middleware = [lifeHarnessMiddleware(lifeHarness)]
      await createAgent({ model, tools: [list], middleware }).invoke({ messages: [new HumanMessage('go')] })
      return executed
    }
    expect(await run('length')).toEqual([])
    expect(await run('tool_calls')).toEqual([{}])
  })

  it('in a process that did not see the stream is refused where nothing shows that it is whole', async () => {
    const executed: unknown[] = []
    const list = tool((input) => String(executed.push(input)), {
      ...{ name: 'list', description: 'lists', schema: z.object({ path: z.string() }) },
    })
    const run = async (stop_reason: string) => {
      const { lifeHarness } = await layered()
      const calls = ['a', 'b'].map((id) => ({ id, name: 'list', args: { path: id } }))
      const message = new AIMessage({ content: '', tool_calls: calls, response_metadata: { stop_reason } })
      await lifeHarnessToolNode(lifeHarness, [list]).invoke({ messages: [message] })
      return executed.splice(0)
    }
    expect(await run('max_tokens')).toEqual([{ path: 'a' }])
    expect(await run('tool_use')).toEqual([{ path: 'a' }, { path: 'b' }])
  })

  it.each([['values'], ['messages']] as const)('whatever is streamed: %s', async (streamMode) => {
    const { lifeHarness } = await layered()
    expect((await run('agent', lifeHarness, cut, streamMode)).executed).toEqual([])
  })

  it('is left to the host when the layer is switched off', async () => {
    vi.stubEnv('LIFEHARNESS', 'off')
    const { lifeHarness } = await layered()
    vi.stubEnv('LIFEHARNESS', undefined)
    expect((await run('agent', lifeHarness, cut)).executed).toEqual([{ path: '/srv/data/imp' }])
  })
})

describe('a stream that was not cut is executed as it came', () => {
  it.each([
    ['whole', '{"path": "/srv/data/import"}', 'tool_calls', { path: '/srv/data/import' }],
    ['whole, although the message was cut behind it', '{"path": "/srv"}', 'length', { path: '/srv' }],
    ['a raw line break', '{"path": "/srv\n/data"}', 'tool_calls', { path: '/srv\n/data' }],
    ['a closing bracket in a text', '{"path": "a]}\\"["}', 'tool_calls', { path: 'a]}"[' }],
    ['nothing, where nothing is needed', '', 'tool_calls', {}],
  ])('%s', async (_, args, finish, input) => {
    for (const how of ['agent', 'nodes'] as const) {
      const { lifeHarness } = await layered()
      expect((await run(how, lifeHarness, { name: 'remove', args, finish })).executed).toEqual([input])
    }
  })
})

describe('arguments that are no JSON', () => {
  const broken: Reply = { name: 'remove', args: "{'path': '/srv',}", finish: 'tool_calls' }
  const repairs = registryWith({
    kind: 'repair-json',
    tool: 'remove',
    category: 'parse.malformed_json',
    stage: 'active',
  })
  const explains = registryWith({
    ...{ kind: 'explain-error', tool: 'remove', category: 'emit.truncated', stage: 'active' },
    ...{ layer: 'trajectory', options: { advice: 'shorten-input' } },
  })

  it.each([['invoke'], ['messages']] as const)('are repaired where they were emitted: %s', async (mode) => {
    for (const how of ['agent', 'nodes'] as const) {
      const { lifeHarness, store } = await layered({ registry: repairs })
      const { executed, messages } = await run(how, lifeHarness, broken, mode)
      expect(executed).toEqual([{ path: '/srv' }])
      const emitted = messages[1] as AIMessage
      expect(emitted.tool_calls).toMatchObject([{ id: 'c1', name: 'remove', args: { path: '/srv' } }])
      expect(emitted.invalid_tool_calls).toEqual([])
      expect(emitted.additional_kwargs.lifeharness).toMatchObject({
        original: { c1: { name: 'remove', args: "{'path': '/srv',}" } },
        interventions: { c1: [expect.stringMatching(/^repair-json-/)] },
      })
      // What is sent again with the next turn says the same as what was executed.
      const sent = seen[1]?.messages.find(({ role }) => role === 'assistant') as unknown as {
        tool_calls: { function: { arguments: string } }[]
      }
      expect(JSON.parse(sent.tool_calls[0]!.function.arguments)).toEqual({ path: '/srv' })
      const { calls } = await recorded(store, lifeHarness)
      expect(calls.map(({ outcome, applied }) => [outcome, applied.length])).toEqual([['ok', 1]])
    }
  })

  it('end the run as they do without the layer where there is nothing to say of them', async () => {
    const { lifeHarness, store } = await layered()
    const { executed, messages } = await run('agent', lifeHarness, broken, 'invoke')
    expect(executed).toEqual([])
    expect(messages.map((message) => message.type)).toEqual(['human', 'ai'])
    expect((await recorded(store, lifeHarness)).calls.map(({ outcome }) => outcome)).toEqual(['error'])
  })

  it('are answered by the advice that is active, and nothing is executed', async () => {
    for (const how of ['agent', 'nodes'] as const) {
      const { lifeHarness, store } = await layered({ registry: explains })
      const { executed, messages, told } = await run(how, lifeHarness, { ...cut }, 'invoke')
      expect(executed).toEqual([])
      expect(told).toMatch(/^Error: .+\n\n?.*The input was cut short. Send it again in smaller parts./s)
      expect(messages.map((message) => message.type)).toEqual(['human', 'ai', 'tool', 'ai'])
      const { calls } = await recorded(store, lifeHarness)
      expect(calls.map(({ outcome, applied }) => [outcome, applied.length])).toEqual([['error', 1]])
    }
  })
})
