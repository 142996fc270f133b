import { isDeepStrictEqual } from 'node:util'
import type { Guard, Json } from '@lifeharness/core'

/** A second reading of guards, by their description and not by the code that is tested. */
export function holds(guard: Guard, input: Json | undefined): boolean {
  return passes(guard, input, false)
}

function passes(guard: Guard, input: Json | undefined, negated: boolean): boolean {
  if ('all' in guard) return guard.all.every((part) => passes(part, input, negated))
  if ('any' in guard) return guard.any.some((part) => passes(part, input, negated))
  if ('not' in guard) return !passes(guard.not, input, !negated)
  const found = at(input, guard.path.split('/').slice(1))
  if (guard.test === 'absent') return found.length === 0
  if (found.length === 0) return false
  // Under `not`, one value that is meant is enough to keep it shut.
  return negated ? found.some((value) => meets(guard, value)) : found.every((value) => meets(guard, value))
}

function meets(guard: Extract<Guard, { path: string }>, value: Json): boolean {
  if (guard.test === 'present') return true
  if (guard.test === 'equals') return same(guard.value, value)
  if (guard.test === 'one-of') return guard.values.some((one) => same(one, value))
  if (guard.test === 'prefix') return typeof value === 'string' && value.startsWith(guard.text)
  if (guard.test !== 'type') throw new Error(`the fuzz draws no guard ${guard.test}`)
  return guard.types.some((type) =>
    type === 'integer' ? Number.isInteger(value) : type === 'null' ? value === null : typeof value === type,
  )
}

function same(a: Json, b: Json): boolean {
  return a === b || isDeepStrictEqual(a, b)
}

function at(value: Json | undefined, [segment, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return []
  if (segment === undefined) return [value]
  const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(value)) {
    if (name === '*') return value.flatMap((item) => at(item, rest))
    return /^(?:0|[1-9]\d*)$/.test(name) ? at(value[Number(name)], rest) : []
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
  return at(value[name], rest)
}
