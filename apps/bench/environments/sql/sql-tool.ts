import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'

export type Row = readonly SQLOutputValue[]

/**
 * A database as the recorded agents knew it on MySQL: texts are compared without regard to case and may stand in double
 * quotes, and `information_schema` can be asked.
 */
export function openDatabase(name: string, script: string): DatabaseSync {
  const database = new DatabaseSync(':memory:', { enableDoubleQuotedStringLiterals: true })
  const collated = script.replace(/^CREATE TABLE .*$/gm, (line) =>
    line.replaceAll(' TEXT', ' TEXT COLLATE NOCASE'),
  )
  database.exec(`BEGIN; ${collated}; COMMIT; ATTACH ':memory:' AS information_schema`)
  database.exec(`
    CREATE TABLE information_schema.tables (table_schema TEXT COLLATE NOCASE, table_name TEXT COLLATE NOCASE);
    CREATE TABLE information_schema.columns (
      table_schema TEXT COLLATE NOCASE, table_name TEXT COLLATE NOCASE, column_name TEXT COLLATE NOCASE, data_type TEXT)`)
  database.function('DATABASE', () => name)
  const tables = database.prepare('INSERT INTO information_schema.tables VALUES (?, ?)')
  const columns = database.prepare(
    'INSERT INTO information_schema.columns SELECT ?, ?, name, lower(type) FROM pragma_table_info(?)',
  )
  for (const table of tableNames(database)) {
    tables.run(name, table)
    columns.run(name, table, table)
  }
  return database
}

/**
 * Runs one statement as the recorded agents write them: MySQL's ways of asking for tables and columns are understood too.
 * @throws the database's own error
 */
export function runStatement(database: DatabaseSync, query: string): Row[] {
  const statement = query.trim().replace(/;\s*$/, '')
  if (/^show\s+(?:full\s+)?tables\b/i.test(statement)) return tableNames(database).map((name) => [name])
  const described =
    /^(?:describe|desc|show\s+(?:full\s+)?(?:columns|fields)\s+from)\s+[`"']?(?:\w+\.)?(\w+)[`"']?$/i.exec(
      statement,
    )
  if (described) return columnsOf(database, described[1] as string)
  const prepared = database.prepare(statement)
  prepared.setReturnArrays(true)
  return prepared.all() as unknown as Row[]
}

function tableNames(database: DatabaseSync): string[] {
  const found = database
    .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY lower(name)")
    .all()
  return found.map(({ name }) => String(name))
}

function columnsOf(database: DatabaseSync, table: string): Row[] {
  const columns = database.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(table)
  // An unknown table has no columns; asking it for a row gives the database's own error.
  if (columns.length === 0) database.prepare(`SELECT * FROM "${table}"`)
  return columns.map(({ name, type, notnull, pk }) => [
    name as string,
    String(type).toLowerCase(),
    notnull || pk ? 'NO' : 'YES',
    pk ? 'PRI' : '',
  ])
}

/** The same rows, in the same order where the order was asked for. Numbers that are equal are equal in any type. */
export function sameRows(found: readonly Row[], wanted: readonly Row[], ordered: boolean): boolean {
  if (found.length !== wanted.length) return false
  const [a, b] = [found.map(rowKey), wanted.map(rowKey)]
  if (!ordered) {
    a.sort()
    b.sort()
  }
  return a.every((key, index) => key === b[index])
}

function rowKey(row: Row): string {
  return JSON.stringify(
    row.map((value) => (typeof value === 'number' || typeof value === 'bigint' ? Number(value) : value)),
  )
}
