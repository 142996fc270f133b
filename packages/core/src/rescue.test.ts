import { expect, it } from 'vitest'
import type { Event } from './event.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness, type LifeHarnessOptions } from './runtime.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import { LOCAL_ORIGIN, type ToolContract } from './tool.ts'

const contracts = ['search', 'delete'].map((name): ToolContract => {
  const properties = { query: { type: 'string' } }
  const inputSchema = { type: 'object', properties, required: ['query'], additionalProperties: false }
  return { tool: { origin: LOCAL_ORIGIN, name }, inputSchema }
})
const rescue: EntryInit = {
  kind: 'rescue-text-call',
  tool: 'search',
  stage: 'active',
  category: 'emit.text_call',
}
const first = { id: 'call-1', turn: 0, index: 0 }
const written = (name: string, input: object) =>
  `<tool_call>${JSON.stringify({ name, arguments: input })}</tool_call>`
const search = written('search', { query: 'a' })

async function episodeWith(entries: readonly EntryInit[], options: LifeHarnessOptions = {}) {
  const store = memoryStore(registryWith(...entries))
  const faults: string[] = []
  const onFault = ({ where }: { where: string }) => faults.push(where)
  const lifeHarness = await createLifeHarness({ store, mode: 'frozen', onFault, ...options })
  const episode = lifeHarness.episode({ id: 'one' })
  episode.presentTools(contracts)
  async function recorded() {
    await lifeHarness.flush()
    const events: Event[] = []
    for await (const { event } of store.read(0, 100)) events.push(event)
    return events
  }
  return { episode, recorded, faults }
}

it('makes calls of a text, which are recorded with the text that they were made of', async () => {
  const { episode, recorded, faults } = await episodeWith([rescue])
  const text = `${search}\n${written('search', { query: 'b' })}`
  const { calls } = episode.rescueText(text, first)
  expect(calls.map(({ id, index, input }) => [id, index, input])).toEqual([
    ['call-1', 0, { query: 'a' }],
    ['call-1-1', 1, { query: 'b' }],
  ])
  for (const call of calls) await episode.run(call, () => 'found')
  const steps = (await recorded()).filter((event) => event.type === 'tool')
  expect(steps.map(({ call, executed }) => [call.rawInput, executed?.input])).toEqual([
    [text, { query: 'a' }],
    [text, { query: 'b' }],
  ])
  // What was done once counts once.
  expect(steps.map(({ applied }) => applied.map(({ action, arm }) => `${action} ${arm}`))).toEqual([
    ['emit-calls applied'],
    [],
  ])
  expect(faults).toEqual([])
})

it.each<[string, readonly EntryInit[], LifeHarnessOptions, readonly string[]]>([
  ['no intervention', [], {}, []],
  ['one in shadow', [{ ...rescue, stage: 'shadow' }], { mode: 'progressive' }, ['shadow']],
  [
    'the control arm',
    [{ ...rescue, stage: 'canary', controlShare: 1 }],
    { mode: 'progressive' },
    ['control'],
  ],
  ['observe mode', [rescue], { mode: 'observe' }, ['shadow']],
])('with %s the text stays text, and a failure is recorded', async (_, entries, options, arms) => {
  const { episode, recorded } = await episodeWith(entries, options)
  expect(episode.mayRescue()).toBe(false)
  expect(episode.rescueText(search, first).calls).toEqual([])
  const [step] = (await recorded()).filter((event) => event.type === 'tool')
  expect(step).toMatchObject({
    call: { rawInput: search },
    failure: { category: 'emit.text_call', dead: true },
  })
  expect(step?.applied.map(({ arm }) => arm)).toEqual(arms)
})

it.each<[string, string, LifeHarnessOptions]>([
  ['talks about a call', `You could write ${search} to search.`, {}],
  ['is an answer', 'It is sunny in Lyon.', {}],
  ['is cut short', '<tool_call>{"name": "search", "arguments": {"query": "/srv/da', {}],
  ['holds a call of no tool', written('find', { query: 'a' }), {}],
  ['holds a call that its contract refuses', written('search', { q: 'a' }), {}],
  [
    'holds a call of a tool that is never touched',
    `${search}\n${written('delete', { query: 'a' })}`,
    { config: { tools: { delete: { never: true } } } },
  ],
])('leaves a text alone that %s', async (_, text, options) => {
  const { episode, recorded } = await episodeWith([rescue], options)
  expect(episode.mayRescue()).toBe(true)
  expect(episode.rescueText(text, first).calls).toEqual([])
  const steps = (await recorded()).filter((event) => event.type === 'tool')
  expect(steps.flatMap(({ applied }) => applied)).toEqual([])
})

it('records nothing of an episode in which nothing happened', async () => {
  const { episode, recorded } = await episodeWith([rescue])
  episode.rescueText('It is sunny in Lyon.', first)
  episode.end()
  expect(await recorded()).toEqual([])
})

it('says whether a dead call of a tool may come out repaired', async () => {
  const rename: EntryInit = {
    kind: 'rename-argument',
    options: { from: '/q', to: '/query' },
    tool: 'search',
    stage: 'active',
  }
  const of = async (stage: EntryInit['stage'], mode: LifeHarnessOptions['mode'] = 'progressive') => {
    const { episode } = await episodeWith([{ ...rename, stage }], { mode })
    return contracts.map(({ tool }) => episode.mayRepair(tool))
  }
  expect(await of('active')).toEqual([true, false])
  expect(await of('canary')).toEqual([true, false])
  expect(await of('shadow')).toEqual([false, false])
  expect(await of('suspended')).toEqual([false, false])
  expect(await of('active', 'observe')).toEqual([false, false])
})
