import { chance, type Key } from './random.ts'

/** What the scripted model does about a failed call. */
export type Reaction = 'correct' | 'repeat' | 'go on' | 'give up'

/**
 * Set so that it comes out as in recorded agents (τ-bench airline, gpt-4o, 73 failed calls): the same tool goes well next
 * in 14 %, and fails again in 26 %. Who has begun to repeat himself does it more often. The split of the rest, and what
 * an advice in the result is worth, are assumptions.
 */
export const RATES = { correct: 0.17, repeat: 0.2, repeatAgain: 0.26, goOn: 0.7, takesAdvice: 0.6 } as const

const MAX_ATTEMPTS = 6

/**
 * Keys say which failure it is; `attempt` counts from 1; `repeating`: this failed call was the same as the one before;
 * `advised`: the result names what to do instead.
 */
export function reactionTo(
  failure: { attempt: number; repeating: boolean; advised: boolean },
  ...keys: readonly Key[]
): Reaction {
  const draw = (what: string) => chance(what, failure.attempt, ...keys)
  if (failure.attempt >= MAX_ATTEMPTS) return 'go on'
  if (failure.advised && draw('advice') < RATES.takesAdvice) return 'correct'
  const repeat = failure.repeating ? RATES.repeatAgain : RATES.repeat
  const first = draw('reaction')
  if (first < RATES.correct) return 'correct'
  if (first < RATES.correct + repeat) return 'repeat'
  return draw('rest') < RATES.goOn ? 'go on' : 'give up'
}
