import type { Mined } from './mine.ts'
import { DISTINCT, MAX_PATHS, SHAPES, type ToolProfile, trimPaths } from './profile.ts'
import { narrow, type Sample } from './sample.ts'

/** Members of each sample, per fold, while all of them together stay within the budget. */
export const FAILURES = 16
export const PAIRS = 64
export const SUCCESSES = 64

/** What a member takes, in calls that succeeded: a failure has a message too, a pair two calls and what lies around them. */
const ROOM = { success: 1, failure: 3, pair: 5 }

/** What one mining keeps altogether, while there are not too many samples for that. */
export type SampleBudget = {
  /** Room for calls, failures and pairs, in calls that succeeded: some 400 bytes each. */
  calls: number
  /** Values in profiles, of up to 120 characters each, and shapes of values. */
  values: number
}

const BUDGET: SampleBudget = { calls: 50_000, values: 40_000 }
/**
 * Samples are halved until all fit, down to this share of their full size. Of values so many must stay that a set which
 * is taken for closed is still seen whole.
 */
const LEAST_SHARE: SampleBudget = { calls: 1 / 16, values: 1 / 2 }

/**
 * Makes all samples smaller, each by the same share, until they fit into the budget together: memory then stays flat
 * from there on, however rare the tools are whose samples fill last. Which members stay depends on what was seen alone,
 * neither on its order nor on how the work was divided: a share is given up only when what was seen so far, a part of
 * the whole, does not fit into the budget with it.
 */
export function keepWithin(mined: Pick<Mined, 'signatures' | 'tools'>, budget: SampleBudget = BUDGET): void {
  let calls = 1
  eachSample(mined, ({ limit }, full) => {
    calls = Math.min(calls, limit / full)
  })
  const narrowCalls = (share: number) => {
    let taken = 0
    eachSample(mined, (sample, full, room) => {
      narrow(sample, full * share)
      taken += room * sample.members.length
    })
    return taken
  }
  fit(calls, narrowCalls, budget.calls, LEAST_SHARE.calls)

  let values = 1
  eachProfile(mined, (profile) => {
    trimPaths(profile)
    for (const { distinct } of profile.arguments.values())
      values = Math.min(values, distinct.limit / DISTINCT)
  })
  const narrowValues = (share: number) => {
    let members = 0
    eachProfile(mined, (profile) => {
      members += narrowProfile(profile, share)
    })
    return members
  }
  fit(values, narrowValues, budget.values, LEAST_SHARE.values)
}

function fit(from: number, narrowAll: (share: number) => number, budget: number, least: number): void {
  for (let share = from; narrowAll(share) > budget && share > least; ) share /= 2
}

/** How many members a profile has then; once paths had to go, as many as it can, since theirs are no longer counted. */
function narrowProfile({ arguments: all, ceiling }: ToolProfile, share: number): number {
  let members = 0
  for (const { distinct, shapes } of all.values()) {
    narrow(distinct, DISTINCT * share)
    narrow(shapes, SHAPES * share)
    members += distinct.members.length + shapes.members.length
  }
  return Number.isFinite(ceiling) ? MAX_PATHS * (DISTINCT + SHAPES) * share : members
}

function eachSample(
  { signatures, tools }: Pick<Mined, 'signatures' | 'tools'>,
  visit: (sample: Sample<unknown>, full: number, room: number) => void,
): void {
  for (const { variants } of signatures.values())
    for (const folds of variants.values())
      for (const { failures, pairs } of folds) {
        visit(failures, FAILURES, ROOM.failure)
        visit(pairs, PAIRS, ROOM.pair)
      }
  for (const { variants } of tools.values())
    for (const { folds } of variants.values())
      for (const { successes } of folds) visit(successes, SUCCESSES, ROOM.success)
}

function eachProfile({ tools }: Pick<Mined, 'tools'>, visit: (profile: ToolProfile) => void): void {
  for (const { variants } of tools.values())
    for (const { folds } of variants.values()) for (const { profile } of folds) visit(profile)
}
