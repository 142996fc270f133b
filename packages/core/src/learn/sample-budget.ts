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
  const samples = samplesOf(mined)
  let share = Math.min(1, ...samples.map(([{ limit }, full]) => limit / full))
  for (;;) {
    let members = 0
    for (const [sample, full] of samples) {
      narrow(sample, full * share)
      members += sample.members.size
    }
    if (members <= budget || share <= LEAST_SHARE) return
    share /= 2
  }
}

function samplesOf({ signatures, tools }: Pick<Mined, 'signatures' | 'tools'>): [Sample<unknown>, number][] {
  const samples: [Sample<unknown>, number][] = []
  for (const { variants } of signatures.values())
    for (const folds of variants.values())
      for (const { failures, pairs } of folds) samples.push([failures, FAILURES], [pairs, PAIRS])
  for (const { variants } of tools.values())
    for (const { folds } of variants.values())
      for (const { successes } of folds) samples.push([successes, SUCCESSES])
  return samples
}
