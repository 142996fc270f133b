import {
  createLifeHarness,
  type LifeHarness,
  memoryStore,
  type RegistryState,
  type Store,
} from '@lifeharness/core'
import { createLearner, type StageLimits } from '@lifeharness/core/learn'
import { type VirtualClock, virtualClock } from '../../environments/virtual-clock.ts'
import type { World } from './world.ts'

export type Layer = {
  lifeHarness: LifeHarness
  store: Store
  /** Of the layer, and of the environment that is opened with it. */
  clock: VirtualClock
  /** What went wrong inside the layer. */
  faults: string[]
  /** Lets the slow loop see all that has happened. */
  learn(): Promise<RegistryState>
}

/** The layer as a team would run it: all modes of the product itself. What `prepare` puts into the store is there from the first call on. */
export async function openLayer(
  { config }: Pick<World, 'config'>,
  prepare: (store: Store, clock: VirtualClock) => Promise<void> = async () => {},
  limits: Partial<StageLimits> = {},
): Promise<Layer> {
  const clock = virtualClock(Date.UTC(2026, 2, 2))
  const store = memoryStore()
  await prepare(store, clock)
  const faults: string[] = []
  // The key makes redacted tokens, and with them the signatures, the same in each run.
  const settings = { ...config, redaction: { key: 'worlds', ...config.redaction } }
  const lifeHarness = await createLifeHarness({
    ...{ store, clock, config: settings, mode: 'progressive', learnEveryMs: 0 },
    learner: createLearner({
      limits,
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
