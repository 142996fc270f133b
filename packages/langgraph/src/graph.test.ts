import { type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import {
  Command,
  interrupt,
  type LangGraphRunnableConfig,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import type { LifeHarness, RegistryState } from '@lifeharness/core'
import { registryWith, type Script } from '@lifeharness/core/testing'
import { createAgent, tool } from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { comparable, layered, recorded, scripted } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessNode, lifeHarnessToolNode } from './index.ts'

type Graph = {
  stream(input: unknown, config: object): Promise<AsyncIterable<unknown>>
  getState(config: object, options?: object): Promise<{ values: { messages: BaseMessage[] } }>
  getStateHistory(config: object): AsyncIterable<unknown>
}
type Executed = { name: string; input: unknown }[]

/** Everything LangGraph can stream. */
const STREAM_MODES = ['values', 'updates', 'messages', 'custom', 'debug', 'tasks', 'checkpoints', 'tools']

function toolsOf(executed: Executed) {
  const note = (name: string, input: unknown) => executed.push({ name, input })
  const search = tool(
    ({ query, limit }, { writer }: LangGraphRunnableConfig) => {
      note('search', { query, limit })
      writer?.({ searching: query })
      return `${limit} × ${query}`
    },
    { name: 'search', description: 'searches', schema: z.object({ query: z.string(), limit: z.number() }) },
  )
  const ask = tool(
    ({ question }) => {
      note('ask', { question })
      return `${question} ${interrupt({ question })}`
    },
    { name: 'ask', description: 'asks a person', schema: z.object({ question: z.string() }) },
  )
  const fail = tool(
    () => {
      note('fail', {})
      throw new TypeError('ECONNRESET')
    },
    { name: 'fail', description: 'fails', schema: z.object({}) },
  )
  return [search, ask, fail]
}

/** An agent whose tools run in parallel, one of them asks a person; then a subgraph with an agent of its own. */
function nodesGraph(
  lifeHarness: LifeHarness | undefined,
  executed: Executed,
  [first, second]: Script[],
): Graph {
  const tools = toolsOf(executed)
  const build = (script: Script) => {
    const model = scripted(script)
    const agent = async ({ messages }: typeof MessagesAnnotation.State) => ({
      messages: [await model.invoke(messages)],
    })
    return new StateGraph(MessagesAnnotation)
      .addNode('agent', lifeHarness ? lifeHarnessNode(lifeHarness, tools, agent) : agent)
      .addNode('tools', lifeHarness ? lifeHarnessToolNode(lifeHarness, tools) : new ToolNode(tools))
      .addEdge(START, 'agent')
      .addEdge('tools', 'agent')
  }
  const sub = build(second!).addConditionalEdges('agent', toolsCondition).compile()
  return build(first!)
    .addNode(
      'sub',
      async ({ messages }: typeof MessagesAnnotation.State, config: LangGraphRunnableConfig) => {
        const inner = await sub.invoke({ messages: [new HumanMessage('and you')] }, config)
        return { messages: [new HumanMessage(String(messages.length)), ...inner.messages] }
      },
    )
    .addConditionalEdges('agent', toolsCondition, { tools: 'tools', __end__: 'sub' })
    .compile({ checkpointer: new MemorySaver() }) as unknown as Graph
}

/** The same with `createAgent`; the agent inside is called by a tool. */
function agentGraph(
  lifeHarness: LifeHarness | undefined,
  executed: Executed,
  [first, second]: Script[],
): Graph {
  const tools = toolsOf(executed)
  const middleware = lifeHarness ? [lifeHarnessMiddleware(lifeHarness)] : []
  const inner = createAgent({ model: scripted(second!), tools, middleware })
  const delegate = tool(
    async () => (await inner.invoke({ messages: [new HumanMessage('and you')] })).messages.at(-2)?.text,
    { name: 'delegate', description: 'asks another agent', schema: z.object({}) },
  )
  return createAgent({
    model: scripted([...first!, [{ id: 'd', name: 'delegate', input: {} }]]),
    tools: [...tools, delegate] as never[],
    middleware,
    checkpointer: new MemorySaver(),
  }) as unknown as Graph
}

const graphs = { nodes: nodesGraph, agent: agentGraph }

const good: Script[] = [
  [
    [
      { id: 'a', name: 'search', input: { query: 'x', limit: 2 } },
      { id: 'b', name: 'ask', input: { question: 'sure?' } },
      { id: 'c', name: 'fail', input: {} },
      { id: 'd1', name: 'search', input: { query: 'x', limit: 'two' } },
      { id: 'e', name: 'nope', input: {} },
    ],
    [{ id: 'f', name: 'search', input: { query: 'y', limit: 3 } }],
  ],
  [[{ id: 'g', name: 'search', input: { query: 'z', limit: 4 } }]],
]

/** An active rename and an active coercion. */
function repairs(): RegistryState {
  const rename = (name: string, from: string, to: string) => ({
    ...{ kind: 'rename-argument', tool: name, stage: 'active' as const },
    options: { from: `/${from}`, to: `/${to}` },
  })
  return registryWith(rename('search', 'q', 'query'), rename('ask', 'text', 'question'), {
    kind: 'coerce-argument',
    tool: 'search',
    stage: 'active',
    category: 'contract.type',
    options: { path: '/limit', to: 'number' },
  })
}

/** Runs a graph until a person is asked, and again with the answer; tells all that was to be seen of it. */
async function run(graph: Graph) {
  const config = { configurable: { thread_id: 't' } }
  const events: unknown[] = []
  for (const input of [{ messages: [new HumanMessage('go')] }, new Command({ resume: 'yes' })])
    for await (const event of await graph.stream(input, {
      ...config,
      streamMode: STREAM_MODES,
      subgraphs: true,
    }))
      events.push(event)
  const history: unknown[] = []
  for await (const state of graph.getStateHistory(config)) history.push(state)
  return { events, history, messages: (await graph.getState(config)).values.messages }
}

describe.each(['nodes', 'agent'] as const)(
  'a graph of %s with a person, parallel tools and a subgraph',
  (how) => {
    it('is the same with the layer in observe: every event of every stream mode, state and history', async () => {
      const seen: Record<string, Executed> = { bare: [], layer: [] }
      const bare = await run(graphs[how](undefined, seen.bare!, good))
      const { lifeHarness, faults } = await layered({ mode: 'observe', registry: repairs() })
      const layer = await run(graphs[how](lifeHarness, seen.layer!, good))
      expect(bare.events.length).toBeGreaterThan(50)
      for (const what of ['events', 'history', 'messages'] as const) {
        expect(layer[what].length).toBe(bare[what].length)
        expect(comparable(layer[what])).toEqual(comparable(bare[what]))
      }
      expect(seen.layer).toEqual(seen.bare)
      expect(faults).toEqual([])
    })

    /** `b` asks a person under the wrong name, beside two calls that are wrong, and the second graph is wrong as well. */
    const wrong: Script[] = [
      [
        [
          { id: 'a', name: 'search', input: { q: 'x', limit: 2 } },
          { id: 'b', name: 'ask', input: { text: 'sure?' } },
          { id: 'c', name: 'search', input: { query: 'x', limit: '3' } },
        ],
      ],
      [[{ id: 'g', name: 'search', input: { q: 'z', limit: '4' } }]],
    ]

    it('succeeds where it failed, with an active rename and coercion', async () => {
      const resultsOf = (messages: readonly BaseMessage[]) =>
        messages
          .filter((one) => ToolMessage.isInstance(one))
          .map(({ tool_call_id, status, text }) => ({ tool_call_id, status, text }))
      const executed: Executed = []
      // Nobody is asked: the call that would have is refused.
      const bare = graphs[how](undefined, executed, wrong)
      const config = { configurable: { thread_id: 't' } }
      for await (const _ of await bare.stream({ messages: [new HumanMessage('go')] }, config));
      const failed = resultsOf((await bare.getState(config)).values.messages)
      expect(failed.map(({ status }) => status).slice(0, 3)).toEqual(['error', 'error', 'error'])
      expect(executed).toEqual([])

      const { lifeHarness, store, faults } = await layered({ registry: repairs() })
      const { messages } = await run(graphs[how](lifeHarness, executed, wrong))
      const results = resultsOf(messages)
      expect(results.slice(0, 3)).toEqual([
        { tool_call_id: 'a', status: 'success', text: '2 × x' },
        { tool_call_id: 'b', status: 'success', text: 'sure? yes' },
        { tool_call_id: 'c', status: 'success', text: '3 × x' },
      ])
      expect(results.at(-1)?.text).toBe('4 × z')
      expect(faults).toEqual([])

      // The plain tool node runs all its calls again when it is resumed, the agent's only the one that asked.
      const again = how === 'nodes' ? 2 : 1
      expect(executed.filter(({ name }) => name === 'ask')).toHaveLength(2)
      expect(executed.filter(({ name }) => name === 'search')).toHaveLength(2 * again + 1)
      const { calls, events } = await recorded(store, lifeHarness)
      const counted = calls.map(({ call, outcome, applied }) => `${call.id} ${outcome} ${applied.length}`)
      expect(counted.filter((line) => !line.startsWith('d ')).sort()).toEqual([
        'a ok 1',
        'b interrupted 1',
        'b ok 0',
        'c ok 1',
        'g ok 2',
      ])
      const episodes = events.flatMap((event) => (event.type === 'episode' ? [event.episode] : []))
      expect(episodes).toHaveLength(2)
      expect(new Set(episodes).size).toBe(2)
    })
  },
)
