import { type Classifier, defineClassifier } from '../failure.ts'
import { jsonEqual } from '../json.ts'
import { isWholeView, type ToolStep } from '../trajectory.ts'
import { verdict } from '../verdict.ts'

/** From the third on, a call with the same result is a repetition. */
const REPEATS = 3

/** The same call with the same result, again and again: nothing can come of it. */
export const repeatedCall: Classifier = defineClassifier({
  name: 'repeated-call',
  categories: ['traj.repeat'],
  on: 'step',
  classify(step, context) {
    if (context.repeats() < REPEATS) return undefined
    const { history } = context
    if (!isRemembered(step, history)) return undefined
    const last = lastSameCall(step, history)
    if (!last || !sameResult(last, step)) return undefined
    return verdict('traj.repeat', 'trajectory', 'the same call gave the same result at least three times')
  },
})

/** So many calls of the tool are still in the history, and no more than asked for: most calls do not recur. */
function isRemembered({ executed: { tool } }: ToolStep, history: readonly ToolStep[]): boolean {
  let seen = 1
  for (const { executed } of history)
    if (executed.tool.name === tool.name && executed.tool.origin === tool.origin) seen++
  return seen >= REPEATS
}

function lastSameCall({ executed }: ToolStep, history: readonly ToolStep[]): ToolStep | undefined {
  return history.findLast(
    ({ executed: other }) =>
      other.tool.name === executed.tool.name &&
      other.tool.origin === executed.tool.origin &&
      other.rawInput === executed.rawInput &&
      jsonEqual(other.input, executed.input),
  )
}

function sameResult({ result: a }: ToolStep, { result: b }: ToolStep): boolean {
  if (a.outcome !== b.outcome || a.error?.message !== b.error?.message) return false
  return isWholeView(a.view()) && jsonEqual(a.view(), b.view())
}
