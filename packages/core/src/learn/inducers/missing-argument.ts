import { OPTION_LITERAL } from '../../edit.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual, pathSegments } from '../../json.ts'
import { schemaCheck } from '../../schema.ts'
import { argumentSchema, toolKey } from '../../tool.ts'
import { editsOf, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, literalScope } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'
import type { ToolProfile } from '../profile.ts'
import { sampled } from '../sample.ts'

/** An argument that corrections added, with the corrections that did. */
type Added = { path: string; name: string; edits: readonly (PairEdit & { value: Json })[] }

/**
 * Proposes `fill-argument` for an argument that corrections add and every success has: what the same place of an earlier
 * result or call held each time, the default of the contract, or the one value that was ever given.
 */
export const missingArgumentInducer: Inducer = defineInducer({
  name: 'missing-argument',
  *propose(evidence) {
    for (const added of addedIn(evidence)) {
      if (!isAlwaysGiven(evidence.profile, added.path)) continue
      const covered = coveredBy(evidence, added)
      const source = sourceOf(evidence, added)
      const scope = source && 'value' in source ? literalScope([...evidence.successes]) : {}
      if (!source || !scope || covered.length === 0) continue
      yield draftOf(evidence, {
        inducer: 'missing-argument',
        kind: 'fill-argument',
        options: { path: added.path, ...source },
        path: added.path,
        ...scope,
        covered,
      })
    }
  },
})

function* addedIn({ pairs }: Evidence): Iterable<Added> {
  const edits = editsOf(pairs).flatMap((edit) =>
    edit.changes.flatMap(({ type, segments, path, after }) =>
      type === 'added' && segments.length === 1 && after !== undefined
        ? [{ ...edit, path, value: after }]
        : [],
    ),
  )
  for (const path of new Set(edits.map((edit) => edit.path)))
    yield {
      path,
      name: pathSegments(path)[0] as string,
      edits: edits.filter((edit) => edit.path === path),
    }
}

function isAlwaysGiven({ calls, arguments: known }: ToolProfile, path: string): boolean {
  return calls > 0 && known.get(path)?.calls === calls
}

function sourceOf(evidence: Evidence, { path, edits }: Added): JsonObject | undefined {
  const [first] = edits as [Added['edits'][number]]
  const keys = edits.map(({ pair }) => new Set((pair.sources ?? []).map(keyOf)))
  const common = (first.pair.sources ?? []).find((source) => {
    return (
      source.path === path &&
      source.tool.origin === evidence.tool.origin &&
      toolKey(source.tool) !== toolKey(evidence.tool) &&
      keys.every((some) => some.has(keyOf(source)))
    )
  })
  if (common) return { from: common.from, tool: common.tool.name, at: common.at }
  if (!edits.every(({ value }) => jsonEqual(value, first.value))) return undefined
  if (jsonEqual(argumentSchema(evidence.contract, path)?.default ?? null, first.value))
    return { from: 'default' }
  const known = evidence.profile.arguments.get(path)
  const given = known ? sampled(known.distinct) : []
  const isConstant = given.length === 1 && jsonEqual(given[0] as Json, first.value)
  return isConstant && isLiteral(first.value) ? { from: 'literal', value: first.value } : undefined
}

function keyOf({ path, from, tool, at }: NonNullable<PairEdit['pair']['sources']>[number]): string {
  return `${path} ${from} ${toolKey(tool)} ${at}`
}

const isText = schemaCheck(OPTION_LITERAL)

function isLiteral(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || isText(value).length === 0
}

function coveredBy({ failures }: Evidence, { name, edits }: Added): Covered[] {
  return failures.flatMap((failed): Covered[] => {
    if (!isJsonObject(failed.input) || Object.hasOwn(failed.input, name)) return []
    const edit = edits.find(
      ({ pair }) => pair.failed.episode === failed.episode && pair.failed.step === failed.step,
    )
    if (!edit) return [{ failed, paired: false }]
    return [{ failed, expect: { ...failed.input, [name]: edit.value }, paired: edit.changes.length === 1 }]
  })
}
