import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { LearnReport } from '../../learner.ts'
import type { RegistryState } from '../../registry.ts'
import { createLifeHarness } from '../../runtime.ts'
import { sqliteStore } from '../../sqlite/index.ts'
import type { Health } from '../health.ts'
import { createLearner } from '../learner.ts'
import { playBooking } from './booking.test.support.ts'
import { type WorkerLearnerOptions, workerLearner } from './index.ts'
import { functionsIn } from './load-config.ts'

// A thread or process of its own compiles all it needs; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-worker-learner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const newFile = (suffix: string): string => join(folder, `${++files}.${suffix}`)

/** A store with recorded episodes, closed again. */
async function recorded(episodes = 28): Promise<string> {
  const path = newFile('db')
  const harness = await createLifeHarness({ store: sqliteStore(path), mode: 'observe' })
  for (let index = 0; index < episodes; index++) await playBooking(harness, 'episode', index)
  await harness.close()
  return path
}

/** Runs a learner on a thread once or more, and gives back what it said and what is in the registry then. */
async function learnt(
  path: string,
  options: Omit<WorkerLearnerOptions, 'store'> = {},
  runs = 1,
): Promise<{ reports: LearnReport[]; state: RegistryState }> {
  const store = sqliteStore(path)
  const learner = workerLearner({ store: { sqlite: path }, growth: 0, ...options })
  try {
    const reports: LearnReport[] = []
    for (let run = 0; run < runs; run++) reports.push(await learner.run(store))
    return { reports, state: await store.load() }
  } finally {
    await learner.close()
    await store.close()
  }
}

/** Without the times, which differ from run to run. */
function stagesOf({ entries }: RegistryState): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    entries.map(({ intervention, stages }) => [
      intervention.id,
      Object.fromEntries(
        Object.entries(stages).map(([family, { stage, reason, account }]) => [
          family,
          { stage, reason, account },
        ]),
      ),
    ]),
  )
}

test('comes to the same as the learner in this process', async () => {
  const path = await recorded()
  const copy = newFile('db')
  copyFileSync(path, copy)
  const { reports, state } = await learnt(path, {}, 2)
  const store = sqliteStore(copy)
  const learner = createLearner({ growth: 0 })
  expect(reports).toEqual([await learner.run(store), await learner.run(store)])
  expect(stagesOf(state)).toEqual(stagesOf(await store.load()))
  const rename = state.entries.find(({ intervention }) => intervention.kind === 'rename-argument')
  expect(rename?.stages['some-model']?.stage).toBe('active')
  await store.close()
})

test('is the learner of a life harness: what is learnt on the thread acts in the next episode', async () => {
  const path = newFile('db')
  const faults: unknown[] = []
  const learner = workerLearner({ store: { sqlite: path }, growth: 0 })
  const harness = await createLifeHarness({
    store: sqliteStore(path),
    mode: 'progressive',
    learner,
    learnEveryMs: 0,
    onFault: (fault) => faults.push(fault),
  })
  const calls = async (from: number, to: number): Promise<number> => {
    let sum = 0
    for (let index = from; index < to; index++) sum += await playBooking(harness, 'episode', index)
    return sum
  }
  expect(await calls(0, 28)).toBe(28 * 14)
  // Asked for while one is under way: done afterwards, never beside it.
  await Promise.all([harness.learn(), harness.learn()])
  const after = await calls(28, 88)
  expect(after).toBeLessThan(60 * 14)
  expect(after).toBeGreaterThan(60 * 13)
  await harness.close()
  await learner.close()
  expect(faults).toEqual([])
})

describe('the configuration', () => {
  /** The tool fails now and then and works when called again: `retry` passes only where the tool may be repeated. */
  async function flaky(): Promise<string> {
    const path = newFile('db')
    const harness = await createLifeHarness({ store: sqliteStore(path) })
    for (let index = 0; index < 12; index++) {
      const episode = harness.episode({ id: `episode-${index}` })
      for (const attempt of [1, 2]) {
        const tool = { origin: 'local', name: 'get_rate' }
        const call = { id: `${index}-${attempt}`, tool, turn: attempt, index: 0, attempt: 1, approved: false }
        await episode.run({ ...call, input: { pair: `EUR${index}` } }, () => {
          if (attempt === 1) throw new Error('503 Service Unavailable')
          return 1.08
        })
      }
      episode.end()
    }
    await harness.close()
    return path
  }

  async function retryStage(config: WorkerLearnerOptions['config']): Promise<string | undefined> {
    const { state } = await learnt(await flaky(), config === undefined ? {} : { config })
    const retry = state.entries.find(({ intervention }) => intervention.kind === 'retry')
    return retry?.stages.default?.stage
  }

  const MODULE = `export default { tools: { 'get_*': { readOnly: true, succeeded: (result) => result.outcome === 'ok' } } }`

  test('without one the tool may not be repeated', async () => {
    expect(await retryStage(undefined)).toBe('proposed')
  })

  test('as plain data', async () => {
    expect(await retryStage({ tools: { 'get_*': { readOnly: true } } })).toBe('shadow')
  })

  test.each(['mjs', 'mts'])('as a module with functions, .%s', async (suffix) => {
    const file = newFile(suffix)
    writeFileSync(file, MODULE)
    expect(await retryStage(file)).toBe('shadow')
    expect(await retryStage(pathToFileURL(file))).toBe('shadow')
  })

  test('as JSON', async () => {
    const file = newFile('json')
    writeFileSync(file, '{ "tools": { "get_*": { "readOnly": true } } }')
    expect(await retryStage(file)).toBe('shadow')
  })

  test('a function cannot cross, and it is said where it stands', () => {
    const config = { tools: { search: { succeeded: () => true, expected: () => false } } }
    expect(() => workerLearner({ store: { sqlite: newFile('db') }, config })).toThrow(
      /holds a function at tools\.search\.succeeded \(and 1 more\).*give its path/,
    )
    expect(functionsIn({ redaction: { patterns: [/x/], key: 'k' }, trustedOrigins: ['a'] })).toEqual([])
  })

  test('a file that is not there fails the run and says so; once it is there the next run works', async () => {
    const path = await recorded(1)
    const store = sqliteStore(path)
    const file = newFile('json')
    const learner = workerLearner({ store: { sqlite: path }, config: file })
    await expect(learner.run(store)).rejects.toThrow(/\.json cannot be read: ENOENT/)
    writeFileSync(file, '{}')
    expect((await learner.run(store)).events).toBeGreaterThan(0)
    await learner.close()
    await store.close()
  })
})

test('health comes from the thread; a callback that throws is a fault', async () => {
  const told: Health[] = []
  const faults: string[] = []
  await learnt(await recorded(), {
    onHealth(health) {
      told.push(health)
      throw new Error('deaf')
    },
    fault: (where) => void faults.push(where),
  })
  expect(told).toMatchObject([{ episodes: 28, verdict: { state: 'unknown' } }])
  expect(faults).toEqual(['onHealth'])
})

test('a thread that dies rejects the run; the next one starts another', async () => {
  const path = await recorded(2)
  const store = sqliteStore(path)
  const file = newFile('mjs')
  const flag = newFile('flag')
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs'
     if (!existsSync(${JSON.stringify(flag)})) process.exit(3)
     export default {}`,
  )
  const learner = workerLearner({ store: { sqlite: path }, config: file })
  await expect(learner.run(store)).rejects.toThrow('ended with code 3')
  writeFileSync(flag, '')
  expect((await learner.run(store)).events).toBeGreaterThan(0)
  await learner.close()
  await store.close()
})
