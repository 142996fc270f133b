import { type Json, jsonEqual, valuesAt } from './json.ts'
import { type JsonType, jsonType } from './schema.ts'
import { matchesShape } from './shape.ts'

/**
 * A predicate over the arguments of a call, as data. It is learnt so that calls which used to succeed are left alone.
 * A path with several values (wildcard) passes when any of them does; an absent argument passes only `absent`.
 */
export type Guard = { all: Guard[] } | { any: Guard[] } | { not: Guard } | ({ path: string } & ArgumentTest)

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
  if (!guard) return true
  if ('all' in guard) return guard.all.every((part) => guardPasses(part, input))
  if ('any' in guard) return guard.any.some((part) => guardPasses(part, input))
  if ('not' in guard) return !guardPasses(guard.not, input)
  const values = valuesAt(input, guard.path)
  if (guard.test === 'absent') return values.length === 0
  return values.some((value) => passes(guard, value))
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
