import type { Event } from './event.ts'
import {
  applyTransitions,
  emptyRegistry,
  isRetired,
  type RegistryState,
  type Transition,
} from './registry.ts'
import type { Store } from './store.ts'
import { StoreError } from './store-error.ts'

export type MemoryStoreOptions = {
  /** How many events are kept, the newest ones; default 100,000. Cursors stay valid when old events go. */
  maxEvents?: number
}

/**
 * A store that lives and dies with the process: for tests, trials and hosts without a disk. What goes in and out is
 * copied, as with any other store. `watch` calls back on every commit, since all writers share the one object.
 */
export function memoryStore(
  initial: RegistryState = emptyRegistry(),
  { maxEvents = 100_000 }: MemoryStoreOptions = {},
): Store {
  let state = structuredClone(initial)
  let events: Event[] = []
  /** `seq` of the event before `events[0]`. */
  let dropped = 0
  const batches = new Set<string>()
  const transitions: Transition[] = []
  const watchers = new Set<() => void>()
  let closed = false

  function assertOpen(): void {
    if (closed) throw new StoreError('closed', 'the memory store was closed; create another one')
  }

  function remember(batchId: string): void {
    batches.add(batchId)
    // A batch is retried soon or never: the oldest ids can go, like the oldest events.
    if (batches.size > maxEvents) for (const oldest of batches) return void batches.delete(oldest)
  }

  return {
    async load() {
      assertOpen()
      return structuredClone({ ...state, entries: state.entries.filter((entry) => !isRetired(entry)) })
    },
    async append(batch, batchId) {
      assertOpen()
      if (batches.has(batchId)) return
      const copies = copyEvents(batch, batchId)
      remember(batchId)
      for (const event of copies) events.push(event)
      // Cut in large steps, so that a full store does not move its events on every append.
      if (events.length <= maxEvents * 1.25) return
      dropped += events.length - maxEvents
      events = events.slice(-maxEvents)
    },
    async *read(after, limit) {
      for (let left = limit, seq = after + 1; left > 0; left--, seq++) {
        assertOpen()
        seq = Math.max(seq, dropped + 1)
        const event = events[seq - dropped - 1]
        if (!event) return
        yield { seq, event: structuredClone(event) }
      }
    },
    async commit(expected, changes) {
      assertOpen()
      if (expected !== state.version) return 'stale'
      const copies = structuredClone(changes)
      state = applyTransitions(state, copies)
      for (const change of copies) transitions.push(change)
      const { version } = state
      // Not from inside the commit: the caller must know of its own version first. A watcher's fault is its own.
      for (const changed of watchers) Promise.resolve().then(changed).catch(ignore)
      return version
    },
    async *history() {
      for (const transition of transitions) {
        assertOpen()
        yield structuredClone(transition)
      }
    },
    watch(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    async close() {
      closed = true
      watchers.clear()
    },
  }
}

function copyEvents(batch: readonly Event[], batchId: string): Event[] {
  try {
    return structuredClone(batch) as Event[]
  } catch (cause) {
    throw new StoreError('invalid', `batch ${batchId} holds something that is not JSON; it was not stored`, {
      cause,
    })
  }
}

function ignore(): void {}
