import { type Tool, toolKey } from '../tool.ts'
import type { CalledTool, Pair } from './evidence.ts'

/** What a step that was left out may look like: an order of steps, a program's own parts, a session. */
const MENDED_BY_A_STEP = /^(?:state\.|exec\.dependency$|auth\.denied$)/

/** A call may have been missing before the failed one. */
export function isMendedByStep({ failed, relation }: Pair): boolean {
  return relation !== 'switched' && MENDED_BY_A_STEP.test(failed.failure.category)
}

/** The tools, other than the one that failed, that were newly called before each of these successes, in the order of the first. */
export function alwaysCalled(recovered: readonly Pair[], failed: Tool): readonly CalledTool[] {
  const [first, ...others] = recovered.map(({ newlyCalled }) => newlyCalled)
  const calledIn = others.map((called) => new Set(called.map(({ tool }) => toolKey(tool))))
  return (first ?? []).filter(({ tool }) => {
    const key = toolKey(tool)
    return key !== toolKey(failed) && calledIn.every((keys) => keys.has(key))
  })
}
