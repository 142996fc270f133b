import type { Clock } from '@lifeharness/core'

/** Time that the story tells: an agent's turn takes half a minute of it, and waiting takes none of ours. */
export type StoryClock = Clock & { skip(ms: number): void; day(at: number): number }

const START = Date.UTC(2026, 2, 2)
const DAY_MS = 86_400_000

export function storyClock(): StoryClock {
  let now = START
  const skip = (ms: number): void => {
    now += ms
  }
  return {
    now: () => now,
    // Real time goes on below it: what is cut into slices of milliseconds stays so.
    monotonic: () => performance.now() + now - START,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      skip(ms)
    },
    skip,
    day: (at) => 1 + Math.floor((at - START) / DAY_MS),
  }
}
