import type { Clock } from './clock.ts'
import type { Event } from './event.ts'
import type { FaultLog } from './fault.ts'
import type { Store } from './store.ts'

/**
 * Between the path of a call and the store. A call leaves a closure behind, which costs nothing; off the path the
 * closures are turned into redacted events in small slices, and the events go to the store in batches. Both queues
 * are bounded: when they are full new events are refused and counted, never acknowledged. An event that no store can take
 * is dropped and counted among them.
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
  /** Closures pushed and turned into events; events made and done with (written, or dropped as unstorable). */
  let pushed = 0
  let taken = 0
  let made = 0
  let done = 0
  let written = 0
  let refused = 0
  /** Of the refused ones, how many the store was told of. */
  let told = 0
  let writing: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function makeEvents(untilMs: number): void {
    let count = 0
    for (; count < pending.length; count++) {
      // The clock is looked at every 16 events: reading it costs as much as a small event.
      if (count % 16 === 15 && clock.monotonic() > untilMs) break
      try {
        const fresh = [(pending[count] as () => Event | readonly Event[])()].flat()
        add(...fresh)
        if (observe) fresh.forEach(observe)
      } catch (error) {
        faults.report('event', error)
      }
    }
    pending = pending.slice(count)
    taken += count
  }

  function add(...fresh: readonly Event[]): void {
    events.push(...fresh)
    made += fresh.length
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
        written += inFlight.batch.length
      } catch (error) {
        faults.report('store append', error)
        // What can never be stored must not keep everything after it from being stored.
        const storable = (error as { fault?: unknown })?.fault === 'invalid' && inFlight.batch.filter(isJson)
        if (!storable || storable.length === inFlight.batch.length) throw error
        refused += inFlight.batch.length - storable.length
        done += inFlight.batch.length - storable.length
        inFlight = storable.length > 0 ? { batch: storable, id: nextBatchId() } : undefined
        continue
      }
      done += inFlight.batch.length
      inFlight = undefined
      if (refusedEvent && refused > told) {
        add(refusedEvent(refused - told))
        told = refused
      }
    }
  }

  function takeBatch(): { batch: Event[]; id: string } | undefined {
    if (events.length === 0) return undefined
    return { batch: events.splice(0, BATCH), id: nextBatchId() }
  }

  const nextBatchId = () => `${processId}-${batches++}`

  const queued = () => pending.length + events.length + (inFlight?.batch.length ?? 0)

  return {
    push(make) {
      if (pending.length + events.length >= capacity) {
        refused++
        return
      }
      pending.push(make)
      pushed++
      schedule(DRAIN_AFTER_MS)
    },
    async flush() {
      // What is pushed from here on is for the next flush: waiting for it too could take for ever.
      const lastPushed = pushed
      // In slices here too: a flush of a long queue must not hold up the agent's own work.
      while (taken < lastPushed) {
        makeEvents(clock.monotonic() + SLICE_MS)
        if (taken < lastPushed) await new Promise((resolve) => setTimeout(resolve, 0))
      }
      // A write that is under way may have looked at the queue before this flush filled it.
      const lastMade = made
      while (done < lastMade) await write()
    },
    stats: () => ({ queued: queued(), written, refused }),
  }
}

function isJson(event: Event): boolean {
  try {
    structuredClone(event)
    return JSON.stringify(event) !== undefined
  } catch {
    return false
  }
}
