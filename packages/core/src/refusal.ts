import { jsonEqual } from './json.ts'
import type { ToolStep } from './trajectory.ts'

/**
 * Whether the layer refused a call in place of executing it: the words of its result are the layer's own. Nothing was
 * executed, so nothing failed, and nothing about the tool can be learnt from it. Where an error of the tool was put
 * into other words, what stands before is a result, and not the arguments of the call.
 */
export function isRefusal({ applied, result }: ToolStep): boolean {
  if (result.outcome !== 'error' || applied.length === 0) return false
  return applied.some(({ arm, action, before = null, after }) => {
    if (arm !== 'applied' || after === undefined || (action !== 'respond' && action !== 'stop')) return false
    const view = result.view()
    return jsonEqual(after, view) && !jsonEqual(before, view)
  })
}
