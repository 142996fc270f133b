import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { createLifeHarness } from '@lifeharness/core'
import { lifeHarnessMiddleware, lifeHarnessNode, lifeHarnessToolNode } from '@lifeharness/langgraph'
import { createAgent, tool, toolRetryMiddleware } from 'langchain'
import { z } from 'zod'
import type { AdapterRow } from './row.ts'

/** A model that calls the tool once and then answers; ids differ, as a provider's do. */
class ScriptedChatModel extends BaseChatModel {
  private calls = 0
  override _llmType() {
    return 'scripted'
  }
  override bindTools() {
    return this.withConfig({})
  }
  override async _generate(messages: BaseMessage[]) {
    const call = { id: `call-${this.calls++}`, name: 'add', args: { a: 1, b: 2 } }
    const message = ToolMessage.isInstance(messages.at(-1))
      ? new AIMessage('done')
      : new AIMessage({ content: '', tool_calls: [call] })
    return { generations: [{ text: message.text, message }] }
  }
}

const add = tool(({ a, b }) => String(a + b), {
  ...{ name: 'add', description: 'adds', schema: z.object({ a: z.number(), b: z.number() }) },
})
const go = () => ({ messages: [new HumanMessage('go')] })
const observing = () =>
  createLifeHarness({
    mode: 'progressive',
    registry: { version: 1, entries: [], templates: {}, settings: {} },
  })

const agentRow: AdapterRow = {
  name: 'langchain createAgent: two model calls, one tool call',
  async open() {
    const way = (...middleware: ReturnType<typeof lifeHarnessMiddleware>[]) => {
      const agent = createAgent({ model: new ScriptedChatModel({}), tools: [add], middleware })
      return () => agent.invoke(go())
    }
    return {
      bare: way(),
      others: {
        lifeharness: way(lifeHarnessMiddleware(await observing())),
        toolRetryMiddleware: way(toolRetryMiddleware() as ReturnType<typeof lifeHarnessMiddleware>),
      },
    }
  },
}

const graphRow: AdapterRow = {
  name: 'langgraph StateGraph: two model calls, one tool call',
  async open() {
    const lifeHarness = await observing()
    const way = (layered: boolean) => {
      const model = new ScriptedChatModel({})
      const agent = async ({ messages }: typeof MessagesAnnotation.State) => ({
        messages: [await model.invoke(messages)],
      })
      const graph = new StateGraph(MessagesAnnotation)
        .addNode('agent', layered ? lifeHarnessNode(lifeHarness, [add], agent) : agent)
        .addNode('tools', layered ? lifeHarnessToolNode(lifeHarness, [add]) : new ToolNode([add]))
        .addEdge(START, 'agent')
        .addConditionalEdges('agent', toolsCondition)
        .addEdge('tools', 'agent')
        .compile()
      return () => graph.invoke(go())
    }
    return { bare: way(false), others: { lifeharness: way(true) } }
  },
}

export const langgraphRows: readonly AdapterRow[] = [agentRow, graphRow]
