/**
 * One process of two: takes two conversations from a folder, goes on with both at once through one middleware and one
 * tool set, for two model turns each, writes the conversations back, and ends. Arguments: the folder.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLifeHarness, type Event, memoryStore } from '@lifeharness/core'
import { followScript, type Script } from '@lifeharness/core/testing'
import { generateText, isStepCount, type ModelMessage, wrapLanguageModel } from 'ai'
import { hostTools, scriptedHostModel } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

const folder = process.argv[2] as string
const log = join(folder, 'events.jsonl')

/** Appends to one file that both processes share; reading is the test's business. */
const store = {
  ...memoryStore(),
  append: async (batch: readonly Event[]) =>
    appendFileSync(log, batch.map((event) => `${JSON.stringify(event)}\n`).join('')),
}
const lifeHarness = await createLifeHarness({ store, mode: 'frozen' })
const middleware = lifeHarnessMiddleware(lifeHarness)
const inputSchema = { type: 'object', properties: { run: { type: 'string' } }, required: ['run'] }

let waiting: (() => void)[] = []
/** Both runs are inside a tool at the same time, in each turn. */
const meet = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve)
    if (waiting.length < 2) return
    for (const pass of waiting) pass()
    waiting = []
  })
const tools = lifeHarnessTools(
  lifeHarness,
  hostTools([
    { name: 'step', inputSchema, execute: () => meet().then(() => 'done') },
    { name: 'look', inputSchema, execute: () => 'seen' },
    { name: 'pay', inputSchema, needsApproval: true, execute: () => 'paid' },
  ]),
)

const scriptOf = (run: string): Script => {
  const call = (id: string, name: string) => ({ id: `${run}-${id}`, name, input: { run } })
  return [[call('1', 'step'), call('2', 'look')], [call('3', 'pay')], [call('4', 'step')]]
}

async function goOn(run: string): Promise<void> {
  const file = join(folder, `${run}.json`)
  const messages: ModelMessage[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : [{ role: 'user', content: 'go' }]
  const model = wrapLanguageModel({ model: scriptedHostModel(followScript(scriptOf(run))), middleware })
  const result = await generateText({ model, tools, messages: [...messages], stopWhen: isStepCount(2) })
  messages.push(...result.responseMessages)
  const requests = result.content.filter((part) => part.type === 'tool-approval-request')
  if (requests.length > 0)
    messages.push({
      role: 'tool',
      content: requests.map(({ approvalId }) => ({
        type: 'tool-approval-response',
        approvalId,
        approved: true,
      })),
    })
  writeFileSync(file, JSON.stringify(messages))
}

await Promise.all([goOn('a'), goOn('b')])
await lifeHarness.close()
