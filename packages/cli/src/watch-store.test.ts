import { type Learner, memoryStore, type Store, StoreError, type Transition } from '@lifeharness/core'
import { registryEntry } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { watchStore } from './watch-store.ts'

/** Watches with a pause that only counts, for so many runs. */
async function watch(learner: Learner, runs: number, store: Store = memoryStore()) {
  const stop = new AbortController()
  const told = { pauses: [] as number[], changes: [] as Transition[], runs: 0, troubles: [] as unknown[] }
  await watchStore({
    ...{ store, learner, everyMs: 1_234, signal: stop.signal },
    async pause(ms) {
      told.pauses.push(ms)
      if (told.pauses.length >= runs) stop.abort()
    },
    onChange: (change) => told.changes.push(change),
    onRun: () => told.runs++,
    onTrouble: (error) => told.troubles.push(error),
  })
  return told
}

const NOTHING = { events: 0, proposed: 0, moved: 0 }
const tool = { origin: 'local', name: 'add' }

test('runs, pauses, and runs again until it is told to end', async () => {
  const told = await watch({ run: async () => NOTHING }, 3)
  expect(told).toMatchObject({ pauses: [1_234, 1_234, 1_234], runs: 3, troubles: [] })
})

test('tells what was committed, and nothing of what came too late', async () => {
  const entry = registryEntry({ kind: 'retry', tool, stage: 'proposed' })
  const change: Transition = {
    ...{ type: 'stage', entry, family: 'default', to: 'proposed' },
    ...{ reason: 'new', by: 'learner', at: 1 },
  }
  const learner: Learner = {
    async run(store) {
      await store.commit(0, [change])
      return NOTHING
    },
  }
  // The second run's commit is stale.
  expect((await watch(learner, 2)).changes).toEqual([change])
})

test('a run that fails is told, and the next one is tried', async () => {
  let run = 0
  const learner: Learner = {
    async run() {
      if (run++ === 0) throw new StoreError('busy', 'locked')
      return NOTHING
    },
  }
  expect(await watch(learner, 2)).toMatchObject({ runs: 1, troubles: [{ fault: 'busy' }] })
})

test.each(['damaged', 'foreign', 'newer', 'unusable'] as const)(
  'ends where the store is %s',
  async (fault) => {
    const learner: Learner = { run: () => Promise.reject(new StoreError(fault, 'no')) }
    await expect(watch(learner, 9)).rejects.toThrow(StoreError)
  },
)
