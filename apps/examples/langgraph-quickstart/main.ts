// A graph of one's own, with a checkpointer, a tool that asks a person, and tools that run side by side. The model
// writes the argument of one tool under the wrong name and a number of the other as text. Both repairs are active: what
// failed succeeds, and the person is asked for what was meant. The model's endpoint is scripted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { Command, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { toolsCondition } from '@langchain/langgraph/prebuilt'
import { createLifeHarness, type LifeHarness, parseRegistry } from '@lifeharness/core'
import { lifeHarnessNode, lifeHarnessToolNode } from '@lifeharness/langgraph'
import { fakeModel, tool } from 'langchain'
import { z } from 'zod'

const registry = parseRegistry(readFileSync(join(import.meta.dirname, 'registry.json'), 'utf8'))

const search = tool(({ query, limit }) => `${limit} results for ${query}`, {
  name: 'search',
  description: 'Searches the catalogue.',
  schema: z.object({ query: z.string(), limit: z.number() }),
})
const order = tool(({ product }) => `${interrupt(`Order ${product}?`)}: ${product} is ordered`, {
  name: 'order',
  description: 'Orders a product, once a person agrees.',
  schema: z.object({ product: z.string() }),
})

function graphWith(lifeHarness: LifeHarness) {
  const tools = [search, order]
  const model = fakeModel() // your chat model
    .respondWithTools([
      { id: 'call-1', name: 'search', args: { query: 'lamps', limit: '5' } },
      { id: 'call-2', name: 'order', args: { name: 'lamp' } },
    ])
    .respond(new AIMessage('Done.'))
  const callModel = async ({ messages }: typeof MessagesAnnotation.State) => ({
    messages: [await model.invoke(messages)],
  })
  // Two wrapped nodes are all that a graph needs.
  return new StateGraph(MessagesAnnotation)
    .addNode('agent', lifeHarnessNode(lifeHarness, tools, callModel))
    .addNode('tools', lifeHarnessToolNode(lifeHarness, tools))
    .addEdge(START, 'agent')
    .addConditionalEdges('agent', toolsCondition)
    .addEdge('tools', 'agent')
    .compile({ checkpointer: new MemorySaver() })
}

async function run(lifeHarness: LifeHarness) {
  const graph = graphWith(lifeHarness)
  const config = { configurable: { thread_id: 'thread-1' } }
  const asked = await graph.invoke({ messages: [{ role: 'user', content: 'Order a lamp' }] }, config)
  const [question] = (asked as { __interrupt__?: { value?: unknown }[] }).__interrupt__ ?? []
  const { messages } = question ? await graph.invoke(new Command({ resume: 'Yes' }), config) : asked
  const results = messages.filter((message) => ToolMessage.isInstance(message))
  const emitted = messages.find((message) => AIMessage.isInstance(message))
  return { question: question?.value, results, report: emitted?.additional_kwargs.lifeharness }
}

const observing = await run(await createLifeHarness())
assert.equal(observing.question, undefined, 'nobody is asked: the call is refused before')
assert.deepEqual(
  observing.results.map(({ status }) => status),
  ['error', 'error'],
)
console.log(`Observed: ${observing.results.map(({ text }) => text.split('\n')[0]).join(' | ')}`)

const acting = await run(await createLifeHarness({ mode: 'frozen', registry }))
assert.equal(acting.question, 'Order lamp?')
assert(acting.report)
assert.deepEqual(
  acting.results.map(({ text }) => text),
  ['5 results for lamps', 'Yes: lamp is ordered'],
)
console.log(`Repaired: ${acting.results.map(({ text }) => text).join(' | ')}`)
console.log(`What the model wrote, and what acted on it: ${JSON.stringify(acting.report)}`)
