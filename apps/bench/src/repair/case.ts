import type { Json, JsonObject, ToolContract } from '@lifeharness/core'

/** One call with a tool's name and its arguments. */
export type Call = { name: string; input: JsonObject }

/** What a model emitted: a call whose arguments are text, as providers hand them over, or text instead of a call. */
export type EmittedText = { name: string; rawInput: string } | { text: string }

export type Group = 'repair' | 'odd' | 'trap'

/** One question to every system: these tools, this emission; `truth: null`: whatever is made of it is wrong. */
export type Case = {
  id: string
  group: Group
  /** What was done to it, in order; for odd calls and traps, of what sort it is. */
  operators: readonly string[]
  tools: readonly ToolContract[]
  emitted: EmittedText
  truth: readonly Call[] | null
  /** Other tasks with the same habit, for systems that learn: what was refused, in order, and what succeeded. */
  lessons?: readonly { attempts: readonly EmittedText[]; truth: Call }[]
}

/** The calls that a system would run, or undefined where it leaves the emission alone. */
export type Answer = readonly Call[] | undefined

/** A way of repairing. `prepare` is not timed. */
export type System = {
  name: string
  answer(of: Case): Answer
  prepare?(cases: readonly Case[]): Promise<void>
}

/** The call as the host reads it where nothing is repaired: valid JSON of an advertised tool. */
export function asEmitted({ emitted, tools }: Pick<Case, 'emitted' | 'tools'>): Call | undefined {
  if ('text' in emitted || !tools.some(({ tool }) => tool.name === emitted.name)) return undefined
  try {
    const input = JSON.parse(emitted.rawInput) as Json
    return typeof input === 'object' && input !== null && !Array.isArray(input)
      ? { name: emitted.name, input }
      : undefined
  } catch {
    return undefined
  }
}
