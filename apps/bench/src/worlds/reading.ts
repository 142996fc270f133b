import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '@lifeharness/core'
import type { SolutionCall } from '../../environments/environment.ts'
import type { Written } from './habit.ts'

/**
 * Whether a text says what is wrong with a call: it holds a word that the right call has and the written one has not,
 * quotes a value as it should be, or names an argument whose value is wrong. It is compared as words; nothing here knows who wrote the text.
 */
export function namesCorrection(text: string, meant: SolutionCall, written: Written): boolean {
  if ('text' in written || text === '') return false
  // What is no object is not put right by a word.
  if ('rawInput' in written) return /\bJSON\b/i.test(text)
  const said = new Set(wordsOf(text))
  const known = new Set(wordsOf(JSON.stringify(written.input)))
  if (wordsOf(JSON.stringify(meant.input)).some((word) => !known.has(word) && said.has(word))) return true
  if (quotesValue(text, meant, written.input)) return true
  // Where there is only one argument, its name says nothing.
  if (Object.keys(meant.input).length < 2) return false
  return Object.entries(meant.input).some(
    ([name, value]) => said.has(name) && !isDeepStrictEqual(written.input[name], value),
  )
}

/** The words of a command may be right and stand wrong: without their quotes, say. */
function quotesValue(text: string, { input }: SolutionCall, written: JsonObject): boolean {
  return Object.entries(input).some(([name, value]) => {
    if (typeof value !== 'string' || value.length < 4 || value === written[name]) return false
    return text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1))
  })
}

/** Whether a text names a step that was left out: its tool, or a word of its arguments. */
export function namesStep(text: string, step: SolutionCall, written: Written): boolean {
  const said = new Set(wordsOf(text))
  const known = new Set(wordsOf(JSON.stringify(written)))
  return wordsOf(JSON.stringify([step.tool, step.input])).some((word) => !known.has(word) && said.has(word))
}

/** Words of three letters or more; numbers, paths and options with what belongs to them. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\d_][\p{L}\d_.-]*[\p{L}\d_]/gu)?.filter((word) => word.length > 2) ?? []
}
