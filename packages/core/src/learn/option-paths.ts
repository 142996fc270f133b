import { OPTION_PATH } from '../edit.ts'
import type { Guard } from '../guard.ts'
import type { Draft, Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/** What a draft says of arguments: its options and its guard. */
type Worded = Pick<Draft, 'options' | 'when'>

/**
 * The same options and guard with every path to an argument replaced: in options those places that the kind's schema
 * calls paths, in the guard all of them. The path of the whole (`''`) stays.
 */
export function withPaths(
  { options, when }: Worded,
  kind: Pick<Kind, 'options'>,
  map: (path: string) => string,
): Worded {
  const mapped = (path: string) => (path === '' ? path : map(path))
  return {
    options: optionsWith(options, kind.options, mapped) as JsonObject,
    ...(when === undefined ? {} : { when: guardWith(when, mapped) }),
  }
}

function optionsWith(value: Json, schema: JsonObject, map: (path: string) => string): Json {
  if (typeof value === 'string') return isPath(schema) ? map(value) : value
  if (Array.isArray(value)) return value.map((element) => optionsWith(element, asSchema(schema.items), map))
  if (!isJsonObject(value)) return value
  const properties = asSchema(schema.properties)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const declared = Object.hasOwn(properties, name)
      const key = !declared && isPath(asSchema(schema.propertyNames)) ? map(name) : name
      const own = asSchema(declared ? properties[name] : schema.additionalProperties)
      return [key, optionsWith(member, own, map)]
    }),
  )
}

function guardWith(guard: Guard, map: (path: string) => string): Guard {
  if ('all' in guard) return { all: guard.all.map((part) => guardWith(part, map)) }
  if ('any' in guard) return { any: guard.any.map((part) => guardWith(part, map)) }
  if ('not' in guard) return { not: guardWith(guard.not, map) }
  return { ...guard, path: map(guard.path) }
}

const isPath = (schema: JsonObject): boolean => schema.pattern === OPTION_PATH.pattern

const asSchema = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
