import type { Action } from './action.ts'
import type { CallContext, ResultContext } from './intervention.ts'
import { type ArgumentPath, editAt, type Json, type JsonObject, pathOf, pathSegments } from './json.ts'
import type { SchemaIssue } from './schema.ts'

/** What an edit makes of one value: a new one, `keep` (it does not concern this one), or `refuse` (touch nothing). */
export type Edited = { to: Json } | 'keep' | 'refuse'

/**
 * Edits every value at a path, or none at all: one `refuse` leaves the whole input alone, so that an array is never
 * half repaired. Undefined where nothing changes.
 */
export function editEvery(
  input: Json | undefined,
  path: ArgumentPath,
  edit: (old: Json) => Edited,
): Json | undefined {
  if (input === undefined) return undefined
  let refused = false
  const edited = editAt(input, path, (old) => {
    const next = refused ? 'refuse' : edit(old)
    if (next === 'refuse') refused = true
    return typeof next === 'string' ? undefined : next.to
  })
  return refused || edited === input ? undefined : edited
}

/** The object that holds the argument at a path, and its name there. Undefined for the whole input and for elements. */
export function parentOf(path: ArgumentPath): { parent: ArgumentPath; name: string } | undefined {
  const segments = pathSegments(path)
  const name = segments.at(-1)
  if (name === undefined || name === '*') return undefined
  return { parent: pathOf(segments.slice(0, -1)), name }
}

/** The object with its members renamed or, where `rename` returns undefined, left out; in their order. */
export function renameMembers(
  object: JsonObject,
  rename: (name: string, value: Json) => string | undefined,
): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    const next = rename(name, value)
    return next === undefined ? [] : [[next, value]]
  })
  return Object.fromEntries(members)
}

/** Whether the contract finds fault with the value at a path (`*` stands for any element). */
export function hasIssueAt(issues: readonly SchemaIssue[], path: ArgumentPath): boolean {
  const wanted = pathSegments(path)
  return issues.some((issue) => {
    const found = pathSegments(issue.path)
    return (
      found.length === wanted.length && wanted.every((name, index) => name === '*' || name === found[index])
    )
  })
}

/**
 * The action that runs a call with other arguments. Undefined where nothing changes, where a person approved the call
 * (law 10), and where the edit would break the contract in a way in which the call did not break it before (law 1).
 */
export function editedCall(context: CallContext, input: Json | undefined): Action | undefined {
  const { call } = context
  if (input === undefined || input === call.input || call.approved) return undefined
  if (context.newIssues(input).length > 0) return undefined
  return { type: 'replace-call', call: { ...call, input } }
}

/**
 * The action that sends a failed call again with other arguments. Only of calls that read, by the user's word (law 5):
 * what failed may have had an effect all the same. Undefined too where `editedCall` is.
 */
export function correctedCall(context: ResultContext, input: Json | undefined): Action | undefined {
  const { failure, facts, result } = context
  if (!failure || failure.expectedNegative || failure.dead || result.outcome === 'interrupted')
    return undefined
  const edit = facts.readOnly ? editedCall(context, input) : undefined
  return edit?.type === 'replace-call' ? { type: 'retry', afterMs: 0, call: edit.call } : undefined
}

/** Test of a value against the plain kind of text that may stand in options: short, printable, without white space. */
export const OPTION_LITERAL: JsonObject = { type: 'string', minLength: 1, maxLength: 256, pattern: '^\\S+$' }

/** A program and up to three plain words for it: no option, no path, nothing that a shell reads in its own way. */
export const COMMAND_WORDS: JsonObject = {
  type: 'string',
  maxLength: 64,
  pattern: '^[A-Za-z][\\w.:-]*(?: [A-Za-z][\\w.:-]*){1,3}$',
}

/**
 * JSON Schema of a format in options, see `TextFormat`: words of the layer's own for how a value is written. What stands
 * in its brackets is data.
 */
export const OPTION_FORMAT: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: 40,
  format: 'text-format',
}

/** JSON Schema of a shape in options, see `looseShape`: classes of characters, and marks. */
export const OPTION_SHAPE: JsonObject = { type: 'string', minLength: 1, maxLength: 16, format: 'text-shape' }

/** JSON Schema of a path in options. */
export const OPTION_PATH: JsonObject = { type: 'string', maxLength: 512, pattern: '^(?:/.*)?$' }
