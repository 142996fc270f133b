// A plain tool loop on the `openai` package: no framework, the layer inside. The endpoint is scripted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLifeHarness, type LifeHarness, parseRegistry } from '@lifeharness/core'
import OpenAI from 'openai'
import { chatEndpoint, resultsIn } from '../endpoint.ts'
import { actions, contract, execute, parsed, told } from '../plain-loop.ts'

const registry = parseRegistry(readFileSync(join(import.meta.dirname, 'registry.json'), 'utf8'))

// A model that writes the name of an argument wrong, and then single quotes around everything.
const { url, close } = await chatEndpoint((messages) => {
  const said = JSON.stringify(messages.filter(({ role }) => role === 'tool'))
  if (said.includes('sunny in Porto')) return { text: 'Both are sunny.' }
  if (said.includes('sunny in Lyon')) return { name: 'weather', arguments: `{'city': 'Porto',}` }
  return resultsIn(messages) < 2
    ? { name: 'weather', arguments: '{"cityName": "Lyon"}' }
    : { text: 'I give up.' }
})
const client = new OpenAI({ baseURL: url, apiKey: 'unused' })
const model = 'wrong-name-1'

async function ask(lifeHarness: LifeHarness, content: string) {
  const episode = lifeHarness.episode({ model: { provider: 'openai', modelId: model }, actions })
  const tools = episode.presentTools([contract]).map(definition)
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content }]
  for (let turn = 0; ; turn++) {
    const { choices } = await client.chat.completions.create({ model, messages, tools })
    const { message } = choices[0]!
    messages.push(message)
    if (!message.tool_calls) return message.content
    for (const [index, { id, function: asked }] of message.tool_calls.filter(isFunction).entries()) {
      const tool = { origin: 'local', name: asked.name }
      const emitted = { id, tool, turn, index, attempt: 1, approved: false, ...parsed(asked.arguments) }
      const { call } = episode.repairEmitted(emitted) // the history says what is executed
      if (call !== emitted)
        Object.assign(asked, { name: call.tool.name, arguments: JSON.stringify(call.input) })
      const ran = await episode.run(call, ({ tool: { name }, input }) => execute(name, input))
      messages.push({ role: 'tool', tool_call_id: id, content: told(ran) })
    }
  }
}

const definition = ({
  tool: { name },
  description = '',
  inputSchema = {},
}: Partial<typeof contract> & Pick<typeof contract, 'tool'>) => ({
  type: 'function' as const,
  function: { name, description, parameters: inputSchema },
})
const isFunction = (call: OpenAI.ChatCompletionMessageToolCall) => call.type === 'function'

const observed = await ask(await createLifeHarness(), 'How is the weather in Lyon and in Porto?')
assert.equal(observed, 'I give up.')
const repaired = await ask(
  await createLifeHarness({ mode: 'frozen', registry }),
  'How is the weather in Lyon and in Porto?',
)
assert.equal(repaired, 'Both are sunny.')
console.log(`Observed: ${observed} Repaired: ${repaired}`)
await close()
