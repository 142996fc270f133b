import type { Clock } from '../clock.ts'

export type FakeClock = Clock & {
  /** Moves time on; sleepers wake in order, each at its own time, and what they start is run before the next wakes. */
  advance(ms: number): Promise<void>
  /** How many are asleep. */
  readonly sleepers: number
}

/** A clock that stands still until it is told to move on. `start` in milliseconds since the epoch. */
export function fakeClock(start: number = Date.UTC(2026, 0, 1)): FakeClock {
  type Sleeper = { at: number; wake: () => void }
  let elapsed = 0
  let asleep: Sleeper[] = []

  function next(until: number): Sleeper | undefined {
    return asleep.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const leave = () => {
          asleep = asleep.filter((other) => other !== sleeper)
          signal?.removeEventListener('abort', stop)
        }
        const stop = () => {
          leave()
          reject(signal?.reason)
        }
        const sleeper: Sleeper = {
          at: elapsed + Math.max(0, ms),
          wake: () => {
            leave()
            resolve()
          },
        }
        asleep.push(sleeper)
        signal?.addEventListener('abort', stop, { once: true })
      }),
    async advance(ms) {
      const until = elapsed + ms
      await settle()
      for (let sleeper = next(until); sleeper; sleeper = next(until)) {
        elapsed = sleeper.at
        sleeper.wake()
        await settle()
      }
      elapsed = until
    },
    get sleepers() {
      return asleep.length
    },
  }
}

/** Lets all promises that can go on do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
