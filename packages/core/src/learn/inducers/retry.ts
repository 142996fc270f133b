import type { Category } from '../../failure.ts'
import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Inducer, type Pair } from '../evidence.ts'

/** Failures that pass by themselves. */
const TRANSIENT: readonly Category[] = ['exec.unavailable', 'exec.rate_limited', 'exec.timeout']

const MAX_ATTEMPTS = 5

/**
 * Proposes `retry` where the identical call succeeded later. A draft only says that repeating helped: whether the tool
 * may be called twice is for the user's word to decide.
 */
export const retryInducer: Inducer = defineInducer({
  name: 'retry',
  *propose(evidence) {
    const same = evidence.pairs.filter(({ relation }) => relation === 'same')
    // Failures that one success resolved were attempts at one thing, whatever the later ones were called.
    const runs = groupBy(same, ({ succeeded }) => `${succeeded.episode} ${succeeded.step}`)
    const passing = [...runs.values()].filter((run) => run.some(isTransient))
    if (passing.length === 0) return
    const lengths = passing.map(({ length }) => length).sort((a, b) => a - b)
    const typical = lengths[Math.floor(0.9 * (lengths.length - 1))] as number
    yield draftOf(evidence, {
      inducer: 'retry',
      kind: 'retry',
      options: { attempts: Math.min(MAX_ATTEMPTS, Math.max(3, typical + 1)) },
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
