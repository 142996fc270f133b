import { type AIMessage, HumanMessage } from '@langchain/core/messages'
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
import type { LifeHarness } from '@lifeharness/core'
import { type Driver, type PlainTool, testAdapter } from '@lifeharness/core/testing'
import { createAgent, humanInTheLoopMiddleware } from 'langchain'
import { describe, it } from 'vitest'
import { comparable, hostTool, resultsOf, type ScriptedChatModel, scripted } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessNode, lifeHarnessToolNode } from './index.ts'
import { MIDDLEWARE_ACTIONS } from './middleware.ts'
import { NODE_ACTIONS } from './node.ts'

type Agent = {
  stream(input: unknown, config: object): Promise<AsyncIterable<[string, unknown]>>
}

/** Runs each script, in a thread of its own; a person approves whatever is asked. */
function driverOf(
  agentOf: (model: ScriptedChatModel) => unknown,
  approval: unknown,
  inThread = true,
): Driver {
  let runs = 0
  return {
    async run(script, { signal } = {}) {
      const model = scripted(script)
      const agent = agentOf(model) as Agent
      const config = {
        configurable: inThread ? { thread_id: `thread-${runs++}` } : {},
        streamMode: ['values', 'updates', 'messages', 'custom'],
        ...(signal ? { signal } : {}),
      }
      const parts: unknown[] = []
      let state: Partial<typeof MessagesAnnotation.State> = {}
      let interrupted = true
      try {
        for (let input: unknown = { messages: [new HumanMessage('go')] }; interrupted; ) {
          interrupted = false
          for await (const [mode, part] of await agent.stream(input, config)) {
            parts.push([mode, part])
            if (mode === 'updates' && '__interrupt__' in (part as object)) interrupted = true
            else if (mode === 'values') state = part as typeof state
          }
          input = new Command({ resume: approval })
        }
        return {
          ...resultsOf(state.messages ?? []),
          parts: comparable(parts),
          modelInput: comparable(model.shown).join('\n'),
        }
      } catch (thrown) {
        return { toolResults: {}, errors: {}, thrown }
      }
    },
  }
}

const guardedBy = (tools: readonly PlainTool[]) =>
  tools.filter(({ needsApproval }) => needsApproval).map(({ name }) => name)

testAdapter({
  name: 'langchain createAgent',
  describe,
  it,
  copiesResults: true,
  actions: MIDDLEWARE_ACTIONS,
  interrupt: () => interrupt('go on?'),
  createDriver(lifeHarness, tools) {
    const interruptOn = Object.fromEntries(guardedBy(tools).map((name) => [name, true]))
    const approval = humanInTheLoopMiddleware({ interruptOn })
    const middleware = [...(lifeHarness ? [lifeHarnessMiddleware(lifeHarness)] : []), approval]
    return driverOf(
      (model) =>
        createAgent({
          model,
          tools: tools.map(hostTool),
          middleware,
          checkpointer: new MemorySaver(),
        }),
      { decisions: [{ type: 'approve' }] },
    )
  },
})

/** A graph of an agent, a review of guarded calls by a person, and its tools. */
function graphDriver(
  inThread: boolean,
  plainTools: readonly PlainTool[],
  wrap: (tools: ReturnType<typeof hostTool>[], agent: AgentNode) => { agent: AgentNode; tools: ToolNode },
): Driver {
  const guarded = guardedBy(plainTools)
  return driverOf(
    (model) => {
      const nodes = wrap(plainTools.map(hostTool), async ({ messages }) => ({
        messages: [await model.invoke(messages)],
      }))
      return new StateGraph(MessagesAnnotation)
        .addNode('agent', nodes.agent)
        .addNode('review', ({ messages }) => {
          const calls = (messages.at(-1) as AIMessage).tool_calls ?? []
          if (calls.some(({ name }) => guarded.includes(name))) interrupt(calls)
          return {}
        })
        .addNode('tools', nodes.tools)
        .addEdge(START, 'agent')
        .addConditionalEdges('agent', toolsCondition, { tools: 'review', __end__: '__end__' })
        .addEdge('review', 'tools')
        .addEdge('tools', 'agent')
        .compile(inThread ? { checkpointer: new MemorySaver() } : {})
    },
    'approved',
    inThread,
  )
}

type AgentNode = (
  state: typeof MessagesAnnotation.State,
  config: LangGraphRunnableConfig,
) => Promise<{ messages: AIMessage[] }>

testAdapter({
  name: 'langgraph nodes',
  describe,
  it,
  copiesResults: true,
  actions: NODE_ACTIONS,
  interrupt: () => interrupt('go on?'),
  createDriver: (lifeHarness: LifeHarness | undefined, plainTools) =>
    graphDriver(true, plainTools, (tools, agent) =>
      lifeHarness
        ? {
            agent: lifeHarnessNode(lifeHarness, tools, agent),
            tools: lifeHarnessToolNode(lifeHarness, tools),
          }
        : { agent, tools: new ToolNode(tools) },
    ),
})

const UNSEEN = 'the message of the model is not seen'
const UNTHREADED = 'without a thread nobody is asked; in one, the first calls of a run count as approved'

testAdapter({
  name: 'langgraph tool node alone',
  describe,
  it,
  copiesResults: true,
  actions: NODE_ACTIONS,
  interrupt: () => interrupt('go on?'),
  createDriver: (lifeHarness: LifeHarness | undefined, plainTools) =>
    graphDriver(false, plainTools, (tools, agent) => ({
      agent,
      tools: lifeHarness ? lifeHarnessToolNode(lifeHarness, tools) : new ToolNode(tools),
    })),
  cannot: {
    'arguments that do not parse are refused as without the layer, and recorded': UNSEEN,
    'a turn cut off executes no cut argument, and is recorded': UNSEEN,
    'arguments that do not parse are executed repaired': UNSEEN,
    'emit-calls: a call written as text is executed': UNSEEN,
    'the history of a repaired dead call says what is executed': UNSEEN,
    'an interrupt of the host passes through and is no failure': UNTHREADED,
    'an approved call is never edited': UNTHREADED,
    'an approved call is not repeated': UNTHREADED,
  },
})
