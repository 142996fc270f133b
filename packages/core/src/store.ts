import type { Event } from './event.ts'
import type { RegistryState, Transition } from './registry.ts'

/** Position in the event log: events after it have a greater `seq`. 0 is the beginning. */
export type Cursor = number

/** An event with its position in the log. */
export type StoredEvent = { seq: Cursor; event: Event }

/** Persistence behind the registry. Every method may be called from several processes at once. */
export type Store = {
  /** The registry without what is retired. */
  load(): Promise<RegistryState>
  /** Resolves when the batch is durable. A batch id that was appended before is ignored. */
  append(batch: readonly Event[], batchId: string): Promise<void>
  /** Events after a cursor, oldest first, at most `limit`. */
  read(after: Cursor, limit: number): AsyncIterable<StoredEvent>
  /** Compare-and-set: all changes or, when `expected` is not the version any more, none. */
  commit(expected: number, changes: readonly Transition[]): Promise<number | 'stale'>
  /** All transitions ever committed, oldest first. */
  history(): AsyncIterable<Transition>
  /**
   * Compare-and-set: takes `name` for `ms` milliseconds, or prolongs it; false while another holder has it. 0 gives it
   * back. Absent: holders do not see each other, and what each commits is decided by `commit` alone.
   */
  lease?(name: string, holder: string, ms: number): Promise<boolean>
  /** Calls back when another writer committed. Returns the function that stops watching. */
  watch?(changed: () => void): () => void
  close(): Promise<void>
}
