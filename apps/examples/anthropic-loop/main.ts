// A plain tool loop on the `@anthropic-ai/sdk` package: no framework, the layer inside. The endpoint is scripted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import { createLifeHarness, type Json, type LifeHarness, parseRegistry } from '@lifeharness/core'
import { endpoint } from '../endpoint.ts'
import { actions, contract, execute, told } from '../plain-loop.ts'

const registry = parseRegistry(readFileSync(join(import.meta.dirname, 'registry.json'), 'utf8'))

// A model that writes the name of the argument wrong, again and again.
const { url, close } = await endpoint((messages) => {
  const done = JSON.stringify(messages.at(-1)).includes('sunny')
  const ends = done || messages.length > 4
  const text = { type: 'text', text: done ? 'It is sunny.' : 'I give up.' }
  const call = {
    type: 'tool_use',
    id: `call-${messages.length}`,
    name: 'weather',
    input: { cityName: 'Lyon' },
  }
  return {
    ...{ id: 'reply', type: 'message', role: 'assistant', model: 'scripted', content: [ends ? text : call] },
    ...{ stop_reason: ends ? 'end_turn' : 'tool_use', usage: { input_tokens: 1, output_tokens: 1 } },
  }
})
const client = new Anthropic({ baseURL: url, apiKey: 'unused' })
const model = 'wrong-name-1'

async function ask(lifeHarness: LifeHarness, content: string) {
  const episode = lifeHarness.episode({ model: { provider: 'anthropic', modelId: model }, actions })
  const tools = episode.presentTools([contract]).map(definition)
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content }]
  for (let turn = 0; ; turn++) {
    const message = await client.messages.create({ model, messages, tools, max_tokens: 1_000 })
    messages.push({ role: 'assistant', content: message.content })
    const calls = message.content.filter((block) => block.type === 'tool_use')
    if (calls.length === 0) return textOf(message)
    const results: Anthropic.ToolResultBlockParam[] = []
    for (const [index, { id, name, input }] of calls.entries()) {
      const emitted = { id, tool: { origin: 'local', name }, turn, index, attempt: 1, approved: false }
      const { call } = episode.repairEmitted({ ...emitted, input: input as Json })
      Object.assign(calls[index]!, { name: call.tool.name, input: call.input }) // so says the history
      const ran = await episode.run(call, ({ tool, input }) => execute(tool.name, input))
      results.push({ type: 'tool_result', tool_use_id: id, content: told(ran), is_error: ran.thrown })
    }
    messages.push({ role: 'user', content: results })
  }
}

const textOf = ({ content }: Anthropic.Message) =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('')
const definition = ({
  tool: { name },
  description = '',
  inputSchema = {},
}: Partial<typeof contract> & Pick<typeof contract, 'tool'>) => ({
  ...{ name, description },
  input_schema: inputSchema as Anthropic.Tool.InputSchema,
})

const observed = await ask(await createLifeHarness(), 'How is the weather in Lyon?')
assert.equal(observed, 'I give up.')
const repaired = await ask(
  await createLifeHarness({ mode: 'frozen', registry }),
  'How is the weather in Lyon?',
)
assert.equal(repaired, 'It is sunny.')
console.log(`Observed: ${observed} Repaired: ${repaired}`)
await close()
