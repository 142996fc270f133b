import { type SqlName, sqlNames } from './sql-names.ts'

/** The names that are known to work: columns by table. */
export type TableNames = Readonly<Record<string, readonly string[]>>

/** Tables that one query is explained with. */
const MAX_TABLES = 3

/**
 * The known tables that a query is about, where it uses a name that is not known: those it names, and those whose names
 * resemble one that it should not use. Undefined where nothing in it is unknown, or nothing like it is known.
 */
export function tablesFor(text: string, known: TableNames): string[] | undefined {
  const names = sqlNames(text)?.names
  if (!names) return undefined
  const found = new Set<string>()
  let isUnknown = false
  for (const { role, text: name, table } of names) {
    if (role === 'table') {
      if (Object.hasOwn(known, name)) found.add(name)
      else {
        isUnknown = true
        for (const other of Object.keys(known)) if (resembles(name, other)) found.add(other)
      }
    } else if (role === 'column' && isUnknownColumn({ text: name, ...(table ? { table } : {}) }, known))
      isUnknown = true
  }
  return isUnknown && found.size > 0 && found.size <= MAX_TABLES ? [...found] : undefined
}

function isUnknownColumn({ text, table }: Pick<SqlName, 'text' | 'table'>, known: TableNames): boolean {
  if (table === undefined || !Object.hasOwn(known, table)) return false
  return !known[table]?.some((column) => column.toLowerCase() === text.toLowerCase())
}

/** `shops`, `coffee_shop`: a word of four letters or more in common, but for its end. */
function resembles(name: string, other: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/\p{L}{4,}/gu) ?? []
  return words(name).some((a) =>
    words(other).some(
      (b) => a.slice(0, -1) === b.slice(0, a.length - 1) || b.slice(0, -1) === a.slice(0, b.length - 1),
    ),
  )
}

/**
 * Whether a later query bears the names out: true where it uses one of them that the failed one did not, false where it
 * uses other columns of these tables instead, undefined where it is about other tables.
 */
export function namesBornOut(failed: string, later: string, known: TableNames): boolean | undefined {
  const tables = tablesFor(failed, known)
  const names = sqlNames(later)?.names
  if (!tables || !names) return undefined
  const before = new Set(sqlNames(failed)?.names.map(({ text }) => text))
  const concerned = names.filter(({ role, text, table }) => {
    return (
      (role === 'table' && tables.includes(text)) ||
      (role === 'column' && table !== undefined && tables.includes(table))
    )
  })
  const isNew = ({ text }: SqlName) => !before.has(text)
  const isMissing = (name: SqlName) => name.role === 'column' && isUnknownColumn(name, known)
  if (concerned.some((name) => isNew(name) && !isMissing(name))) return true
  return concerned.some(isMissing) ? false : undefined
}
