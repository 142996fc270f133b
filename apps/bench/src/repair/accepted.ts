import type { Json, JsonObject } from '@lifeharness/core'
import type { Call } from './case.ts'
import { isObject } from './schemas.ts'

/**
 * Whether calls are the expected ones, as the source's checker sees it: per argument one of the accepted values, `''`
 * meaning that it may be absent; texts without case, spaces and punctuation; calls in any order; `.` in names is `_`.
 */
export function isExpected(
  calls: readonly Call[],
  expected: Json,
  types: (tool: string) => JsonObject,
): boolean {
  const wanted = (Array.isArray(expected) ? expected : [expected])
    .filter(isObject)
    .flatMap((one) => Object.entries(one))
  if (calls.length !== wanted.length) return false
  const left = [...wanted]
  return calls.every((call) => {
    const at = left.findIndex(
      ([name, accepted]) =>
        plainName(name) === plainName(call.name) &&
        isObject(accepted) &&
        argumentsFit(call.input, accepted, types(name)),
    )
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

const plainName = (name: string) => name.replaceAll('.', '_')

function argumentsFit(input: JsonObject, accepted: JsonObject, properties: JsonObject): boolean {
  const known = Object.entries(accepted).every(([name, values]) => {
    const listed = Array.isArray(values) ? values : [values]
    const value = input[name]
    if (value === undefined) return listed.includes('')
    const schema = isObject(properties[name]) ? properties[name] : {}
    return (
      hasType(value, schema) &&
      listed.some((one) => isSame(value, one, schema.type === 'object' || schema.type === 'dict'))
    )
  })
  return known && Object.keys(input).every((name) => Object.hasOwn(accepted, name))
}

/** Python's view: a flag is no number, a whole number passes where a fraction is wanted; texts and numbers never mix. */
function hasType(value: Json, { type }: JsonObject): boolean {
  if (value === null) return true
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'number':
    case 'float':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'array':
    case 'tuple':
      return Array.isArray(value)
    case 'object':
    case 'dict':
      return isObject(value)
    default:
      return true
  }
}

function isSame(value: Json, accepted: Json, nested: boolean): boolean {
  if (typeof value === 'string' && typeof accepted === 'string')
    return plainText(value) === plainText(accepted)
  if (Array.isArray(value) && Array.isArray(accepted))
    return (
      value.length === accepted.length &&
      value.every((item, at) => isSame(item, accepted[at] as Json, nested))
    )
  if (isObject(value) && isObject(accepted)) {
    const listed = Object.entries(accepted).every(([name, values]) => {
      const options = Array.isArray(values) ? values : [values]
      const own = value[name]
      return own === undefined ? options.includes('') : options.some((one) => isSame(own, one, nested))
    })
    return listed && Object.keys(value).every((name) => Object.hasOwn(accepted, name))
  }
  return value === accepted
}

function plainText(text: string): string {
  return text
    .replace(/[ ,./\-_*^]/g, '')
    .toLowerCase()
    .replaceAll("'", '"')
}
