import { editEvery, parentOf, renameMembers } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import {
  canonicalJson,
  isJsonObject,
  type Json,
  jsonEqual,
  pathOf,
  pathSegments,
  valuesAt,
} from '../../json.ts'
import { allowedTypes, jsonType, schemaCheck } from '../../schema.ts'
import { argumentSchema, namesAreOpen } from '../../tool.ts'
import { editsOf, generalPath, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, groupBy, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'

/**
 * One argument written under a wrong name, and the name under which it was accepted. `chance`: its value, where that
 * may stand under both names by chance.
 */
type Alias = { from: string; to: string; covered: Covered; chance?: Json }

/**
 * Proposes `rename-argument`. Proof is either a pair in which the very value moved from one name to the other, or two
 * names that are one word in two spellings (`orderId`, `order_id`). That one name is unknown and another missing proves
 * nothing by itself: `{ from, to }` of a flight is not `{ origin, destination }` until somebody has seen it move.
 */
export const aliasInducer: Inducer = defineInducer({
  name: 'alias',
  *propose(evidence) {
    const found = [
      ...editsOf(evidence.pairs).flatMap((edit) => movedIn(edit)),
      ...evidence.failures.flatMap((failed) => respelledIn(failed, evidence)),
    ]
    const targets = groupBy(found, ({ from }) => from)
    const sources = groupBy(found, ({ to }) => to)
    for (const aliases of groupBy(found, ({ from, to }) => `${from} ${to}`).values()) {
      const { from, to } = aliases[0] as Alias
      if (isChance(aliases)) continue
      const isOneToOne =
        targets.get(from)?.every((alias) => alias.to === to) &&
        sources.get(to)?.every((alias) => alias.from === from)
      if (isOneToOne)
        yield* renameDraft(
          evidence,
          from,
          to,
          aliases.map(({ covered }) => covered),
        )
    }
  },
})

function* renameDraft(
  evidence: Evidence,
  from: string,
  to: string,
  found: readonly Covered[],
): Iterable<Draft> {
  if (!nameIsKnown(evidence, to) || nameIsKnown(evidence, from)) return
  const typed = found.filter(({ failed }) => fits(evidence, to, valuesAt(failed.input, from)))
  const covered = withoutTwins(typed)
  const when = { all: [{ path: from, test: 'present' as const }] }
  if (covered.length === 0 || !sparesSuccesses(evidence, when, (input) => renamed(input, from, to))) return
  yield draftOf(evidence, {
    inducer: 'alias',
    kind: 'rename-argument',
    options: { from, to },
    path: to,
    when,
    covered: covered.map((one) => {
      const expect = one.failed.input === undefined ? undefined : renamed(one.failed.input, from, to)
      return { ...one, ...(expect === undefined ? {} : { expect }) }
    }),
  })
}

/** A call that both a pair and its spelling explain counts once, as a pair. */
function withoutTwins(covered: readonly Covered[]): Covered[] {
  const calls = groupBy(covered, ({ failed }) => `${failed.episode} ${failed.step}`)
  return [...calls.values()].map((twins) => twins.find(({ paired }) => paired) ?? (twins[0] as Covered))
}

function renamed(input: Json, from: string, to: string): Json | undefined {
  const source = parentOf(from)
  const target = parentOf(to)
  if (!source || !target) return undefined
  return editEvery(input, source.parent, (parent) => {
    if (!isJsonObject(parent) || !Object.hasOwn(parent, source.name)) return 'keep'
    if (Object.hasOwn(parent, target.name)) return 'refuse'
    return { to: renameMembers(parent, (name) => (name === source.name ? target.name : name)) }
  })
}

/** Names that left an object while others came into it with exactly the same value. */
function movedIn({ pair, before, after, changes }: PairEdit): Alias[] {
  const removed = changes.filter(({ type }) => type === 'removed')
  const added = changes.filter(({ type }) => type === 'added')
  const parent = ({ segments }: { segments: readonly string[] }) => segments.slice(0, -1).join('\n')
  return removed.flatMap((gone): Alias[] => {
    const value = gone.before as Json
    const alike = (values: typeof removed, side: 'before' | 'after') =>
      values.filter((other) => parent(other) === parent(gone) && jsonEqual(other[side] as Json, value))
    const [came, ...others] = alike(added, 'after')
    // Two arguments with one value could have moved either way.
    if (!came || others.length > 0 || alike(removed, 'before').length > 1) return []
    const isKnown = isTelling(value) || plainName(gone.path) === plainName(came.path)
    // Where nothing else came or went, a flag that moves every time is no coincidence.
    if (!isKnown && removed.length + added.length > 2) return []
    const expect = renamed(before, gone.path, came.path)
    const covered = { failed: pair.failed, paired: expect !== undefined && jsonEqual(expect, after) }
    return [{ from: gone.path, to: came.path, covered, ...(isKnown ? {} : { chance: value }) }]
  })
}

/** Pairs, and different values in them, from which on values that tell nothing by themselves prove an alias. */
const CHANCES = { pairs: 3, values: 2 }

function isChance(aliases: readonly Alias[]): boolean {
  const values = aliases.map(({ chance }) => chance)
  if (values.includes(undefined)) return false
  const episodes = new Set(aliases.map(({ covered }) => covered.failed.episode))
  return episodes.size < CHANCES.pairs || new Set(values.map(canonicalJson)).size < CHANCES.values
}

/** A flag or a small number may stand under two names by chance. */
function isTelling(value: Json): boolean {
  if (typeof value === 'string') return value.length > 1
  if (typeof value === 'number') return Math.abs(value) > 99 || !Number.isInteger(value)
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

/** Unknown names of a call that are, but for spelling, names that the contract misses there. */
function respelledIn(failed: FailedCall, { contract }: Evidence): Alias[] {
  const schema = contract?.inputSchema
  if (!schema || failed.input === undefined) return []
  const issues = schemaCheck(schema)(failed.input)
  const missing = issues.filter(({ kind }) => kind === 'missing').map(({ path }) => path)
  const unexpected = new Set(issues.filter(({ kind }) => kind === 'unexpected').map(({ path }) => path))
  if (missing.length + unexpected.size === 0) return []
  return objectsIn(failed.input, []).flatMap(({ object, segments }): Alias[] => {
    const at = (name: string) => pathOf([...segments, name])
    const declared =
      argumentSchema(contract, pathOf(segments))?.properties ?? (segments.length ? {} : schema.properties)
    const names = isJsonObject(declared) ? Object.keys(declared) : []
    const unknown = Object.keys(object).filter((name) => !names.includes(name))
    const open = names.filter((name) => !Object.hasOwn(object, name))
    return unknown.flatMap((from): Alias[] => {
      const same = open.filter((to) => spelling(to) === spelling(from))
      const rivals = unknown.filter((name) => spelling(name) === spelling(from))
      const [to] = same
      if (to === undefined || same.length > 1 || rivals.length > 1) return []
      if (!missing.includes(at(to)) && !unexpected.has(at(from))) return []
      return [{ from: generalPath(at(from)), to: generalPath(at(to)), covered: { failed, paired: false } }]
    })
  })
}

function objectsIn(
  value: Json,
  segments: string[],
): { object: { [key: string]: Json }; segments: string[] }[] {
  if (segments.length > 4 || typeof value !== 'object' || value === null) return []
  const own = isJsonObject(value) ? [{ object: value, segments }] : []
  return [...own, ...Object.entries(value).flatMap(([key, member]) => objectsIn(member, [...segments, key]))]
}

function plainName(path: string): string {
  return spelling(pathSegments(path).at(-1) ?? '')
}

/** A name without case, separators and the plural's s. */
function spelling(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/s$/, '')
}

function nameIsKnown({ contract, profile }: Evidence, path: string): boolean {
  if (!namesAreOpen(contract, parentOf(path)?.parent ?? ''))
    return argumentSchema(contract, path) !== undefined
  return profile.arguments.has(path)
}

function fits({ contract }: Evidence, path: string, values: readonly Json[]): boolean {
  const types = allowedTypes(argumentSchema(contract, path), contract?.inputSchema)
  return values.length > 0 && (types.length === 0 || values.every((value) => types.includes(jsonType(value))))
}
