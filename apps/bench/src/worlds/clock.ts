import type { Clock } from '@lifeharness/core'

/** Time that passes when it is told to; waiting takes none of ours. */
export type PassingClock = Clock & { pass(ms: number): void }

export function passingClock(start: number = Date.UTC(2026, 2, 2)): PassingClock {
  let elapsed = 0
  const pass = (ms: number): void => {
    elapsed += ms
  }
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      pass(ms)
    },
    pass,
  }
}
