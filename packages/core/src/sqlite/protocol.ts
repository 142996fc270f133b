import type { StoreFault } from '../store-error.ts'

/** How durable "acknowledged" is, see `SqliteStoreOptions`. */
export type Durability = 'process' | 'full'

/** What the worker is started with. */
export type WorkerSettings = {
  path: string
  durability: Durability
  /** How long a call waits for other processes' locks, in milliseconds. */
  lockTimeoutMs: number
  watchEveryMs: number
}

/** What the host asks of the worker. Bodies are JSON text, so that one side only pays for turning it. */
export type WorkerRequest =
  | { op: 'load' }
  | { op: 'append'; batchId: string; bodies: readonly string[] }
  | { op: 'read'; after: number; limit: number }
  | { op: 'commit'; expected: number; changes: readonly string[] }
  | { op: 'history'; after: number }
  | { op: 'lease'; name: string; holder: string; ms: number }
  | { op: 'watch' }
  | { op: 'unwatch' }
  | { op: 'close' }

export type Page = { rows: readonly { seq: number; body: string }[]; done: boolean }

export type WorkerReply = {
  load: {
    version: number
    settings: string
    entries: readonly string[]
    templates: readonly (readonly [string, string])[]
  }
  append: undefined
  read: Page
  commit: number | 'stale'
  history: Page
  lease: boolean
  watch: undefined
  unwatch: undefined
  close: undefined
}

/** Host → worker. */
export type RequestMessage = { id: number; request: WorkerRequest }

export type FailureMessage = { fault: StoreFault | 'illegal-transition'; message: string }

/** Worker → host. */
export type WorkerMessage =
  | { id: number; ok: true; value: WorkerReply[WorkerRequest['op']] }
  | { id: number; ok: false; failure: FailureMessage }
  | { changed: true }
