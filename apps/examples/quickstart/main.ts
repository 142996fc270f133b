// The README's example as a story: an agent fails the same way every time; the layer sees it, proves a repair on what
// it recorded, and once a person has promoted it the same call succeeds. The model is scripted.
import assert from 'node:assert/strict'
import { lifeHarnessMiddleware, lifeHarnessTools } from '@lifeharness/ai-sdk'
import { createLifeHarness, memoryStore } from '@lifeharness/core'
import { createLearner, describeIntervention, promoteByPerson } from '@lifeharness/core/learn'
import { generateText, isStepCount, tool, wrapLanguageModel } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { z } from 'zod'

let callCount = 0
const CITIES = ['Lyon', 'Porto', 'Ghent', 'Turin', 'Tampa', 'Fresno']

// A model that writes `cityName` where the tool wants `city`, and finds the name out when it is told.
const anyModel = new MockLanguageModelV4({
  provider: 'scripted',
  modelId: 'wrong-name-1',
  doGenerate: async ({ prompt }) => {
    const city = CITIES.find((name) => JSON.stringify(prompt[0]).includes(name)) ?? ''
    const results = prompt.flatMap(({ role, content }) => (role === 'tool' ? content : []))
    const last = results.at(-1)
    const done = last?.type === 'tool-result' && last.output.type === 'json'
    const toolCallId = `call-${++callCount}`
    const input = JSON.stringify(results.length === 0 ? { cityName: city } : { city })
    return {
      content: done
        ? [{ type: 'text', text: 'Done.' }]
        : [{ type: 'tool-call', toolCallId, toolName: 'weather', input }],
      finishReason: { unified: done ? 'stop' : 'tool-calls', raw: undefined },
      usage: {
        inputTokens: { total: 9, noCache: 9, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 9, text: 9, reasoning: 0 },
      },
      warnings: [],
    }
  },
})
const weather = tool({
  description: 'The weather in a city.',
  inputSchema: z.strictObject({ city: z.string() }),
  execute: async ({ city }) => ({ city, weather: 'sunny' }),
})

// These lines are all that an agent needs.
const store = memoryStore() // sqliteStore('.lifeharness/registry.db') in real life
const lifeHarness = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
const model = wrapLanguageModel({ model: anyModel, middleware: lifeHarnessMiddleware(lifeHarness) })
const tools = lifeHarnessTools(lifeHarness, { weather })
const ask = async (city: string) => {
  const prompt = `How is the weather in ${city}?`
  const { steps } = await generateText({ model, tools, prompt, stopWhen: isStepCount(5) })
  const parts = steps.flatMap(({ content }) => content)
  return parts.flatMap((part) => (part.type === 'tool-error' ? [String(part.error)] : []))
}

const failures: string[] = []
for (const city of CITIES) failures.push(...(await ask(city)))
assert.equal(failures.length, CITIES.length, 'each run begins with a failed call')
console.log(`${CITIES.length} runs, ${failures.length} failed calls: ${failures[0]?.slice(0, 100)}…`)
await lifeHarness.learn()

const { entries } = lifeHarness.registry()
const entry = entries.find(({ intervention }) => intervention.kind === 'rename-argument')
assert(entry, 'a repair was found')
const { id, signatures } = entry.intervention
console.log(`Signature: ${signatures.join(', ')}`)
console.log(`In ${entry.stages.default?.stage}: ${id} ${describeIntervention(entry.intervention)}`)
console.log(`  ${entry.stages.default?.reason}`)
assert.equal(entry.stages.default?.stage, 'shadow')

const state = await store.load()
await store.commit(state.version, promoteByPerson(state, id, 'active', 'read, and approved'))
await lifeHarness.refresh()
assert.deepEqual(await ask('Lyon'), [], 'the first call succeeds')
console.log('Promoted to active by a person. The next run: no failed call.')
await lifeHarness.close()
