import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Event, JsonObject } from '@lifeharness/core'
import { followScript, type Script } from '@lifeharness/core/testing'
import { generateText, isStepCount, wrapLanguageModel } from 'ai'
import { expect, onTestFinished, test } from 'vitest'
import { hostTools, lifeHarnessWith, scriptedHostModel } from './host.test.support.ts'
import { lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

const inputSchema = { type: 'object', properties: { run: { type: 'string' } } }
const twoTurns: Script = [
  [
    { id: 'call-1', name: 'step', input: { run: 'a' } },
    { id: 'call-2', name: 'step', input: { run: 'a' } },
  ],
  [{ id: 'call-3', name: 'step', input: { run: 'a' } }],
]

test('two runs that two processes share, interleaved in each, stay two episodes', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeharness-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const half = fileURLToPath(new URL('./half-a-run.test.support.ts', import.meta.url))
  for (let part = 0; part < 2; part++)
    await promisify(execFile)(process.execPath, ['--conditions=lifeharness-source', half, folder])
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n')
  const events = lines.map((line) => JSON.parse(line) as Event)
  const calls = events
    .filter((event) => event.type === 'tool')
    .map(({ episode, call }) => ({
      episode,
      id: call.id,
      run: (call.input as JsonObject).run,
      turn: call.turn,
      index: call.index,
      approved: call.approved,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const of = (run: string) => {
    const common = { episode: `${run}-1`, run }
    return [
      { ...common, id: `${run}-1`, turn: 0, index: 0, approved: false },
      { ...common, id: `${run}-2`, turn: 0, index: 1, approved: false },
      { ...common, id: `${run}-3`, turn: 1, index: 0, approved: true },
      { ...common, id: `${run}-4`, turn: 2, index: 0, approved: false },
    ]
  }
  expect(calls).toEqual([...of('a'), ...of('b')])
})

async function episodesOf(
  options: { fixed?: string; provider?: string; toolsOnly?: boolean } = {},
): Promise<[string, number][]> {
  const { lifeHarness, toolEvents } = await lifeHarnessWith([])
  const episode = options.fixed === undefined ? {} : { episode: options.fixed }
  const tools = lifeHarnessTools(
    lifeHarness,
    hostTools([{ name: 'step', inputSchema, execute: () => 'done' }]),
    episode,
  )
  const middleware = options.toolsOnly ? [] : [lifeHarnessMiddleware(lifeHarness, episode)]
  const model = wrapLanguageModel({ model: scriptedHostModel(followScript(twoTurns)), middleware })
  const said = options.provider === undefined ? undefined : { lifeharness: { episode: options.provider } }
  await generateText({
    model,
    tools,
    prompt: 'go',
    stopWhen: isStepCount(9),
    ...(said ? { providerOptions: said } : {}),
  })
  const counts = new Map<string, number>()
  for (const event of await toolEvents()) counts.set(event.episode, (counts.get(event.episode) ?? 0) + 1)
  return [...counts]
}

test('the first call names the episode, for its siblings and for later turns', async () => {
  expect(await episodesOf()).toEqual([['call-1', 3]])
})

test('the caller’s id goes first, from the options of the factory or of the one call', async () => {
  expect(await episodesOf({ fixed: 'job-7' })).toEqual([['job-7', 3]])
  expect(await episodesOf({ provider: 'job-8' })).toEqual([['job-8', 3]])
})

test('without the middleware, siblings of the first turn cannot be told to belong together', async () => {
  expect(await episodesOf({ toolsOnly: true })).toEqual([
    ['call-1', 2],
    ['call-2', 1],
  ])
})
