import { editEvery } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { type Json, jsonEqual, valuesAt } from '../../json.ts'
import { type SqlName, sqlNames } from '../../sql-names.ts'
import { namesByTable, renamedSql, type SqlRename } from '../../sql-renames.ts'
import { editsOf, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer, type Pair } from '../evidence.ts'
import { alignedNames } from '../sql-alignment.ts'

/** What a pair calls a name of its failed query in the corrected one, changed or not. */
type Shown = SqlRename & { episode: string; confidence: number }

/** Share of the weight of the episodes with a wrong name in which it came to the same right one. */
const MIN_SHARE = 0.8
/** Of names that differ in case only: there the choice is one of style. */
const MIN_STYLE_SHARE = 0.5
/** Episodes that must show a name that has nothing in common with the one it takes the place of, and all alike. */
const MIN_STRANGE_EPISODES = 2
const MAX_NAMES = 256

/**
 * Proposes `rename-sql-names`: what the models call tables and columns, and what the database does. A rename is believed
 * when pairs agree on it and an error has named the wrong name. That a query with it succeeded elsewhere is no
 * objection: it is only used where an error names it again.
 */
export const sqlNamesInducer: Inducer = defineInducer({
  name: 'sql-names',
  *propose(evidence) {
    for (const path of pathsOf(evidence)) {
      const known = knownNames(evidence, path)
      if (known) yield* renameDraft(evidence, path, believedRenames(evidence, path, known))
    }
  },
})

/** Texts of one argument that are queries more often than not. */
function pathsOf({ pairs }: Evidence): string[] {
  const changed = editsOf(pairs).flatMap(({ changes }) =>
    changes.filter(({ type, before }) => type === 'changed' && typeof before === 'string'),
  )
  return [...groupBy(changed, ({ path }) => path)]
    .filter(([, all]) => all.filter(({ before }) => sqlNames(before as string)).length > all.length / 2)
    .map(([path]) => path)
}

type Known = { tables: Set<string>; columns: Set<string> }

/** Tables and columns (`table\ncolumn`) that successful queries used. */
function knownNames({ successes }: Evidence, path: string): Known | undefined {
  const known: Known = { tables: new Set(), columns: new Set() }
  for (const text of successes.flatMap(({ input }) => valuesAt(input, path))) {
    const statement = typeof text === 'string' ? sqlNames(text) : undefined
    if (!statement) continue
    const { tables, columns } = namesByTable(statement)
    for (const table of tables) known.tables.add(table)
    for (const column of columns) known.columns.add(column)
  }
  return known.tables.size > 0 ? known : undefined
}

/** The part with the most weight of those that `key` tells apart. */
function heaviest(shown: readonly Shown[], key: (one: Shown) => string): Shown[] {
  const parts = [...groupBy(shown, key).values()].sort((a, b) => weight(b) - weight(a))
  return parts[0] ?? []
}

function keyOf({ table, from }: Pick<SqlRename, 'table' | 'from'>): string {
  return `${table ?? ''}\n${from}`
}

function believedRenames(evidence: Evidence, path: string, known: Known): SqlRename[] {
  const shown = evidence.pairs.flatMap((pair) => shownBy(pair, path))
  const failures = [...evidence.failures, ...evidence.pairs.map(({ failed }) => failed)]
  const accused = accusedNames(failures, path)
  const renames = [...groupBy(shown, keyOf).values()].flatMap((alike): (SqlRename & { named: boolean })[] => {
    // Models that write a name in different letters' case mean one thing: they agree on it, and the majority spells it.
    const best = heaviest(alike, ({ to }) => to.toLowerCase())
    const { from, to, table } = heaviest(best, ({ to }) => to)[0] as Shown
    const exists = table === undefined ? known.tables.has(to) : known.columns.has(`${table}\n${to}`)
    if (from === to || !exists) return []
    const share = weight(best) / weight(alike)
    const isStyle = from.toLowerCase() === to.toLowerCase()
    const key = table === undefined ? from : `${table}\n${from}`
    // An error names the first wrong name of a query; what goes wrong after it must at least have worked nowhere.
    const isWrong = accused.has(key) || !(table === undefined ? known.tables : known.columns).has(key)
    if (isStyle ? share <= MIN_STYLE_SHARE : share < MIN_SHARE || !isWrong) return []
    if (!areKin(from, to) && (share < 1 || episodes(best) < MIN_STRANGE_EPISODES)) return []
    return [{ from, to, ...(table === undefined ? {} : { table }), named: accused.has(key) }]
  })
  if (!renames.some(({ named }) => named)) return []
  // Chains would be renamed again by the next call.
  const targets = new Set(renames.map(({ table, to }) => keyOf({ from: to, ...(table ? { table } : {}) })))
  return renames.filter((rename) => !targets.has(keyOf(rename))).map(({ named: _, ...rename }) => rename)
}

/**
 * Two names for one thing have a part in common (`director`, `Directed_by`; `id`, `StuID`). Where they have none, the
 * model may have come to ask for something else, and an answer to another question is worse than an error.
 */
function areKin(from: string, to: string): boolean {
  const [left, right] = [from, to].map((name) => partsOf(name)) as [string[], string[]]
  return left.some((part) => right.some((other) => part === other || commonStart(part, other) >= 4))
}

function partsOf(name: string): string[] {
  const parts =
    name
      .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  // `uid`, `StuID`: what ends in id is one.
  return parts.flatMap((part) => {
    const singular = part.replace(/s$/, '')
    return /.id$/.test(singular) ? [singular, 'id'] : [singular]
  })
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

function episodes(shown: readonly Shown[]): number {
  return new Set(shown.map(({ episode }) => episode)).size
}

/** The episodes, each with the confidence of its best pair. */
function weight(shown: readonly Shown[]): number {
  const best = new Map<string, number>()
  for (const { episode, confidence } of shown) best.set(episode, Math.max(confidence, best.get(episode) ?? 0))
  return [...best.values()].reduce((sum, confidence) => sum + confidence, 0)
}

/** The same pairs and failures are looked at again without each fold, and reading queries takes its time. */
const shownBy = remembered((pair: Pair, path) => editsOf([pair]).flatMap((edit) => namesIn(edit, path)))
const accusedBy = remembered(accusedIn)

function remembered<Key extends object, Value>(
  make: (key: Key, path: string) => Value,
): (key: Key, path: string) => Value {
  const known = new WeakMap<Key, Map<string, Value>>()
  return (key, path) => {
    const byPath = known.get(key) ?? new Map<string, Value>()
    known.set(key, byPath)
    let value = byPath.get(path)
    if (value === undefined) {
      value = make(key, path)
      byPath.set(path, value)
    }
    return value
  }
}

/** What a pair calls the names of its query. Tables by what stands at the same place, columns by the table they have in the success. */
function namesIn({ pair, changes }: PairEdit, path: string): Shown[] {
  return changes.flatMap((change): Shown[] => {
    const { before, after } = change
    if (change.path !== path || typeof before !== 'string' || typeof after !== 'string') return []
    return alignedNames(before, after).flatMap(([wrong, right]): Shown[] => {
      const shown = {
        episode: pair.failed.episode,
        confidence: pair.confidence,
        from: wrong.text,
        to: right.text,
      }
      if (wrong.role === 'table' && right.role === 'table') return [shown]
      const table = right.table ?? right.nearest
      if (wrong.role !== 'column' || right.role !== 'column' || table === undefined) return []
      return [{ ...shown, table }]
    })
  })
}

/**
 * Names that an error names, where the statement has just one that could be meant: tables by name, columns by table and
 * name.
 */
function accusedNames(failures: readonly FailedCall[], path: string): ReadonlySet<string> {
  return new Set(failures.flatMap((failed) => accusedBy(failed, path)))
}

function accusedIn({ input, message }: FailedCall, path: string): string[] {
  const [text] = valuesAt(input, path)
  const statement = typeof text === 'string' ? sqlNames(text) : undefined
  return (statement ? namedIn(message, statement.names) : []).flatMap((name) => {
    if (name.role === 'table') return [name.text]
    return name.table === undefined ? [] : [`${name.table}\n${name.text}`]
  })
}

const QUOTED = /["'`«»“„‘‚「《]([^"'`«»“”‘’」》\n]{1,128})["'`»«”“’‘」》]/g
const BARE = /[\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*){0,2}/gu

/** The names of a statement that a message speaks of: quoted ones where there are any. */
function namedIn(message: string, names: readonly SqlName[]): SqlName[] {
  const text = message.slice(0, 600)
  const quoted = [...text.matchAll(QUOTED)].map(([, inner = '']) => inner)
  const texts = quoted.length > 0 ? quoted : (text.match(BARE) ?? [])
  const last = new Set(texts.map((said) => said.split('.').at(-1)?.trim() ?? ''))
  const spoken = names.filter(
    ({ text: name, role }) => role !== 'other' && role !== 'qualifier' && last.has(name),
  )
  // `'where clause'` is no name, but `where` could be one; more than one name is a guess.
  const distinct = new Set(spoken.map(({ text: name, role, table }) => `${role} ${table ?? ''} ${name}`))
  return distinct.size === 1 ? spoken : []
}

function* renameDraft(evidence: Evidence, path: string, names: readonly SqlRename[]): Iterable<Draft> {
  const kept = names.slice(0, MAX_NAMES)
  if (kept.length === 0) return
  const covered = evidence.failures.flatMap((failed): Covered[] => {
    const expect = failed.input === undefined ? undefined : renamedAt(failed.input, path, kept)
    if (expect === undefined) return []
    const paired = evidence.pairs.some(({ failed: one, succeeded }) => {
      return one.episode === failed.episode && one.step === failed.step && jsonEqual(succeeded.input, expect)
    })
    return [{ failed, expect, paired }]
  })
  const scope = literalScope(covered.map(({ failed }) => failed))
  if (covered.length === 0 || !scope) return
  yield draftOf(evidence, {
    inducer: 'sql-names',
    kind: 'rename-sql-names',
    options: { path, names: kept.map((name) => ({ ...name })) },
    path,
    ...scope,
    covered,
  })
}

function renamedAt(input: Json, path: string, names: readonly SqlRename[]): Json | undefined {
  return editEvery(input, path, (value) => {
    const renamed = typeof value === 'string' ? renamedSql(value, names) : undefined
    return renamed ? { to: renamed.text } : 'keep'
  })
}
