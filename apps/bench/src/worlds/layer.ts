import {
  createLifeHarness,
  type LifeHarness,
  memoryStore,
  type RegistryState,
  type Store,
} from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { type PassingClock, passingClock } from './clock.ts'
import type { World } from './world.ts'

export type Layer = {
  lifeHarness: LifeHarness
  store: Store
  clock: PassingClock
  /** What went wrong inside the layer. */
  faults: string[]
  /** Lets the slow loop see all that has happened. */
  learn(): Promise<RegistryState>
}

/** The layer as a team would run it: an empty registry, all modes of the product itself. */
export async function openLayer({ config }: Pick<World, 'config'>): Promise<Layer> {
  const clock = passingClock()
  const store = memoryStore()
  const faults: string[] = []
  // The key makes redacted tokens, and with them the signatures, the same in each run.
  const settings = { ...config, redaction: { key: 'worlds', ...config.redaction } }
  const lifeHarness = await createLifeHarness({
    ...{ store, clock, config: settings, mode: 'progressive', learnEveryMs: 0 },
    learner: createLearner({
      config: settings,
      clock,
      fault: (where, error) => faults.push(`${where}: ${error}`),
    }),
    onFault: ({ where, error }) => faults.push(`${where}: ${error}`),
  })
  return {
    ...{ lifeHarness, store, clock, faults },
    async learn() {
      await lifeHarness.flush()
      await lifeHarness.learn()
      return lifeHarness.registry()
    },
  }
}
