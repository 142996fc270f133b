import { type ArgumentPath, isJsonObject, type Json, jsonEqual, pathOf } from '../json.ts'
import type { Pair } from './evidence.ts'

/** The path with every array element as `*`. */
export function generalPath(path: ArgumentPath): ArgumentPath {
  return path.replace(/\/\d+(?=\/|$)/g, '/*')
}

/** One place at which two inputs differ. */
export type Change = {
  type: 'added' | 'removed' | 'changed'
  /** Plain segments: array elements by index. */
  segments: readonly string[]
  /** The same place with every array element as `*`. */
  path: ArgumentPath
  before?: Json
  after?: Json
}

/** The smallest places at which `after` differs from `before`. Arrays of different length differ as a whole. */
export function changesBetween(before: Json, after: Json): Change[] {
  const changes: Change[] = []
  collect(before, after, [], [], changes)
  return changes
}

function collect(before: Json, after: Json, segments: string[], general: string[], changes: Change[]): void {
  if (before === after) return
  const at = { segments, path: pathOf(general) }
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of Object.keys(before)) {
      const place = [...segments, key]
      if (Object.hasOwn(after, key))
        collect(before[key] as Json, after[key] as Json, place, [...general, key], changes)
      else
        changes.push({
          type: 'removed',
          segments: place,
          path: pathOf([...general, key]),
          before: before[key] as Json,
        })
    }
    for (const key of Object.keys(after))
      if (!Object.hasOwn(before, key))
        changes.push({
          type: 'added',
          segments: [...segments, key],
          path: pathOf([...general, key]),
          after: after[key] as Json,
        })
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, element] of before.entries())
      collect(element, after[index] as Json, [...segments, String(index)], [...general, '*'], changes)
  } else if (!jsonEqual(before, after)) {
    changes.push({ ...at, type: 'changed', before, after })
  }
}

/** An edited pair whose both sides are known, with the places at which they differ. */
export type PairEdit = { pair: Pair; before: Json; after: Json; changes: readonly Change[] }

export function editsOf(pairs: readonly Pair[]): PairEdit[] {
  return pairs.flatMap((pair) => {
    const before = pair.failed.input
    const after = pair.succeeded.input
    if (pair.relation !== 'edited' || before === undefined || after === undefined) return []
    return [{ pair, before, after, changes: changesBetween(before, after) }]
  })
}
