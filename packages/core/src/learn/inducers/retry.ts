import type { Category } from '../../failure.ts'
import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Inducer, type Pair } from '../evidence.ts'

/** Failures that pass by themselves. */
const TRANSIENT: readonly Category[] = ['exec.unavailable', 'exec.rate_limited', 'exec.timeout']

const MAX_ATTEMPTS = 5
/** What `retry` does by itself, in milliseconds: the first delay, and the longest. */
const DEFAULT_BACKOFF = 500
const MAX_DELAY = 30_000

/**
 * Proposes `retry` where the identical call succeeded later, and waits as long as recorded times show to be needed. A
 * draft only says that repeating helped: whether the tool may be called twice is for the user's word to decide.
 */
export const retryInducer: Inducer = defineInducer({
  name: 'retry',
  *propose(evidence) {
    const same = evidence.pairs.filter(({ relation }) => relation === 'same')
    // Failures that one success resolved were attempts at one thing, whatever the later ones were called.
    const runs = groupBy(same, ({ succeeded }) => `${succeeded.episode} ${succeeded.step}`)
    const passing = [...runs.values()].filter((run) => run.some(isTransient))
    if (passing.length === 0) return
    const attempts = Math.min(MAX_ATTEMPTS, Math.max(3, typical(passing.map(({ length }) => length)) + 1))
    const backoffMs = backoffFor(typical(passing.map(neededWait)), attempts)
    yield draftOf(evidence, {
      inducer: 'retry',
      kind: 'retry',
      options: { attempts, ...(backoffMs > DEFAULT_BACKOFF ? { backoffMs } : {}) },
      covered: passing
        .flat()
        .filter(isTransient)
        .map(({ failed }) => ({
          failed,
          paired: true,
          ...(failed.input === undefined ? {} : { expect: failed.input }),
        })),
    })
  },
})

function isTransient({ failed }: Pair): boolean {
  return TRANSIENT.includes(failed.failure.category)
}

/** Nine of ten are no more. */
function typical(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(0.9 * (numbers.length - 1))] as number
}

/**
 * From the first failure to the success, in milliseconds, where the call was tried again in between and failed: how soon
 * a call would have succeeded that was never tried again sooner, nobody knows.
 */
function neededWait(run: readonly Pair[]): number {
  const waits = run.flatMap(({ afterMs }) => (afterMs === undefined ? [] : [afterMs]))
  return waits.length > 1 && waits.length === run.length ? Math.max(...waits) : 0
}

/** The first of the doubling delays, each of which may be drawn as short as its half, that together make the wait. */
function backoffFor(waitMs: number, attempts: number): number {
  const longest = MAX_DELAY / 2 ** (attempts - 2)
  return Math.ceil(Math.min(longest, (2 * waitMs) / (2 ** (attempts - 1) - 1)))
}
