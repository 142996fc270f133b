import type { CalledTool, Pair } from './evidence.ts'
import type { JudgedStep } from './judge.ts'
import type { StepPair } from './pairs.ts'
import { isSmall } from './small-call.ts'
import { valueSources } from './value-sources.ts'

/** Tools that succeeded between failure and success and not before: what may have been missing. */
export function newlyCalled(judged: readonly JudgedStep[], { failed, succeeded }: StepPair): CalledTool[] {
  const called = new Map<string, CalledTool>()
  for (let at = failed + 1; at < succeeded; at++) {
    const { key, step, succeeded: worked } = judged[at] as JudgedStep
    if (!worked) continue
    const { tool, input } = step.executed
    called.set(key, input === undefined || !isSmall(step.executed) ? { tool } : { tool, input })
  }
  for (let at = 0; at < failed && called.size > 0; at++) {
    const { key, succeeded: worked } = judged[at] as JudgedStep
    if (worked) called.delete(key)
  }
  return [...called.values()]
}

/** Where the members that a correction added to a failed call had stood before. */
export function sourcesOf(
  judged: readonly JudgedStep[],
  { failed, succeeded }: StepPair,
): Pick<Pair, 'sources'> {
  const inputAt = (at: number) => judged[at]?.step.executed.input
  const earlier = () => judged.slice(0, succeeded).flatMap(({ succeeded, step }) => (succeeded ? [step] : []))
  const sources = valueSources(inputAt(failed), inputAt(succeeded), earlier)
  return sources.length > 0 ? { sources } : {}
}
