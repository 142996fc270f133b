import { type Json, jsonEqual, valuesAt } from './json.ts'
import { type JsonType, jsonType } from './schema.ts'
import { matchesShape } from './shape.ts'

/**
 * A predicate over the arguments of a call, as data. It is learnt so that calls which used to succeed are left alone.
 * An edit meets every value at its path, so where a path has several (wildcard) each of them must pass a test, and under
 * `not` none may: one that is not meant keeps the guard shut. An absent argument passes only `absent`.
 */
export type Guard = { all: Guard[] } | { any: Guard[] } | { not: Guard } | ({ path: string } & ArgumentTest)

/** A test of the value at the `path` of a guard. It is about JSON values: nothing is coerced. */
export type ArgumentTest =
  | { test: 'present' }
  | { test: 'absent' }
  | { test: 'type'; types: JsonType[] }
  | { test: 'equals'; value: Json }
  | { test: 'one-of'; values: Json[] }
  | { test: 'prefix'; text: string }
  | { test: 'suffix'; text: string }
  | { test: 'includes'; text: string }
  /** The string has one of these shapes, see `shapeOf`. */
  | { test: 'shape'; shapes: string[] }

/** A missing guard always passes. Arguments that are no JSON value (unparsable text) pass as absent. */
export function guardPasses(guard: Guard | undefined, input: Json | undefined): boolean {
  return !guard || holds(guard, input, false)
}

function holds(guard: Guard, input: Json | undefined, negated: boolean): boolean {
  if ('all' in guard) return guard.all.every((part) => holds(part, input, negated))
  if ('any' in guard) return guard.any.some((part) => holds(part, input, negated))
  if ('not' in guard) return !holds(guard.not, input, !negated)
  const values = valuesAt(input, guard.path)
  if (guard.test === 'absent') return values.length === 0
  if (negated) return values.some((value) => passes(guard, value))
  return values.length > 0 && values.every((value) => passes(guard, value))
}

function passes(test: ArgumentTest, value: Json): boolean {
  switch (test.test) {
    case 'present':
      return true
    case 'absent':
      return false
    case 'type':
      return (
        test.types.includes(jsonType(value)) ||
        (test.types.includes('number') && jsonType(value) === 'integer')
      )
    case 'equals':
      return jsonEqual(value, test.value)
    case 'one-of':
      return test.values.some((allowed) => jsonEqual(value, allowed))
    case 'prefix':
      return typeof value === 'string' && value.startsWith(test.text)
    case 'suffix':
      return typeof value === 'string' && value.endsWith(test.text)
    case 'includes':
      return typeof value === 'string' && value.includes(test.text)
    case 'shape':
      return typeof value === 'string' && test.shapes.some((shape) => matchesShape(value, shape))
  }
}
