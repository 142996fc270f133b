import { isJsonObject } from '../json.ts'
import { bracketEnd, readLeniently } from '../lenient-json.ts'
import { readCallExpression } from '../literal.ts'
import { callsIn } from './call-object.ts'
import type { Dialect, TextCall } from './text-call.ts'

/** What the model imagines the tool to answer is not its own action, nor is anything after it. */
const OBSERVATION = /^[ \t]*(?:\*\*)?Observation(?: \d+)?(?:\*\*)?[ \t]*:/m
const ACTION = /^[ \t]*(?:\*\*)?Act(?:ion)?(?: \d+)?(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*(\S[^\n]*)/gm
const INPUT = /^\s*(?:\*\*)?Action Input(?: \d+)?(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]*/

/** `Action: name`, `Action Input: …` of ReAct prompts, `Action: name[input]`, `Act: name(key=value)`. */
export const react: Dialect = {
  name: 'react',
  read(text, find) {
    const own = text.slice(0, OBSERVATION.exec(text)?.index ?? text.length)
    const actions = [...own.matchAll(ACTION)]
    const [action, ...others] = actions
    if (!action) return undefined
    const head = (action[1] ?? '').trim()
    const rest = own.slice(action.index + action[0].length)
    if (head.startsWith('```')) {
      // An action that is a fenced list of calls.
      const fenced = /^```\w*([\s\S]*)```$/.exec(`${head}${rest}`.trim())?.[1]?.trim()
      const value = fenced === undefined ? undefined : readLeniently(fenced)
      return value === undefined ? 'broken' : callsIn(value, find, true)
    }
    const bare = /^`?([^\s()[\]{}`]+)`?$/.exec(head)?.[1]
    if (bare !== undefined) {
      const input = INPUT.exec(rest)
      if (!input) return undefined
      // Two actions at once, or one that nobody has: not a form that ReAct has.
      if (others.length > 0 || !find(bare)) return 'broken'
      return [callWith(bare, rest.slice(input[0].length))]
    }
    if (others.length > 0) return undefined
    const bracketed = /^([\p{L}_][\p{L}\p{N}_.-]*)\[(.*)\]$/su.exec(head)
    if (bracketed?.[1] !== undefined && find(bracketed[1]))
      return [{ name: bracketed[1], positional: [bracketed[2] ?? ''] }]
    const expression = readCallExpression(head, 0)
    return expression && expression.end === head.length && find(expression.name) ? [expression] : undefined
  },
}

function callWith(name: string, written: string): TextCall {
  const trimmed = written.trim()
  const body = /^```(?:json)?([\s\S]*)```$/.exec(trimmed)?.[1]?.trim() ?? trimmed
  if (body.startsWith('{')) {
    const end = bracketEnd(body, 0)
    const value = end === undefined ? undefined : readLeniently(body.slice(0, end))
    if (isJsonObject(value)) return { name, input: value }
    return { name, rawInput: body }
  }
  const quoted = /^"([^"\\]*)"$/.exec(body)?.[1]
  return { name, positional: [quoted ?? body] }
}
