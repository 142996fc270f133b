import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { memoryStore } from '../memory-store.ts'
import { sqliteStore } from '../sqlite/index.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { sampleEvents } from '../testing/samples.ts'
import type { Health } from './health.ts'
import { createLearner } from './learner.ts'
import { leaseOn } from './lease.ts'

// A thread or process of its own compiles all it needs; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-lease-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) yield number
}

test('a learner does nothing while another is at work on the store, and all when it is done', async () => {
  const path = join(folder, 'turns.db')
  const [store, other] = [sqliteStore(path), sqliteStore(path)]
  await store.append(sampleEvents(0, 60), 'batch')
  const turn = leaseOn(other, { now: Date.now })
  expect(await turn.take()).toBe(true)
  const learner = createLearner()
  expect(await learner.run(store)).toEqual({ events: 0, proposed: 0, moved: 0, busy: true })
  await turn.giveBack()
  expect(await learner.run(store)).toMatchObject({ events: 60 })
  // It gave its own turn back.
  expect(await turn.take()).toBe(true)
  await Promise.all([store.close(), other.close()])
})

test('a run that fails gives its turn back', async () => {
  const store = sqliteStore(join(folder, 'fails.db'))
  const failing = { ...store, load: () => Promise.reject(new Error('no')) }
  await expect(createLearner().run(failing)).rejects.toThrow('no')
  expect(await leaseOn(store, { now: Date.now }).take()).toBe(true)
  await store.close()
})

test('a long run prolongs its turn, and seldom', async () => {
  const clock = fakeClock()
  const asked: number[] = []
  const store = {
    ...memoryStore(),
    lease: async (_name: string, _holder: string, ms: number) => {
      asked.push(ms)
      return true
    },
  }
  const lease = leaseOn(store, clock)
  await lease.take()
  for await (const _ of lease.during(numbers(100))) await clock.advance(1_000)
  await lease.giveBack()
  expect(asked).toEqual([120_000, 120_000, 120_000, 120_000, 0])
})

test('tells how the layer fares; a callback that throws is a fault, and no more', async () => {
  const store = memoryStore()
  await store.append(sampleEvents(0, 60), 'batch')
  const told: Health[] = []
  await createLearner({ onHealth: (health) => void told.push(health) }).run(store)
  expect(told).toMatchObject([{ steps: 10, verdict: { state: 'unknown' } }])
  const faults: string[] = []
  const onHealth = (): void => {
    throw new Error('deaf')
  }
  const report = await createLearner({ onHealth, fault: (where) => void faults.push(where) }).run(store)
  expect(report.events).toBe(60)
  expect(faults).toEqual(['onHealth'])
})
