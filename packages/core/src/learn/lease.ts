import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'

/** A learner's turn at a store. Where the store has no leases it is always its turn. */
export type Lease = {
  /** False while another learner has it. */
  take(): Promise<boolean>
  /** Passes a stream on and prolongs the lease meanwhile. */
  during<T>(stream: AsyncIterable<T>): AsyncIterable<T>
  giveBack(): Promise<void>
}

/** What a learner that died leaves behind keeps the others waiting for so long, in milliseconds. */
const LASTS_MS = 120_000
const PROLONG_AFTER_MS = 30_000

export function leaseOn(store: Store, clock: Pick<Clock, 'now'>): Lease {
  const holder = globalThis.crypto.randomUUID()
  let taken = 0

  async function take(): Promise<boolean> {
    taken = clock.now()
    return (await store.lease?.('learner', holder, LASTS_MS)) ?? true
  }

  return {
    take,
    async *during(stream) {
      for await (const one of stream) {
        // Should it have run out for once, the commit still decides: nothing counts twice.
        if (clock.now() - taken > PROLONG_AFTER_MS) await take()
        yield one
      }
    },
    async giveBack() {
      // It runs out by itself where the store fails.
      await store.lease?.('learner', holder, 0).catch(() => {})
    },
  }
}
