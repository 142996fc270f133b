import { editEvery, renameMembers } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { isJsonObject, type Json, jsonEqual, pathOf, pathSegments, valuesAt } from '../../json.ts'
import { editsOf, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

type Found = { parent: string; keep: string; without: string[]; covered: Covered }

/**
 * Proposes `exclude-argument`, and says so in an explanation, where a pair shows members of one object leaving while
 * others of the same object stayed as they were, and no success ever gave them together: two ways to name one thing.
 */
export const exclusionInducer: Inducer = defineInducer({
  name: 'exclusion',
  *propose(evidence) {
    const found = editsOf(evidence.pairs).flatMap((edit) => exclusionsIn(edit, evidence))
    for (const same of groupBy(found, ({ parent, keep, without }) =>
      [parent, keep, ...without].join(' '),
    ).values())
      yield* exclusionDrafts(evidence, same)
  },
})

function* exclusionDrafts(evidence: Evidence, found: readonly Found[]): Iterable<Draft> {
  const { parent, keep, without } = found[0] as Found
  const covered = found.map((one) => one.covered)
  const path = `${parent}${pathOf([keep])}`
  const parts = { inducer: 'exclusion', path, covered }
  yield draftOf(evidence, { ...parts, kind: 'exclude-argument', options: { keep: path, without } })
  const names = [keep, ...without].map((name) =>
    [...pathSegments(parent), name].filter((n) => n !== '*').join('.'),
  )
  if (names.every((name) => name.length <= 64 && !/\s/.test(name)))
    yield draftOf(evidence, {
      ...parts,
      kind: 'explain-error',
      options: { advice: 'only-one-argument', slots: { arguments: names } },
    })
}

function exclusionsIn({ pair, before, after, changes }: PairEdit, { successes }: Evidence): Found[] {
  const removed = changes.filter(({ type }) => type === 'removed')
  const parents = groupBy(removed, ({ path }) => pathOf(pathSegments(path).slice(0, -1)))
  return [...parents].flatMap(([parent, gone]): Found[] => {
    const without = [...new Set(gone.map(({ path }) => pathSegments(path).at(-1) as string))].sort()
    const [object] = valuesAt(before, parent)
    const [left] = valuesAt(after, parent)
    if (!isJsonObject(object) || !isJsonObject(left) || without.length > 8) return []
    const stayed = Object.keys(left).filter((name) => jsonEqual(object[name], left[name]))
    // With other members the object is more than two ways to name one thing.
    const [keep] = stayed
    if (keep === undefined || stayed.length > 1 || Object.keys(left).length > 1) return []
    const together = successes.some(({ input }) =>
      valuesAt(input, parent).some(
        (value) => isJsonObject(value) && [keep, ...without].every((name) => Object.hasOwn(value, name)),
      ),
    )
    if (together) return []
    const expect = excluded(before, parent, without)
    return [
      { parent, keep, without, covered: { failed: pair.failed, expect, paired: jsonEqual(expect, after) } },
    ]
  })
}

function excluded(input: Json, parent: string, without: readonly string[]): Json {
  const edited = editEvery(input, parent, (object) =>
    isJsonObject(object)
      ? { to: renameMembers(object, (name) => (without.includes(name) ? undefined : name)) }
      : 'keep',
  )
  return edited ?? input
}
