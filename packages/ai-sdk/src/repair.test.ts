import { type EntryInit, followScript, type ScriptedCall } from '@lifeharness/core/testing'
import { type ToolCallRepairFunction, type ToolSet, wrapLanguageModel } from 'ai'
import { expect, test } from 'vitest'
import { type HostMajor, hostTools, lifeHarnessWith, MAJORS, scriptedHostModel } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessRepairToolCall, lifeHarnessTools } from './index.ts'

const inputSchema = {
  type: 'object',
  properties: { query: { type: 'string' } },
  required: ['query'],
  additionalProperties: false,
}
const rename: EntryInit = {
  kind: 'rename-argument',
  options: { from: '/q', to: '/query' },
  tool: 'search',
  stage: 'active',
}
const alias: EntryInit = {
  kind: 'rename-tool',
  options: { from: 'Search', to: 'search' },
  tool: 'Search',
  stage: 'active',
  category: 'resolve.unknown_tool',
}
const misnamed: ScriptedCall = { id: 'call-1', name: 'search', input: { q: 'a' } }

async function run(
  calls: readonly ScriptedCall[],
  { host = MAJORS[7] as HostMajor, wrapped = false, entries = [rename, alias] } = {},
) {
  const world = await lifeHarnessWith(entries)
  const executed: unknown[] = []
  const own = hostTools([{ name: 'search', inputSchema, execute: (input) => executed.push(input) }])
  const tools = wrapped ? lifeHarnessTools(world.lifeHarness, own) : own
  const repairToolCall = lifeHarnessRepairToolCall(world.lifeHarness)
  const model = scriptedHostModel(followScript([calls]), host)
  await host.ai.generateText({
    ...{ model, tools, prompt: 'go', stopWhen: host.ai.stepCountIs(3) },
    ...(host === MAJORS[7] ? { repairToolCall } : { experimental_repairToolCall: repairToolCall }),
  })
  return { ...world, executed }
}

test.each(Object.entries(MAJORS))('repairs what AI SDK %s refuses', async (_, host) => {
  const { executed, toolEvents, faults } = await run([misnamed], { host })
  expect(executed).toEqual([{ query: 'a' }])
  const [event, ...others] = await toolEvents()
  expect(others).toEqual([])
  // What became of it is not known here.
  expect(event).toMatchObject({
    ...{ call: { input: { q: 'a' } }, executed: { input: { query: 'a' } }, outcome: 'interrupted' },
    applied: [{ action: 'replace-call', arm: 'applied' }],
  })
  expect(faults).toEqual([])
})

test('repairs names of tools', async () => {
  const { executed } = await run([{ id: 'call-1', name: 'Search', input: { query: 'a' } }])
  expect(executed).toEqual([{ query: 'a' }])
})

test('with wrapped tools, the execution is what is recorded', async () => {
  const { executed, toolEvents, faults } = await run([misnamed], { wrapped: true })
  expect(executed).toEqual([{ query: 'a' }])
  const recorded = (await toolEvents()).map(({ call, outcome, applied }) => [
    call.input,
    outcome,
    applied.length,
  ])
  expect(recorded).toEqual([[{ q: 'a' }, 'ok', 1]])
  expect(faults).toEqual([])
})

test('leaves the host to its own error where nothing helps, and records the call', async () => {
  const { executed, toolEvents, faults } = await run([
    { id: 'call-1', name: 'search', rawInput: '{query = a}' },
  ])
  expect(executed).toEqual([])
  const [event] = await toolEvents()
  expect(event).toMatchObject({ call: { rawInput: '{query = a}' }, outcome: 'error', applied: [] })
  expect(faults).toEqual([])
})

test('a fault of the layer leaves the host to its own error, and is reported', async () => {
  const { lifeHarness, faults } = await lifeHarnessWith([rename])
  const repair = lifeHarnessRepairToolCall(lifeHarness) as unknown as ToolCallRepairFunction<ToolSet>
  expect(await repair({} as never)).toBe(null)
  expect(faults.map(({ where }) => where)).toEqual(['ai-sdk repairToolCall'])
})

test('beside the middleware it does nothing: no call is recorded twice', async () => {
  const { lifeHarness, toolEvents } = await lifeHarnessWith([])
  const tools = lifeHarnessTools(lifeHarness, hostTools([{ name: 'search', inputSchema, execute: () => 1 }]))
  const model = wrapLanguageModel({
    model: scriptedHostModel(followScript([[misnamed]])),
    middleware: lifeHarnessMiddleware(lifeHarness),
  })
  const { ai } = MAJORS[7]
  const repairToolCall = lifeHarnessRepairToolCall(lifeHarness)
  await ai.generateText({ model, tools, prompt: 'go', stopWhen: ai.stepCountIs(3), repairToolCall })
  expect((await toolEvents()).length).toBe(1)
})
