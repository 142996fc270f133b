import type { Clock } from '@lifeharness/core'

/** Time that passes when it is told to; waiting takes none of ours. */
export type VirtualClock = Clock & { advance(ms: number): void }

/** An environment, the agent in it and the layer share one: who waits moves it on for all of them. */
export function virtualClock(start: number): VirtualClock {
  let elapsed = 0
  const advance = (ms: number): void => {
    elapsed += ms
  }
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      advance(ms)
    },
    advance,
  }
}
