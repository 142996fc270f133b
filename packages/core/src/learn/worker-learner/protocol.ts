import type { LifeHarnessConfig } from '../../config.ts'
import type { LearnReport } from '../../learner.ts'
import type { SqliteStoreOptions } from '../../sqlite/sqlite-store.ts'
import type { StageLimits } from '../decide.ts'
import type { Health } from '../health.ts'

/** What the thread is started with. */
export type LearnerSettings = {
  path: string
  store: SqliteStoreOptions
  /** A configuration without functions, or the URL of the file that holds one. */
  config: { data: LifeHarnessConfig } | { url: string }
  limits?: Partial<StageLimits>
  idleMs?: number
  growth?: number
}

/** Host → thread: run once, or end. */
export type LearnerRequest = { run: number } | { close: true }

/** An error as it crosses threads. */
export type LostError = { name: string; message: string; stack?: string; code?: string }

/** Thread → host. */
export type LearnerMessage =
  | { done: number; report: LearnReport }
  | { failed: number; error: LostError }
  | { health: Health }
  | { fault: { where: string; error: LostError } }
