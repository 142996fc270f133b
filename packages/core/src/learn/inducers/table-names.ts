import { pathSegments, valuesAt } from '../../json.ts'
import { tablesFor } from '../../sql-knowledge.ts'
import { sqlNames } from '../../sql-names.ts'
import { namesByTable } from '../../sql-renames.ts'
import { draftOf, groupBy, literalScope } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

/** Tables and columns that are told at most; queries that must have succeeded. */
const MAX_TABLES = 128
const MAX_COLUMNS = 128
const MIN_QUERIES = 5
/** Share of the failures of one signature that are about known tables. */
const MIN_SHARE = 0.3

/**
 * Proposes `explain-names`: what a database calls its tables and columns, learnt from the queries that succeeded, for
 * errors of queries that call them otherwise.
 */
export const tableNamesInducer: Inducer = defineInducer({
  name: 'table-names',
  *propose(evidence) {
    for (const path of evidence.profile.arguments.keys()) {
      if (pathSegments(path).length !== 1) continue
      const tables = tablesIn(evidence, path)
      if (!tables) continue
      const about = evidence.failures.filter(({ input }) =>
        valuesAt(input, path).some(
          (text) => typeof text === 'string' && tablesFor(text, tables) !== undefined,
        ),
      )
      const covered = [...groupBy(about, ({ failure }) => failure.signature)].flatMap(
        ([signature, failures]) => {
          const all = evidence.failures.filter(({ failure }) => failure.signature === signature)
          return failures.length >= MIN_SHARE * all.length ? failures : []
        },
      )
      const scope = literalScope([...evidence.successes, ...covered])
      if (covered.length === 0 || !scope) continue
      yield draftOf(evidence, {
        inducer: 'table-names',
        kind: 'explain-names',
        options: { path, tables },
        path,
        ...scope,
        covered: covered.map((failed) => ({ failed, paired: false })),
      })
    }
  },
})

function tablesIn({ successes }: Evidence, path: string): Record<string, string[]> | undefined {
  const columns = new Map<string, Set<string>>()
  let queries = 0
  for (const text of successes.flatMap(({ input }) => valuesAt(input, path))) {
    const statement = typeof text === 'string' ? sqlNames(text) : undefined
    if (!statement) continue
    queries++
    for (const key of namesByTable(statement).columns) {
      const [table = '', column = ''] = key.split('\n')
      columns.set(table, (columns.get(table) ?? new Set()).add(column))
    }
  }
  if (queries < MIN_QUERIES || columns.size === 0) return undefined
  const kept = [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_TABLES)
  return Object.fromEntries(kept.map(([table, names]) => [table, distinctNames(names).slice(0, MAX_COLUMNS)]))
}

/** One of each name, whatever its case, in alphabetical order. */
function distinctNames(names: ReadonlySet<string>): string[] {
  const groups = groupBy([...names].sort(), (name) => name.toLowerCase())
  // Databases write their own names with capitals more often than models do.
  return [...groups.values()].map((spellings) => spellings[0] as string).sort()
}
