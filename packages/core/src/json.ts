import { remembering } from './remember.ts'

/** A JSON value (RFC 8259). */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
/** A JSON object (RFC 8259). */
export type JsonObject = { [key: string]: Json }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON text with object keys sorted at every depth, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** Equal as JSON values, whatever the order of keys. Absent (`undefined`) equals only absent. */
/** Equality of JSON values: the order of keys does not matter, a key without a value is no key. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => jsonEqual(item, b[index]))
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  for (const key of Object.keys(left)) if (!jsonEqual(left[key], right[key])) return false
  for (const key of Object.keys(right)) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

/**
 * Where a value stands inside the arguments of a call: a JSON Pointer (RFC 6901) in which the segment `*`
 * stands for every element of an array, e.g. `/passengers/*\/dob`.
 */
export type ArgumentPath = string

/** The decoded segments of a pointer. `''` is the whole value and has none. */
export const pathSegments: (path: ArgumentPath) => readonly string[] = remembering((path) => {
  if (path === '') return []
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
})

/** The pointer made of plain segments; `*` stays a wildcard. */
export function pathOf(segments: readonly string[]): ArgumentPath {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** RFC 6901 §4: digits without a leading zero; -1, where nothing stands, for anything else. */
function arrayIndex(segment: string): number {
  return /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1
}

/** All values that stand at a path, in order; empty where nothing stands there. */
export function valuesAt(value: Json | undefined, path: ArgumentPath): Json[] {
  let found: Json[] = value === undefined ? [] : [value]
  for (const segment of pathSegments(path)) {
    found = found.flatMap((parent): Json[] => {
      if (Array.isArray(parent)) {
        if (segment === '*') return parent
        const element = parent[arrayIndex(segment)]
        return element === undefined ? [] : [element]
      }
      if (!isJsonObject(parent) || !Object.hasOwn(parent, segment)) return []
      const member = parent[segment]
      return member === undefined ? [] : [member]
    })
  }
  return found
}

/**
 * The value with each value at `path` replaced by `edit(old)`. The host's value is never changed: the parents on
 * the way are copied, all else is shared. `edit` returns `undefined` to leave a value alone; when nothing changed,
 * the same reference comes back.
 */
export function editAt(value: Json, path: ArgumentPath, edit: (old: Json) => Json | undefined): Json {
  return editSegments(value, pathSegments(path), 0, edit)
}

function editSegments(
  value: Json,
  segments: readonly string[],
  depth: number,
  edit: (old: Json) => Json | undefined,
): Json {
  const segment = segments[depth]
  if (segment === undefined) {
    const edited = edit(value)
    return edited === undefined ? value : edited
  }
  if (Array.isArray(value)) {
    const indices = segment === '*' ? value.keys() : [arrayIndex(segment)]
    let copy: Json[] | undefined
    for (const index of indices) {
      const old = value[index]
      if (old === undefined) continue
      const edited = editSegments(old, segments, depth + 1, edit)
      if (edited === old) continue
      copy ??= [...value]
      copy[index] = edited
    }
    return copy ?? value
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, segment)) return value
  const old = value[segment] as Json
  const edited = editSegments(old, segments, depth + 1, edit)
  return edited === old ? value : { ...value, [segment]: edited }
}
