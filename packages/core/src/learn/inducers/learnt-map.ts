import type { Draft } from '../../intervention.ts'
import { editAt, type Json, type JsonObject, jsonEqual, valuesAt } from '../../json.ts'
import { sqlNames } from '../../sql-names.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

type Mapping = { path: string; from: string; to: string; covered: Covered }

const MAX_ENTRIES = 64
const MAX_LENGTH = 64

/**
 * Proposes `map-value` for names that never work and were put right in the same way in several episodes, by saying them
 * more fully or more briefly: `Timberwolves` → `Minnesota Timberwolves`. Names with digits are ids, and another id is another thing.
 */
export const learntMapInducer: Inducer = defineInducer({
  name: 'learnt-map',
  *propose(evidence) {
    for (const atPath of groupBy(mappingsIn(evidence), ({ path }) => path).values())
      yield* mapDraft(evidence, atPath)
  },
})

function* mapDraft(evidence: Evidence, found: readonly Mapping[]): Iterable<Draft> {
  const { path } = found[0] as Mapping
  const accepted = new Set(
    evidence.successes
      .flatMap(({ input }) => valuesAt(input, path))
      .filter((value) => typeof value === 'string'),
  )
  const believed = [...groupBy(found, ({ from }) => from).values()].filter((alike) => {
    const [{ from, to }] = alike as [Mapping]
    const episodes = new Set(alike.map(({ covered }) => covered.failed.episode))
    return alike.every((other) => other.to === to) && episodes.size > 1 && !accepted.has(from)
  })
  const kept = believed.slice(0, MAX_ENTRIES)
  const map: JsonObject = Object.fromEntries(
    kept.map(([first]) => [(first as Mapping).from, (first as Mapping).to]),
  )
  const mappings = kept.flat().filter(({ to }) => !Object.hasOwn(map, to))
  const sound: JsonObject = Object.fromEntries(mappings.map(({ from, to }) => [from, to]))
  const scope = literalScope(mappings.map(({ covered }) => covered.failed))
  const edit = (value: Json) =>
    typeof value === 'string' && Object.hasOwn(sound, value) ? sound[value] : undefined
  if (mappings.length === 0 || !scope) return
  if (!sparesSuccesses(evidence, undefined, (input) => editAt(input, path, edit))) return
  yield draftOf(evidence, {
    inducer: 'learnt-map',
    kind: 'map-value',
    options: { path, map: sound },
    path,
    ...scope,
    covered: mappings.map(({ covered }) => covered),
  })
}

function mappingsIn({ pairs }: Evidence): Mapping[] {
  return editsOf(pairs).flatMap(({ pair, before: input, after: success, changes }) =>
    changes.flatMap(({ type, path, before, after }): Mapping[] => {
      if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') return []
      if (!isNameOf(before, after)) return []
      const expect = editAt(input, path, (value) => (value === before ? after : undefined))
      const covered = { failed: pair.failed, expect, paired: jsonEqual(expect, success) }
      return covered.paired ? [{ path, from: before, to: after, covered }] : []
    }),
  )
}

/** One of the two names has all the words of the other. What has digits or an @ is the name of one thing only. */
function isNameOf(before: string, after: string): boolean {
  const both = before + after
  // Queries have names of their own, see `sql-names`.
  if (Math.max(before.length, after.length) > MAX_LENGTH || /[\n/\\=;|<>@\d]/.test(both) || sqlNames(before))
    return false
  const words = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? []
  const left = words(before)
  const right = words(after)
  const contains = (many: readonly string[], few: readonly string[]) =>
    few.length > 0 && few.every((word) => many.includes(word))
  return left.length !== right.length && (contains(left, right) || contains(right, left))
}
