import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { MemorySaver, MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../json.ts'
import type { ToolStep } from '../../trajectory.ts'
import { langgraphFormat } from './langgraph.ts'

function read(records: readonly Json[]) {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: 'threads.jsonl', place: 'threads.jsonl:1', fault, contracts: () => [] }
  return { trajectories: langgraphFormat.readAll(records, context), faults }
}

/** A graph that calls one tool at each request, twice run on one thread; what its checkpointer and its state hold. */
async function recorded() {
  const search = tool(async ({ query }) => `found ${query}`, {
    name: 'search',
    description: 'searches',
    schema: z.object({ query: z.string() }),
  })
  const model = ({ messages }: typeof MessagesAnnotation.State) => {
    if (messages.at(-1)?.getType() === 'tool') return { messages: [new AIMessage('done')] }
    const id = `call-${messages.length}`
    return {
      messages: [new AIMessage({ content: '', tool_calls: [{ id, name: 'search', args: { query: id } }] })],
    }
  }
  const checkpointer = new MemorySaver()
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', model)
    .addNode('tools', new ToolNode([search]))
    .addEdge('__start__', 'model')
    .addConditionalEdges('model', ({ messages }) =>
      (messages.at(-1) as AIMessage).tool_calls?.length ? 'tools' : '__end__',
    )
    .addEdge('tools', 'model')
    .compile({ checkpointer })
  const config = { configurable: { thread_id: 'thread-1' } }
  for (const request of ['first', 'second'])
    await graph.invoke({ messages: [new HumanMessage(request)] }, config)
  const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json
  const checkpoints: Json[] = []
  for await (const tuple of checkpointer.list(config)) checkpoints.push(json(tuple))
  const snapshots: Json[] = []
  for await (const snapshot of graph.getStateHistory(config)) snapshots.push(json(snapshot))
  return { checkpoints, snapshots }
}

describe('langgraph', () => {
  it.each(['checkpoints', 'snapshots'] as const)(
    'reads %s: a thread once, an episode a request',
    async (of) => {
      const records = (await recorded())[of]
      expect(records.length).toBeGreaterThan(6)
      const detected = records.filter((record) => langgraphFormat.detects(record))
      const { trajectories, faults } = read(detected)
      expect(faults).toEqual([])
      expect(trajectories.map(({ id }) => id.startsWith('thread-1/'))).toEqual([true, true])
      expect(new Set(trajectories.map(({ id }) => id)).size).toBe(2)
      const calls = trajectories.map(
        ({ steps }) => steps.filter((step) => step.type === 'tool') as ToolStep[],
      )
      expect(
        calls.map((own) => own.map(({ call, result }) => [call.id, result.outcome, result.value])),
      ).toEqual([[['call-1', 'ok', 'found call-1']], [['call-5', 'ok', 'found call-5']]])
    },
  )

  it.each<[Json]>([
    [{ messages: [{ type: 'human', content: 'q' }] }],
    [{ channel_values: { messages: [{ role: 'user', content: 'q' }] } }],
    [{ channel_values: {} }],
    [{ values: { messages: [] } }],
    [[]],
    [null],
  ])('%j does not match', (record) => {
    expect(langgraphFormat.detects(record)).toBe(false)
  })
})
