// Two agents in one graph, each a subgraph with tools of its own, and a tool they share. Each run of each agent is an
// episode of its own; what was proven for the shared tool helps both. The models' endpoint is scripted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ToolMessage } from '@langchain/core/messages'
import { MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI } from '@langchain/openai'
import { createLifeHarness, type Event, parseRegistry } from '@lifeharness/core'
import { lifeHarnessMiddleware } from '@lifeharness/langgraph'
import { createAgent, tool } from 'langchain'
import { z } from 'zod'
import { chatEndpoint } from '../endpoint.ts'

const registry = parseRegistry(readFileSync(join(import.meta.dirname, 'registry.json'), 'utf8'))

// Both agents write `cityName` where the shared tool wants `city`.
const { url, close } = await chatEndpoint((messages) => {
  const last = messages.at(-1)
  if (last?.role === 'tool') return { text: String(last.content) }
  const system = JSON.stringify(messages[0])
  const name = system.includes('weather') ? 'weather' : 'trains'
  return last?.role === 'user' && !JSON.stringify(messages).includes('looked up')
    ? { name: 'look_up', arguments: '{"cityName": "Lyon"}' }
    : { name, arguments: '{"city": "Lyon"}' }
})
const city = z.strictObject({ city: z.string() })
const toolOf = (name: string, answer: string) =>
  tool((input) => `${answer} ${input.city}`, { name, description: name, schema: city })
const lookUp = toolOf('look_up', 'looked up')

async function run(mode: 'observe' | 'frozen') {
  const events: Event[] = []
  const lifeHarness = await createLifeHarness({ mode, registry, observe: (event) => events.push(event) })
  const model = new ChatOpenAI({ model: 'wrong-name-1', apiKey: 'unused', configuration: { baseURL: url } })
  const agent = (name: string) =>
    createAgent({
      ...{ name, model, systemPrompt: `You know all about ${name}.` },
      tools: [lookUp, toolOf(name, `the ${name} of`)],
      middleware: [lifeHarnessMiddleware(lifeHarness, { episode: () => ({ agent: name }) })],
    })
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('weather', agent('weather').graph)
    .addNode('trains', agent('trains').graph)
    .addEdge(START, 'weather')
    .addEdge('weather', 'trains')
    .compile({ checkpointer: new MemorySaver() })
  const input = { messages: [{ role: 'user', content: 'Shall I go to Lyon?' }] }
  const { messages } = await graph.invoke(input, { configurable: { thread_id: 'thread-1' } })
  await lifeHarness.close()
  const results = messages.filter((message) => ToolMessage.isInstance(message))
  return { failed: results.filter(({ status }) => status === 'error').length, events }
}

const observed = await run('observe')
assert.equal(observed.failed, 1, 'the first agent fails, and the second reads of it')
const { failed, events } = await run('frozen')
assert.equal(failed, 0)
const episodes = events.filter((event) => event.type === 'episode')
assert.deepEqual(
  episodes.map(({ agent }) => agent),
  ['weather', 'trains'],
)
assert.equal(new Set(episodes.map(({ episode }) => episode)).size, 2)
const repaired = events.flatMap((event) =>
  event.type === 'tool' && event.applied.length > 0 ? [event.episode] : [],
)
assert.equal(repaired.length, 1)
console.log(
  `${episodes.length} agents, ${episodes.length} episodes; failed calls: ${observed.failed} → ${failed}`,
)
await close()
