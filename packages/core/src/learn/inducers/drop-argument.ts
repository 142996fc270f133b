import { editEvery, parentOf, renameMembers } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { isJsonObject, type Json, jsonEqual, pathOf, valuesAt } from '../../json.ts'
import { schemaCheck } from '../../schema.ts'
import { plainSpelling } from '../../spelling.ts'
import { argumentSchema } from '../../tool.ts'
import { type Change, editsOf, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, groupBy, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

/** An argument that a correction left out; `moved`: what it said stands elsewhere afterwards. */
type Dropped = { path: string; value: Json; moved: boolean; covered: Covered }

/**
 * Proposes `drop-argument` for a name that the contract refuses, where every correction left it out and said nowhere
 * else what it had said. A name whose value ever turned up elsewhere was an alias, not a surplus; one that ever succeeded
 * was accepted.
 */
export const dropArgumentInducer: Inducer = defineInducer({
  name: 'drop-argument',
  *propose(evidence) {
    const found = editsOf(evidence.pairs).flatMap((edit) => droppedIn(edit, evidence))
    for (const [path, atPath] of groupBy(found, ({ path }) => path))
      if (!atPath.some(({ moved }) => moved)) yield* dropDraft(evidence, path, atPath)
  },
})

function* dropDraft(evidence: Evidence, path: string, found: readonly Dropped[]): Iterable<Draft> {
  const empty = found.every(({ value }) => isEmpty(value))
  // Some hosts leave out by themselves what the contract refuses.
  const left = (input: Json) =>
    empty && !valuesAt(input, path).every(isEmpty) ? undefined : without(input, path)
  if (!sparesSuccesses(evidence, undefined, left)) return
  yield draftOf(evidence, {
    inducer: 'drop-argument',
    kind: 'drop-argument',
    options: empty ? { path, only: 'empty' } : { path },
    path: '',
    covered: found.map(({ covered }) => covered),
  })
}

function droppedIn({ pair, before, after, changes }: PairEdit, { contract }: Evidence): Dropped[] {
  const schema = contract?.inputSchema
  const removed = changes.filter(({ type }) => type === 'removed')
  if (!schema || removed.length === 0) return []
  const refused = new Set(
    schemaCheck(schema)(before).flatMap(({ kind, path }) => (kind === 'unexpected' ? [path] : [])),
  )
  return removed.flatMap(({ path, segments, before: value = null }): Dropped[] => {
    if (!refused.has(pathOf(segments)) || argumentSchema(contract, path)) return []
    if (isRespelled(segments, contract)) return []
    const expect = without(before, path)
    if (expect === undefined) return []
    const covered = { failed: pair.failed, expect, paired: jsonEqual(expect, after) }
    return [{ path, value, moved: changes.some((change) => takesOver(change, value)), covered }]
  })
}

/** Another spelling of a name that the contract knows is that argument, and no surplus. */
function isRespelled(segments: readonly string[], contract: Evidence['contract']): boolean {
  const parent = segments.slice(0, -1)
  const own = parent.length === 0 ? contract?.inputSchema : argumentSchema(contract, pathOf(parent))
  const known = isJsonObject(own?.properties) ? Object.keys(own.properties) : []
  const spelling = plainSpelling(segments.at(-1) ?? '')
  return known.some((name) => plainSpelling(name) === spelling)
}

/** Whether a change brings in what was said; flags and small numbers say too little to be recognised. */
function takesOver({ type, after }: Change, value: Json): boolean {
  if (type === 'removed' || after === undefined || isEmpty(value)) return false
  if (type === 'added' && jsonEqual(after, value)) return true
  return (
    typeof value === 'string' &&
    value.length > 2 &&
    JSON.stringify(after).includes(JSON.stringify(value).slice(1, -1))
  )
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

function without(input: Json, path: string): Json | undefined {
  const argument = parentOf(path)
  if (!argument) return undefined
  return editEvery(input, argument.parent, (parent) => {
    if (!isJsonObject(parent) || !Object.hasOwn(parent, argument.name)) return 'keep'
    return { to: renameMembers(parent, (name) => (name === argument.name ? undefined : name)) }
  })
}
