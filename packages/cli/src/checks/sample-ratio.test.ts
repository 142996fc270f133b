import { createLifeHarness, memoryStore } from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { type EntryInit, registryWith } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { SILENT } from '../check.test.support.ts'
import { lookAt } from '../look.ts'
import { sampleRatio } from './sample-ratio.ts'

const RENAME: EntryInit = {
  ...{ kind: 'rename-argument', options: { from: '/city', to: '/destination' } },
  ...{ tool: 'book', stage: 'canary', controlShare: 0.5 },
}

/** Episodes in a canary of a real runtime, counted by a real learner; those that `keep` refuses lose their events. */
async function canary(episodes: number, keep: (arm: string) => boolean) {
  const store = memoryStore(registryWith(RENAME))
  const kept = {
    ...store,
    append: async (batch: Parameters<typeof store.append>[0], id: string) => {
      const lost = new Set(
        batch.flatMap((event) =>
          event.type === 'tool' && !event.applied.every(({ arm }) => keep(arm)) ? [event.episode] : [],
        ),
      )
      await store.append(
        batch.filter((event) => event.type === 'fault' || !lost.has(event.episode)),
        id,
      )
    },
  }
  const lifeHarness = await createLifeHarness({ store: kept, mode: 'progressive', onFault: () => {} })
  for (let index = 0; index < episodes; index++) {
    const episode = lifeHarness.episode({ id: `e${index}`, model: { modelId: 'some-model' } })
    await episode.run(
      {
        ...{
          id: 'c',
          tool: { origin: 'local', name: 'book' },
          turn: 0,
          index: 0,
          attempt: 1,
          approved: false,
        },
        input: { city: 'Lima' },
      },
      () => 'done',
    )
    episode.end()
    await lifeHarness.flush()
  }
  await createLearner().run(store)
  return sampleRatio.find({ ...(await lookAt(store, [], {}, SILENT)), installed: [], environment: {} })
}

test('matches: the episodes of one arm are not recorded', async () => {
  let number = 0
  expect(await canary(300, (arm) => arm !== 'control' || number++ % 3 === 0)).toMatchObject([
    {
      level: 'broken',
      what: expect.stringMatching(/^sample-ratio alarm: \d+ of \d+ episodes came in with it/),
    },
  ])
})

test('does not match: all of them are', async () => {
  expect(await canary(300, () => true)).toEqual([])
})
