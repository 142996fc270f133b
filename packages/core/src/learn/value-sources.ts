import { type ArgumentPath, isJsonObject, type Json, jsonEqual, pathOf } from '../json.ts'
import { type Tool, toolKey } from '../tool.ts'
import type { ToolStep } from '../trajectory.ts'

/** Where an argument that a correction added had stood before: in the result or the arguments of an earlier success. */
export type ValueSource = {
  /** The argument. */
  path: ArgumentPath
  from: 'result' | 'argument'
  tool: Tool
  at: ArgumentPath
}

/** Earlier successes that are looked at, the last ones; values of one result; sources of one correction. */
const MAX_STEPS = 16
const MAX_VALUES = 500
const MAX_SOURCES = 16

/**
 * The sources of what a correction added to a failed call: members of its top level whose value is no everyday one.
 * `earlier`: the successes before the correction, oldest first.
 */
export function valueSources(
  before: Json | undefined,
  after: Json | undefined,
  earlier: () => readonly ToolStep[],
): ValueSource[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return []
  const added = Object.keys(after).flatMap((name) => {
    const value = after[name]
    return !Object.hasOwn(before, name) && isTelling(value) ? [{ path: pathOf([name]), value }] : []
  })
  if (added.length === 0) return []
  const found = new Map<string, ValueSource>()
  for (const { executed, result } of earlier().slice(-MAX_STEPS))
    for (const [from, whole] of [
      ['result', result.view()],
      ['argument', executed.input],
    ] as const)
      for (const { at, value } of scalarsIn(whole))
        for (const { path, value: wanted } of added) {
          const key = `${path} ${from} ${toolKey(executed.tool)} ${at}`
          if (found.size < MAX_SOURCES && jsonEqual(value, wanted))
            found.set(key, { path, from, tool: executed.tool, at })
        }
  return [...found.values()]
}

/** Small numbers and short words stand everywhere. */
function isTelling(value: Json | undefined): value is string | number {
  return typeof value === 'string' ? value.length >= 3 : typeof value === 'number' && Math.abs(value) >= 100
}

function scalarsIn(whole: Json | undefined): { at: ArgumentPath; value: Json }[] {
  const found: { at: ArgumentPath; value: Json }[] = []
  let seen = 0
  const collect = (value: Json, segments: readonly string[]) => {
    if (++seen > MAX_VALUES) return
    if (Array.isArray(value)) for (const element of value) collect(element, [...segments, '*'])
    else if (isJsonObject(value))
      for (const [name, member] of Object.entries(value)) collect(member, [...segments, name])
    else if (segments.length > 0) found.push({ at: pathOf(segments), value })
  }
  if (whole !== undefined) collect(whole, [])
  return found
}
