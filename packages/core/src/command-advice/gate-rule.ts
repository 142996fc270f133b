import type { JsonObject } from '../json.ts'

/**
 * A command that is not to be executed as it stands, told from its own words. All conditions must hold, and it names
 * programs or what is written to. In a form `…`
 * stands for the rest of a word; everything else is what the shell would read, quotes and doubled slashes apart.
 */
export type GateRule = {
  name: string
  /** Absent where it is about what is written to: any. */
  program?: string[]
  /** Its first operands, in order; `a|b` is one of two. */
  words?: string[]
  /** Options that must be there, each as `-r|--recursive`, alone or in a cluster; and such of which none may be. */
  has?: string[]
  lacks?: string[]
  /** Options whose value is a word of its own, which is no operand. */
  valued?: string[]
  /** Forms of which one operand, or the file that the output is written to, must be one. */
  operands?: string[]
  writes?: string[]
  /** How many operands it has at most. */
  most?: number
  /** What it reads comes out of a pipe from one of these programs. */
  from?: string[]
  /** Options that must be there before the pipe; forms of which one operand there must be one; and those that do not count. */
  fromHas?: string[]
  fromOperands?: string[]
  fromExcept?: string[]
  /** What it reads comes out of no pipe and no file, and no editor is named. */
  atTerminal?: true
  advice: string
  slots?: JsonObject
}

const WORD: JsonObject = { type: 'string', minLength: 1, maxLength: 64, pattern: '^\\S+$' }
const WORDS: JsonObject = { type: 'array', minItems: 1, maxItems: 64, items: WORD }

/** JSON Schema of a rule in options, without what its advice adds. */
export const GATE_RULE: JsonObject = {
  name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
  ...{ program: WORDS, words: WORDS, has: WORDS, lacks: WORDS, valued: WORDS },
  ...{ operands: WORDS, writes: WORDS, from: WORDS },
  ...{ fromHas: WORDS, fromOperands: WORDS, fromExcept: WORDS },
  most: { type: 'integer', minimum: 0, maximum: 8 },
  atTerminal: { const: true },
}
