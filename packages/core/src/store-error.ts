/**
 * Why a store refused. `busy`: another process held the lock for too long. `full`: no space. `io`: the medium failed.
 * `damaged`: not a database, or corrupt. `unusable`: cannot be opened or written (rights, a folder, a wrong path).
 * `foreign`: holds something else's data. `newer`: written by a newer version. `invalid`: what was handed over cannot
 * be stored. `worker`: the worker thread died. `closed`: called after `close()`. `unknown`: anything else.
 */
export type StoreFault =
  | 'busy'
  | 'full'
  | 'io'
  | 'damaged'
  | 'unusable'
  | 'foreign'
  | 'newer'
  | 'invalid'
  | 'worker'
  | 'closed'
  | 'unknown'

/** A store did not do what was asked of it; the message says what happened, where, and what to do. */
export class StoreError extends Error {
  readonly code = 'LIFEHARNESS_STORE'
  readonly fault: StoreFault

  constructor(fault: StoreFault, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'StoreError'
    this.fault = fault
  }
}
