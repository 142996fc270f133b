import type { LifeHarnessConfig, RegistryState, Store } from '@lifeharness/core'
import { type Health, healthOf, type Mined, mine, readTrajectories } from '@lifeharness/core/learn'
import { type LogScan, scanLog } from './log-scan.ts'
import { readRecordings } from './recordings.ts'
import type { Terminal } from './terminal.ts'

/** What `report` and `doctor` look at: the registry, and what is recorded in the store and in the files named. */
export type Look = {
  state: RegistryState
  scan: LogScan
  mined: Mined
  health: Health
  config: LifeHarnessConfig
  /** When a learner last committed anything. */
  learnerAt?: number
  /** Milliseconds since the epoch. */
  now: number
}

export async function lookAt(
  store: Store,
  files: readonly string[],
  config: LifeHarnessConfig,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<Look> {
  const state = await store.load()
  const scan = await scanLog(store)
  const recordings = readRecordings(files, terminal)
  const faults = new Set<string>()
  const mined = await mine(
    async function* () {
      yield* readTrajectories(store)
      yield* recordings()
    },
    {
      config,
      fault: (where, error) => {
        const fault = `fault in ${where}: ${error}`
        if (!faults.has(fault)) terminal.err(fault)
        faults.add(fault)
      },
    },
  )
  const health = healthOf({ mined, registry: state, now, touched: scan.touched })
  const learnerAt = await lastLearnt(store)
  return { state, scan, mined, health, config, ...(learnerAt === undefined ? {} : { learnerAt }), now }
}

async function lastLearnt(store: Store): Promise<number | undefined> {
  let last: number | undefined
  for await (const change of store.history())
    if (change.type !== 'settings' && !(change.type === 'stage' && change.by !== 'learner'))
      last = Math.max(change.at, last ?? 0)
  return last
}
