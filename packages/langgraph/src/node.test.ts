import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import {
  Command,
  GraphInterrupt,
  interrupt,
  type LangGraphRunnableConfig,
  MemorySaver,
  MessagesAnnotation,
  ParentCommand,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { type Kind, toolResult } from '@lifeharness/core'
import { createAgent, fakeModel, tool } from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { active, add, call, done, editing, go, hinting, layered, recorded } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessNode, lifeHarnessToolNode } from './index.ts'

const renaming = editing('renaming', (input) => ('x' in input ? { a: input.x } : undefined))
const misnamed = () => new AIMessage({ content: '', tool_calls: call({ x: 1 }) })
const config = {} as LangGraphRunnableConfig

describe('a wrapped node', () => {
  it.each([
    ['one message', (message: AIMessage) => message, (update: unknown) => update],
    ['a list', (message: AIMessage) => [message], (update: unknown) => (update as unknown[])[0]],
    [
      'one message of a state',
      (message: AIMessage) => ({ messages: message, more: 1 }),
      (update: unknown) => (update as { messages: unknown }).messages,
    ],
    [
      'a Command with one',
      (message: AIMessage) => new Command({ update: { messages: [message] }, goto: 'tools' }),
      (update: unknown) => ((update as Command).update as { messages: unknown[] }).messages[0],
    ],
    [
      'Commands and updates in a list',
      (message: AIMessage) => [new Command({ goto: 'tools' }), { messages: [message] }],
      (update: unknown) => (update as { messages: unknown[] }[])[1]?.messages[0],
    ],
  ])('repairs what it emits as %s', async (_, wrap, unwrap) => {
    const { lifeHarness, faults } = await layered(active(renaming, 'add'))
    const node = lifeHarnessNode(lifeHarness, [add()], async () => wrap(misnamed()) as unknown)
    const update = await node(go, config)
    expect((unwrap(update) as AIMessage).tool_calls).toMatchObject([
      { id: 'c1', name: 'add', args: { a: 1 } },
    ])
    if (update instanceof Command) expect(update.goto).toEqual(['tools'])
    expect(faults).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['another state', { count: 1 }],
    ['a good call', { messages: [new AIMessage({ content: '', tool_calls: call({ a: 1 }) })] }],
    ['a message of a person', [new HumanMessage('go')]],
    ['an answer', { messages: [done] }],
    ['a Command to a parent', new Command({ graph: Command.PARENT, goto: 'other' })],
  ])('hands on as it is: %s', async (_, update) => {
    const { lifeHarness } = await layered(active(renaming, 'add'))
    expect(await lifeHarnessNode(lifeHarness, [add()], async () => update)(go, config)).toBe(update)
  })

  it('lets what the node throws pass', async () => {
    const { lifeHarness, faults } = await layered()
    for (const thrown of [
      new GraphInterrupt([]),
      new ParentCommand(new Command({ goto: 'x' })),
      new Error('no'),
    ]) {
      const node = lifeHarnessNode(lifeHarness, [add()], () => Promise.reject(thrown))
      await expect(node(go, config)).rejects.toBe(thrown)
    }
    expect(faults).toEqual([])
  })

  it('that executes tools itself is observed, and told what is active', async () => {
    const { lifeHarness, store } = await layered(active(hinting, 'add', 'exec.unavailable'))
    const content = 'connect ECONNREFUSED 127.0.0.1:80'
    const failed = new ToolMessage({ content, tool_call_id: 'c1', name: 'add', status: 'error' })
    const node = lifeHarnessNode(lifeHarness, [add()], async () => ({ messages: [failed] }))
    const state = { messages: [...go.messages, new AIMessage({ content: '', tool_calls: call({ a: 1 }) })] }
    const { messages } = await node(state, config)
    expect(messages[0]?.text).toBe(`${content}\nHint: try later.`)
    const { calls } = await recorded(store, lifeHarness)
    expect(calls.map(({ call, outcome }) => [call.input, outcome])).toEqual([[{ a: 1 }, 'error']])
  })

  it('with an agent inside counts its calls once, and leaves alone what it did', async () => {
    const { lifeHarness, store } = await layered()
    const inner = createAgent({
      model: fakeModel()
        .respondWithTools(call({ x: 1 }))
        .respond(done),
      tools: [add()],
      middleware: [lifeHarnessMiddleware(lifeHarness)],
    })
    const node = lifeHarnessNode(lifeHarness, [add()], async ({ messages }: { messages: BaseMessage[] }) =>
      inner.invoke({ messages }),
    )
    await node(go, config)
    expect((await recorded(store, lifeHarness)).calls).toHaveLength(1)
  })
})

describe('the tool node', () => {
  const invoke = (node: ReturnType<typeof lifeHarnessToolNode>, name: string) =>
    new StateGraph(MessagesAnnotation)
      .addNode('tools', node)
      .addEdge(START, 'tools')
      .compile()
      .invoke({ messages: [new AIMessage({ content: '', tool_calls: call({}, 'c1', name) })] })
  const throwing = (thrown: unknown) =>
    tool(() => Promise.reject(thrown), { name: 'throwing', description: 'throws', schema: z.object({}) })

  it('lets commands to a parent graph pass, and is no failure', async () => {
    const { lifeHarness, store } = await layered()
    const away = new ParentCommand(new Command({ graph: Command.PARENT, goto: 'other' }))
    const sub = new StateGraph(MessagesAnnotation)
      .addNode('tools', lifeHarnessToolNode(lifeHarness, [throwing(away)]))
      .addEdge(START, 'tools')
      .compile()
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('sub', sub, { ends: ['other'] })
      .addNode('other', () => ({ messages: [new AIMessage('arrived')] }))
      .addEdge(START, 'sub')
      .compile()
    const { messages } = await graph.invoke({
      messages: [new AIMessage({ content: '', tool_calls: call({}, 'c1', 'throwing') })],
    })
    expect(messages.map(({ text }) => text)).toEqual(['', 'arrived'])
    const { calls } = await recorded(store, lifeHarness)
    expect(calls.map(({ outcome, failure }) => [outcome, failure])).toEqual([['interrupted', undefined]])
  })

  it('lets a Command of a tool pass', async () => {
    const { lifeHarness } = await layered(active(hinting, 'jump'))
    const update = { messages: [new ToolMessage({ content: 'jumped', tool_call_id: 'c1' })] }
    const jump = tool(() => new Command({ update }), {
      name: 'jump',
      description: 'jumps',
      schema: z.object({}),
    })
    const { messages } = await invoke(lifeHarnessToolNode(lifeHarness, [jump]), 'jump')
    expect(messages.map(({ text }) => text)).toEqual(['', 'jumped'])
  })

  it('ends the run at an error only where it is told to', async () => {
    const { lifeHarness } = await layered()
    const tools = [throwing(new TypeError('ECONNRESET'))]
    const { messages } = await invoke(lifeHarnessToolNode(lifeHarness, tools), 'throwing')
    expect(messages[1]?.text).toBe('Error: ECONNRESET\n Please fix your mistakes.')
    const strict = lifeHarnessToolNode(lifeHarness, tools, { handleToolErrors: false })
    await expect(invoke(strict, 'throwing')).rejects.toThrow('ECONNRESET')
  })

  it('that is resumed does not execute what was blocked before', async () => {
    const blocking: Kind = {
      ...renaming,
      kind: 'blocking',
      actions: ['respond'],
      compile: () => () => blocked,
    }
    const result = toolResult('error', 'no', { error: { message: 'not now' }, view: () => 'not now' })
    const blocked = { type: 'respond' as const, result }
    const { lifeHarness } = await layered(active(blocking, 'add'))
    const ask = tool(() => String(interrupt('sure?')), {
      name: 'ask',
      description: 'asks',
      schema: z.object({}),
    })
    const seen: unknown[] = []
    const tools = [add(seen), ask]
    const calls = [...call({ a: 1 }), ...call({}, 'c2', 'ask')]
    const agent = () => ({ messages: [new AIMessage({ content: '', tool_calls: calls })] })
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('agent', lifeHarnessNode(lifeHarness, tools, agent))
      .addNode('tools', lifeHarnessToolNode(lifeHarness, tools))
      .addEdge(START, 'agent')
      .addEdge('agent', 'tools')
      .compile({ checkpointer: new MemorySaver() })
    const thread = { configurable: { thread_id: 't' } }
    await graph.invoke(go, thread)
    const { messages } = await graph.invoke(new Command({ resume: 'yes' }), thread)
    expect(messages.slice(2).map(({ text }) => text)).toEqual(['not now', 'yes'])
    expect(seen).toEqual([])
  })

  it('serves the agent of LangGraph, whose model node is its own', async () => {
    const { lifeHarness } = await layered(active(renaming, 'add'))
    const llm = fakeModel()
      .respondWithTools(call({ x: 1 }))
      .respond(done)
    const agent = createReactAgent({ llm, tools: lifeHarnessToolNode(lifeHarness, [add()]) })
    const { messages } = await agent.invoke(go)
    expect(messages[2]?.text).toBe('4')
    expect(messages[2]?.additional_kwargs.lifeharness).toEqual({
      interventions: [expect.stringMatching(/^renaming-/)],
      executed: { name: 'add', args: { a: 1 } },
    })
  })
})
