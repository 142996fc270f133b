// The quickstart with a LangChain agent: it fails the same way every time; the layer sees it, proves a repair on what it
// recorded, and once a person has promoted it the same call succeeds. The model's endpoint is scripted.
import assert from 'node:assert/strict'
import { ToolMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { createLifeHarness, memoryStore } from '@lifeharness/core'
import { createLearner, describeIntervention, promoteByPerson } from '@lifeharness/core/learn'
import { lifeHarnessMiddleware } from '@lifeharness/langgraph'
import { createAgent, tool } from 'langchain'
import { z } from 'zod'
import { chatEndpoint, resultsIn } from '../endpoint.ts'

const CITIES = ['Lyon', 'Porto', 'Ghent', 'Turin', 'Tampa', 'Fresno']

// A model that writes `cityName` where the tool wants `city`, and finds the name out when it is told.
const { url, close } = await chatEndpoint((messages) => {
  const city = CITIES.find((name) => JSON.stringify(messages[0]).includes(name)) ?? ''
  if (JSON.stringify(messages.at(-1)).includes('sunny')) return { text: 'Done.' }
  const input = resultsIn(messages) === 0 ? { cityName: city } : { city }
  return { name: 'weather', arguments: JSON.stringify(input) }
})
const weather = tool(async ({ city }) => `It is sunny in ${city}.`, {
  name: 'weather',
  description: 'The weather in a city.',
  schema: z.strictObject({ city: z.string() }),
})

// These lines are all that an agent needs.
const store = memoryStore() // sqliteStore('.lifeharness/registry.db') in real life
const lifeHarness = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
const agent = createAgent({
  model: new ChatOpenAI({ model: 'wrong-name-1', apiKey: 'unused', configuration: { baseURL: url } }),
  tools: [weather],
  middleware: [lifeHarnessMiddleware(lifeHarness)],
})
const ask = async (city: string) => {
  const { messages } = await agent.invoke({ messages: [`How is the weather in ${city}?`] })
  const results = messages.filter((message) => ToolMessage.isInstance(message))
  return results.filter(({ status }) => status === 'error').map(({ text }) => text)
}

const failures: string[] = []
for (const city of CITIES) failures.push(...(await ask(city)))
assert.equal(failures.length, CITIES.length, 'each run begins with a failed call')
console.log(`${CITIES.length} runs, ${failures.length} failed calls: ${failures[0]?.slice(0, 100)}…`)
await lifeHarness.learn()

const entry = lifeHarness
  .registry()
  .entries.find(({ intervention }) => intervention.kind === 'rename-argument')
assert(entry, 'a repair was found')
assert.equal(entry.stages.default?.stage, 'shadow')
console.log(`In shadow: ${describeIntervention(entry.intervention)}; ${entry.stages.default.reason}`)

const state = await store.load()
const moved = promoteByPerson(state, entry.intervention.id, 'active', 'read, and approved')
await store.commit(state.version, moved)
await lifeHarness.refresh()
assert.deepEqual(await ask('Lyon'), [], 'the first call succeeds')
console.log('Promoted to active by a person. The next run: no failed call.')
await lifeHarness.close()
await close()
