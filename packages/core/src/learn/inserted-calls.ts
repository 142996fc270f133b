import { isJsonObject, jsonEqual } from '../json.ts'
import type { ToolCall, ToolStep } from '../trajectory.ts'
import type { JudgedStep } from './judge.ts'
import type { Trial } from './trial.ts'

/**
 * What the layer called before a recorded call. It stands in no step of its own, and without it a success that rests on
 * it would look like one that needs nothing.
 */
export function insertedBefore({ executed, applied }: ToolStep, trials: readonly Trial[]): ToolCall[] {
  return applied.flatMap(({ intervention, arm, action, after }): ToolCall[] => {
    if (arm !== 'applied' || action !== 'insert-call') return []
    const added = trials.find(({ id }) => id === intervention)
    const name = added?.kind?.inserts?.(added.candidate.draft.options)
    if (name === undefined) return []
    const tool = { origin: executed.tool.origin, name }
    return [{ ...executed, tool, ...(after === undefined ? {} : { input: after }) }]
  })
}

/** The call that it would insert: the same tool, and of what it gives literally the same. */
export function isInserted({ candidate, kind }: Trial, { step: { executed } }: JudgedStep): boolean {
  const { tool, options } = candidate.draft
  const name = kind?.inserts?.(options)
  if (name === undefined || executed.tool.name !== name || executed.tool.origin !== tool.origin) return false
  const { input } = executed
  return Object.entries(isJsonObject(options.input) ? options.input : {}).every(
    ([argument, source]) =>
      !isJsonObject(source) ||
      source.value === undefined ||
      (isJsonObject(input) && jsonEqual(input[argument] ?? null, source.value)),
  )
}
