import type { Learner, LearnReport, Store, Transition } from '@lifeharness/core'
import { StoreError } from '@lifeharness/core'

/** What is no passing trouble: going on would never lead anywhere. */
const FATAL: ReadonlySet<string> = new Set(['damaged', 'foreign', 'newer', 'unusable', 'closed'])

export type Watching = {
  store: Store
  learner: Learner
  everyMs: number
  /** Ends the watch; a run that is under way is finished first. */
  signal: AbortSignal
  /** Resolves after so long, or at once when the signal aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>
  onChange(change: Transition): void
  /** After each run that did anything. */
  onRun(report: LearnReport): void
  /** A run failed; the next one is tried. */
  onTrouble(error: unknown): void
}

/** Runs the learner until the signal aborts. Rejects only for a store with which no later run could do better. */
export async function watchStore(watching: Watching): Promise<void> {
  const { learner, signal, everyMs, pause } = watching
  const store = telling(watching.store, watching.onChange)
  while (!signal.aborted) {
    try {
      watching.onRun(await learner.run(store))
    } catch (error) {
      if (error instanceof StoreError && FATAL.has(error.fault)) throw error
      watching.onTrouble(error)
    }
    await pause(everyMs, signal)
  }
}

/** The store, with everything that is committed through it told once it is durable. */
function telling(store: Store, onChange: (change: Transition) => void): Store {
  return {
    ...store,
    async commit(expected, changes) {
      const version = await store.commit(expected, changes)
      if (version !== 'stale') for (const change of changes) onChange(change)
      return version
    },
  }
}
