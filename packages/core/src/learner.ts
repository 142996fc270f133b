import type { Store } from './store.ts'

/** What one run of the learner did. */
export type LearnReport = { events: number; proposed: number; moved: number }

/** The slow loop, passed in by the user (`createLearner` of `@lifeharness/core/learn`) or run apart. */
export type Learner = {
  /** Reads what is new in the store's log and commits what follows from it. */
  run(store: Store): Promise<LearnReport>
}
