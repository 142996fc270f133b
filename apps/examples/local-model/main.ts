// A small model behind a local server of OpenAI's kind (Ollama, LM Studio, llama.cpp): it writes a call into its text,
// and then arguments that are no JSON, the way such models do. An AI SDK agent and a LangChain agent both end empty
// handed; with two repairs active, both get there. The server is scripted and answers each conversation alike.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { ChatOpenAI } from '@langchain/openai'
import { lifeHarnessMiddleware, lifeHarnessTools } from '@lifeharness/ai-sdk'
import { createLifeHarness, type LifeHarness, parseRegistry } from '@lifeharness/core'
import { lifeHarnessMiddleware as langchainMiddleware } from '@lifeharness/langgraph'
import { generateText, isStepCount, tool, wrapLanguageModel } from 'ai'
import { createAgent, tool as langchainTool } from 'langchain'
import { z } from 'zod'
import { chatEndpoint, resultsIn } from '../endpoint.ts'

const registry = parseRegistry(readFileSync(join(import.meta.dirname, 'registry.json'), 'utf8'))

const { url, close } = await chatEndpoint((messages) => {
  if (resultsIn(messages) === 0)
    return { text: '<tool_call>\n{"name": "weather", "arguments": {"city": "Lyon"}}\n</tool_call>' }
  if (!JSON.stringify(messages).includes('Porto')) return { name: 'weather', arguments: `{'city': 'Porto',}` }
  return { text: 'Both are sunny.' }
})
const description = 'The weather in a city.'
const schema = z.strictObject({ city: z.string() })
const baseURL = url // http://localhost:11434/v1 for Ollama
const prompt = 'How is the weather in Lyon and in the capital of port wine?'

async function withAiSdk(lifeHarness: LifeHarness) {
  const asked: string[] = []
  const provider = createOpenAICompatible({ name: 'local', baseURL })
  const weather = tool({
    description,
    inputSchema: schema,
    execute: ({ city }) => `${asked.push(city)}: sunny`,
  })
  const { text } = await generateText({
    model: wrapLanguageModel({ model: provider('qwen3-4b'), middleware: lifeHarnessMiddleware(lifeHarness) }),
    tools: lifeHarnessTools(lifeHarness, { weather }),
    ...{ prompt, stopWhen: isStepCount(5) },
  })
  return { asked, text }
}

async function withLangChain(lifeHarness: LifeHarness) {
  const asked: string[] = []
  const answer = ({ city }: { city: string }) => `${asked.push(city)}: sunny`
  const weather = langchainTool(answer, { name: 'weather', description, schema })
  const agent = createAgent({
    model: new ChatOpenAI({ model: 'qwen3-4b', apiKey: 'unused', configuration: { baseURL } }),
    ...{ tools: [weather], middleware: [langchainMiddleware(lifeHarness)] },
  })
  const { messages } = await agent.invoke({ messages: [prompt] })
  return { asked, text: messages.at(-1)?.text }
}

for (const run of [withAiSdk, withLangChain]) {
  const observed = await run(await createLifeHarness())
  assert.deepEqual(observed.asked, [], 'the call stays a text')
  const repaired = await run(await createLifeHarness({ mode: 'frozen', registry }))
  assert.deepEqual(repaired, { asked: ['Lyon', 'Porto'], text: 'Both are sunny.' })
  console.log(`${run.name}: ${observed.asked.length} calls → ${repaired.asked.length}: ${repaired.text}`)
}
await close()
