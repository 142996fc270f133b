import type { Mined } from './mine.ts'
import { narrow, type Sample } from './sample.ts'

/** Members of each sample, per fold, while all of them together stay within the budget. */
export const FAILURES = 16
export const PAIRS = 64
export const SUCCESSES = 64

/** Calls, failures and pairs that one mining keeps altogether, while there are not too many signatures for that. */
const BUDGET = 50_000
/** Samples are halved until all fit, down to this share of their full size. */
const LEAST_SHARE = 1 / 8

/**
 * Makes all samples smaller, each by the same share, until they fit into the budget together: memory then stays flat
 * from there on, however rare the tools are whose samples fill last. Which members stay depends on what was seen alone,
 * neither on its order nor on how the work was divided: a share is given up only when what was seen so far, a part of
 * the whole, does not fit into the budget with it.
 */
export function keepWithin(mined: Pick<Mined, 'signatures' | 'tools'>, budget: number = BUDGET): void {
  let share = 1
  eachSample(mined, ({ limit }, full) => {
    share = Math.min(share, limit / full)
  })
  for (;;) {
    let members = 0
    eachSample(mined, (sample, full) => {
      narrow(sample, full * share)
      members += sample.members.size
    })
    if (members <= budget || share <= LEAST_SHARE) return
    share /= 2
  }
}

function eachSample(
  { signatures, tools }: Pick<Mined, 'signatures' | 'tools'>,
  visit: (sample: Sample<unknown>, full: number) => void,
): void {
  for (const { variants } of signatures.values())
    for (const folds of variants.values())
      for (const { failures, pairs } of folds) {
        visit(failures, FAILURES)
        visit(pairs, PAIRS)
      }
  for (const { variants } of tools.values())
    for (const { folds } of variants.values()) for (const { successes } of folds) visit(successes, SUCCESSES)
}
