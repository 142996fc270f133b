import type { Clock } from './clock.ts'
import type { Event } from './event.ts'
import type { FaultLog } from './fault.ts'
import type { Store } from './store.ts'

/**
 * Between the path of a call and the store. A call leaves a closure behind, which costs nothing; off the path the
 * closures are turned into redacted events in small slices, and the events go to the store in batches. Both queues
 * are bounded: when they are full new events are refused and counted, never acknowledged.
 */
export type EventQueue = {
  push(make: () => Event | readonly Event[]): void
  /** Resolves when everything pushed so far is durable. Rejects when the store refuses; nothing is lost then. */
  flush(): Promise<void>
  stats(): { queued: number; written: number; refused: number }
}

const SLICE_MS = 4
const DRAIN_AFTER_MS = 20
const BATCH = 512
const RETRY_AFTER_MS = 1_000

export function eventQueue({
  store,
  clock,
  faults,
  processId,
  capacity = 16_384,
  refusedEvent,
  observe,
}: {
  store: Pick<Store, 'append'>
  clock: Clock
  faults: FaultLog
  processId: string
  capacity?: number
  /** The record of so many refused events, written as soon as the store takes events again. */
  refusedEvent?: (count: number) => Event
  /** Sees each event when it is made; what it throws is a fault, and the event is recorded all the same. */
  observe?: ((event: Event) => void) | undefined
}): EventQueue {
  let pending: (() => Event | readonly Event[])[] = []
  const events: Event[] = []
  /** The batch under way keeps its id over retries, so that a batch which was written after all counts once. */
  let inFlight: { batch: Event[]; id: string } | undefined
  let batches = 0
  let written = 0
  let refused = 0
  /** Of the refused ones, how many the store was told of. */
  let told = 0
  let writing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function makeEvents(untilMs: number): void {
    let made = 0
    for (; made < pending.length; made++) {
      // The clock is looked at every 16 events: reading it costs as much as a small event.
      if (made % 16 === 15 && clock.monotonic() > untilMs) break
      try {
        const fresh = [(pending[made] as () => Event | readonly Event[])()].flat()
        events.push(...fresh)
        if (observe) fresh.forEach(observe)
      } catch (error) {
        faults.report('event', error)
      }
    }
    pending = pending.slice(made)
  }

  function schedule(afterMs: number): void {
    if (timer !== undefined) return
    timer = setTimeout(drain, afterMs)
    // Node: a pending drain must not keep the process alive; `flush` and `close` are for that.
    ;(timer as { unref?: () => void }).unref?.()
  }

  function drain(): void {
    timer = undefined
    makeEvents(clock.monotonic() + SLICE_MS)
    if (pending.length > 0) schedule(0)
    if (events.length > 0) write().catch(() => schedule(RETRY_AFTER_MS))
  }

  /** Writes what is there, batch after batch; a refused batch stays first in line. */
  function write(): Promise<void> {
    writing ??= writeBatches().finally(() => {
      writing = undefined
    })
    return writing
  }

  async function writeBatches(): Promise<void> {
    for (;;) {
      inFlight ??= takeBatch()
      if (!inFlight) return
      try {
        await store.append(inFlight.batch, inFlight.id)
      } catch (error) {
        faults.report('store append', error)
        throw error
      }
      written += inFlight.batch.length
      inFlight = undefined
      if (refusedEvent && refused > told) {
        events.push(refusedEvent(refused - told))
        told = refused
      }
    }
  }

  function takeBatch(): { batch: Event[]; id: string } | undefined {
    if (events.length === 0) return undefined
    return { batch: events.splice(0, BATCH), id: `${processId}-${batches++}` }
  }

  const queued = () => pending.length + events.length + (inFlight?.batch.length ?? 0)

  return {
    push(make) {
      if (pending.length + events.length >= capacity) {
        refused++
        return
      }
      pending.push(make)
      schedule(DRAIN_AFTER_MS)
    },
    async flush() {
      // In slices here too: a flush of a long queue must not hold up the agent's own work.
      while (pending.length > 0) {
        makeEvents(clock.monotonic() + SLICE_MS)
        if (pending.length > 0) await new Promise((resolve) => setTimeout(resolve, 0))
      }
      // A write that is under way may have looked at the queue before this flush filled it.
      while (queued() > 0) await write()
    },
    stats: () => ({ queued: queued(), written, refused }),
  }
}
