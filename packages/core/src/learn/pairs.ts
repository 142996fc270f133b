import { isJsonObject, type Json, jsonEqual } from '../json.ts'
import type { ToolStep } from '../trajectory.ts'
import type { Pair } from './evidence.ts'
import { rawSimilarity, similarity } from './similarity.ts'

/** A tool step as pairing sees it. */
export type PairStep = {
  step: ToolStep
  /** Key of the tool that was executed. */
  key: string
  /** It counts as a failure. */
  failed: boolean
  /** It counts as a success: neither failed, nor an expected negative, nor interrupted. */
  succeeded: boolean
}

/** Positions in the list of tool steps. */
export type StepPair = {
  failed: number
  succeeded: number
  relation: 'same' | 'edited'
  between: number
  confidence: number
}

/** How many tool calls after the failure the success may lie; beyond them agents have mostly moved on. */
const WINDOW = 16
const MIN_SIMILARITY = 0.6
const MIN_CONFIDENCE = 0.35
/** Each call between the two takes this much of the confidence. */
const DECAY = 0.94

/**
 * For each failed call, the later call of the same tool that most likely succeeded at the same intent, if any. A
 * failed call has at most one; one success may resolve several failures. Calls of the failed call's own model turn
 * are no answer to it, and a call that had already succeeded before is no discovery.
 */
export function findPairs(steps: readonly PairStep[]): StepPair[] {
  const pairs: StepPair[] = []
  const firstTurn = steps[0]?.step.call.turn
  let turnsKnown: boolean | undefined
  for (let index = 0; index < steps.length; index++) {
    if (!(steps[index] as PairStep).failed) continue
    turnsKnown ??= steps.some(({ step }) => step.call.turn !== firstTurn)
    const pair = bestPair(steps, index, turnsKnown)
    if (pair) pairs.push(pair)
  }
  return pairs
}

function sameInput({ step: { executed: a } }: PairStep, { step: { executed: b } }: PairStep): boolean {
  if (a.rawInput !== undefined || b.rawInput !== undefined) return a.rawInput === b.rawInput
  return jsonEqual(a.input ?? null, b.input ?? null)
}

/** The most that a success so many calls later can be trusted. */
const DECAYED = Array.from({ length: WINDOW }, (_, between) => DECAY ** between)

function bestPair(steps: readonly PairStep[], index: number, turnsKnown: boolean): StepPair | undefined {
  const failed = steps[index] as PairStep
  // What ran was not what the model wrote: the failure tells nothing about the model's own call.
  if (failed.step.executed !== failed.step.call && failed.step.applied.length > 0) return undefined
  let best: StepPair | undefined
  const end = Math.min(steps.length, index + 1 + WINDOW)
  for (let at = index + 1; at < end; at++) {
    const success = steps[at] as PairStep
    if (!success.succeeded || success.key !== failed.key) continue
    const between = at - index - 1
    const most = DECAYED[between] as number
    const least = best?.confidence ?? 0
    if (least >= most) break
    if (turnsKnown && success.step.call.turn <= failed.step.call.turn) continue
    const relation = sameInput(success, failed) ? 'same' : 'edited'
    const direct = relation === 'same' ? 1 : alikeness(failed.step, success.step)
    const alike =
      direct < MIN_SIMILARITY && direct >= MIN_CHAINED ? chained(steps, index, at, direct) : direct
    const confident = alike * most
    if (alike < MIN_SIMILARITY || confident < MIN_CONFIDENCE || confident <= least) continue
    const confidence = confident * (relation === 'edited' && wasKnown(steps, index, success) ? 0.4 : 1)
    if (confidence >= MIN_CONFIDENCE && confidence > least)
      best = { failed: index, succeeded: at, relation, between, confidence }
  }
  return best
}

/** Steps before a failure; the work on an episode grows with its length alone. */
const REMEMBERED = 500

/** Whether a call had succeeded before the failure. */
function wasKnown(steps: readonly PairStep[], index: number, call: PairStep): boolean {
  for (let at = Math.max(0, index - REMEMBERED); at < index; at++) {
    const earlier = steps[at] as PairStep
    if (earlier.succeeded && earlier.key === call.key && sameInput(earlier, call)) return true
  }
  return false
}

/** Below this, two calls have too little in common to be the ends of a chain of repairs. */
const MIN_CHAINED = 0.35
/** Of the two steps of a chain, one must plainly be a repair; the other may change as much as a wrong value does. */
const STRONG_STEP = 0.75
const WEAK_STEP = 0.45
/** The second attempt comes soon after the first. */
const MAX_MIDDLES = 4

/**
 * A call with two faults is often repaired in two steps, so that its ends differ more than either step: failure →
 * another failure soon after → success. Of one single text (a statement, a command) each version resembles the next,
 * and the last has nothing to do with the first: there are no chains.
 */
function chained(steps: readonly PairStep[], from: number, to: number, direct: number): number {
  const { step, key } = steps[from] as PairStep
  if (isSingleText(step.executed.input)) return direct
  const middles = Math.min(to, from + 1 + MAX_MIDDLES)
  for (let at = from + 1; at < middles; at++) {
    const middle = steps[at] as PairStep
    if (!middle.failed || middle.step.executed.input === undefined || middle.key !== key) continue
    const first = alikeness(step, middle.step)
    if (first < WEAK_STEP || first === 1) continue
    const second = alikeness(middle.step, (steps[to] as PairStep).step)
    if (Math.min(first, second) >= WEAK_STEP && Math.max(first, second) >= STRONG_STEP) return MIN_SIMILARITY
  }
  return direct
}

function isSingleText(input: Json | undefined): boolean {
  if (!isJsonObject(input)) return true
  const members = Object.values(input)
  return members.length === 1 && typeof members[0] === 'string'
}

function alikeness(failed: ToolStep, succeeded: ToolStep): number {
  const after: Json | undefined = succeeded.executed.input
  const { input, rawInput } = failed.executed
  if (after === undefined) return 0
  if (input !== undefined) return similarity(input, after)
  return rawInput === undefined ? 0 : rawSimilarity(rawInput, after)
}

/** Calls after one of a tool that does not exist, within which another tool answers it. */
const SWITCH_WINDOW = 4

/** The success of another tool of the same origin with just the arguments of a failed call, if one came soon. */
export function findSwitch(
  steps: readonly PairStep[],
  position: number,
): { succeeded: number; confidence: number } | undefined {
  const { executed } = (steps[position] as PairStep).step
  if (executed.input === undefined || Object.keys(executed.input ?? {}).length === 0) return undefined
  const end = Math.min(steps.length, position + 1 + SWITCH_WINDOW)
  for (let at = position + 1; at < end; at++) {
    const { step, succeeded } = steps[at] as PairStep
    const other = step.executed
    if (!succeeded || other.tool.origin !== executed.tool.origin || other.tool.name === executed.tool.name)
      continue
    if (sameInput(steps[at] as PairStep, steps[position] as PairStep))
      return { succeeded: at, confidence: DECAY ** (at - position - 1) }
  }
  return undefined
}

/** From the end of a failed call to the start of its success, where both say when they were over. */
export function waitBetween(failed: ToolStep, succeeded: ToolStep): Pick<Pair, 'afterMs'> {
  if (failed.at === undefined || succeeded.at === undefined) return {}
  return { afterMs: Math.max(0, succeeded.at - succeeded.result.ms - failed.at) }
}
