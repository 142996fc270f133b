import { readLeniently } from '../lenient-json.ts'
import { type CallExpression, readCallExpressions } from '../literal.ts'
import { callsIn } from './call-object.ts'
import { announces, type Block, lastLines, onlyFence } from './prose.ts'
import type { FindTool, TextCall } from './text-call.ts'

/**
 * Calls without any mark: the whole text is one, or its only fenced block, or its last lines after a short
 * announcement. Call expressions must be of advertised tools, and JSON must have the form of a call.
 */
export function unmarkedCalls(text: string, find: FindTool): readonly TextCall[] | undefined {
  // Most answers have no bracket, and no call goes without one.
  if (!/[{(]/.test(text)) return undefined
  const whole = callsOf(text, find)
  if (whole) return whole
  const blocks = [onlyFence(text), lastLines(text)].filter((block): block is Block => block !== undefined)
  for (const block of blocks) {
    if (!announces(block)) continue
    const calls = callsOf(block.body, find)
    if (calls) return calls
  }
  return undefined
}

const NAMED_JSON = /^(?:>>>)?([\p{L}_][\p{L}\p{N}_.:/-]*)\s*(?:[:=]\s*)?(\{[\s\S]*\})$/u

function callsOf(text: string, find: FindTool): readonly TextCall[] | undefined {
  const trimmed = text.trim().replace(/^`([^`]+)`$/, '$1')
  if (/^[{[]/.test(trimmed)) {
    const value = readLeniently(trimmed)
    const calls = value === undefined ? jsonLines(trimmed, find) : callsIn(value, find, false)
    if (calls) return calls
  }
  const [, name, json] = NAMED_JSON.exec(trimmed) ?? []
  if (name !== undefined && json !== undefined && find(name)) return [{ name, rawInput: json }]
  const printed = find('print') ? undefined : /^print\(([\s\S]*)\)$/.exec(trimmed)?.[1]
  const expressions = readCallExpressions(printed ?? trimmed)
  return expressions?.every((expression) => isCall(expression, find)) ? expressions : undefined
}

/** One object a line. */
function jsonLines(text: string, find: FindTool): readonly TextCall[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2) return undefined
  const calls = lines.map((line) => {
    const value = readLeniently(line)
    return value === undefined ? undefined : callsIn(value, find, false)
  })
  return calls.every((found) => found !== undefined) ? calls.flat() : undefined
}

function isCall({ name }: CallExpression, find: FindTool): boolean {
  return find(name) !== undefined
}
