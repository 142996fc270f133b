import { type SqlName, type SqlStatement, sqlNames } from './sql-names.ts'

/** A table that is called otherwise, or (with `table`, by its right name) a column of it. */
export type SqlRename = { from: string; to: string; table?: string }

/**
 * The query with its names put right and the names that were wrong, or undefined where nothing changes or the text is
 * not a plain query. Tables first: a column is looked up by the right name of its table, and only where the text tells
 * which table it belongs to.
 */
export function renamedSql(
  text: string,
  renames: readonly SqlRename[],
): { text: string; wrong: ReadonlySet<string> } | undefined {
  const statement = renames.some(({ from }) => text.includes(from)) ? sqlNames(text) : undefined
  if (!statement?.reads) return undefined
  const tables = new Map<string, string>()
  const columns = new Map<string, string>()
  for (const { from, to, table } of renames)
    if (table === undefined) tables.set(from, to)
    else columns.set(`${table}\n${from}`, to)
  const wrong = new Set<string>()
  let made = ''
  let from = 0
  for (const name of statement.names) {
    const to = target(name, tables, columns)
    if (to === undefined || to === name.text) continue
    wrong.add(name.text)
    made += text.slice(from, name.start) + to
    from = name.end
  }
  return from === 0 ? undefined : { text: made + text.slice(from), wrong }
}

function target(
  { text, role, table, nearest }: SqlName,
  tables: ReadonlyMap<string, string>,
  columns: ReadonlyMap<string, string>,
): string | undefined {
  if (role === 'table') return tables.get(text)
  const own = table ?? nearest
  if (own === undefined) return undefined
  // A table may stand as its own qualifier.
  if (role === 'qualifier') return table === text ? tables.get(text) : undefined
  return role === 'column' ? columns.get(`${tables.get(own) ?? own}\n${text}`) : undefined
}

/** The tables a query reads, and the columns that are known to be theirs. */
export function namesByTable({ names }: SqlStatement): { tables: Set<string>; columns: Set<string> } {
  const tables = new Set<string>()
  const columns = new Set<string>()
  for (const { role, text, table } of names) {
    if (role === 'table') tables.add(text)
    else if (role === 'column' && table !== undefined) columns.add(`${table}\n${text}`)
  }
  return { tables, columns }
}
