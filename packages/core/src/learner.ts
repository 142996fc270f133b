import type { Store } from './store.ts'

/** What one run of the learner did; `busy`: nothing, because another learner is at work on this store. */
export type LearnReport = { events: number; proposed: number; moved: number; busy?: true }

/** The slow loop, passed in by the user (`createLearner` of `@lifeharness/core/learn`) or run apart. */
export type Learner = {
  /** Reads what is new in the store's log and commits what follows from it. */
  run(store: Store): Promise<LearnReport>
}
