import type { Clock } from '@lifeharness/core'

export type VirtualClock = Clock & { advance(ms: number): void }

/** A clock that whoever sleeps moves on at once: the server and the layer may share it, and nobody waits. */
export function virtualClock(start: number): VirtualClock {
  let elapsed = 0
  const advance = (ms: number) => {
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
