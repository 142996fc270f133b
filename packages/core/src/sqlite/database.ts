import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import * as sqlite from 'node:sqlite'
import { faultOf, SqliteFault } from './faults.ts'
import { APPLICATION_ID, migrations } from './migrations.ts'
import type { WorkerSettings } from './protocol.ts'

/** The class was renamed; both names are looked for, so that either Node works. */
const Database: typeof sqlite.DatabaseSync =
  (sqlite as unknown as { Database?: typeof sqlite.DatabaseSync }).Database ?? sqlite.DatabaseSync

/** How long SQLite itself waits for a lock before the worker looks for messages again. */
const BUSY_TIMEOUT_MS = 250

/** Opens the file, creating and migrating it where needed. Several processes may do so at once. */
export function openDatabase({
  path,
  durability,
}: Pick<WorkerSettings, 'path' | 'durability'>): sqlite.DatabaseSync {
  createFile(path)
  const database = new Database(path)
  try {
    // Waits on this thread only; the host's thread never waits.
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    checkOwner(database)
    // WAL: readers and one writer at a time, none of whom blocks the other. Where a file system cannot do it, SQLite
    // keeps the mode it has, and all of this stays true but for the concurrency.
    if (pragma(database, 'journal_mode') !== 'wal') database.exec('PRAGMA journal_mode = WAL')
    // A commit in WAL mode has been written to the file when it returns. NORMAL leaves out only the fsync: should the
    // process be killed, the pages are with the operating system, and nothing acknowledged is lost. Against loss of
    // power it takes FULL, an fsync for each batch.
    database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
    database.exec('PRAGMA journal_size_limit = 67108864')
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** What passes through the layer is nobody else's business: the file is readable by its owner only. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a', 0o600))
}

function checkOwner(database: sqlite.DatabaseSync): void {
  const version = pragma(database, 'user_version') as number
  if (pragma(database, 'application_id') === APPLICATION_ID) {
    if (version <= migrations.length) return
    throw new SqliteFault(
      'newer',
      `its schema is version ${version}, this program knows ${migrations.length}`,
    )
  }
  const holdsSomething = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
  if (version !== 0 || holdsSomething) throw new SqliteFault('foreign', 'this is not a file of LifeHarness')
}

function migrate(database: sqlite.DatabaseSync): void {
  if (pragma(database, 'user_version') === migrations.length) return
  transaction(database, () => {
    // Once more under the lock: another process may have migrated in between.
    checkOwner(database)
    const version = pragma(database, 'user_version') as number
    for (const step of migrations.slice(version)) database.exec(step)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

export function pragma(database: sqlite.DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
}

/** All or nothing. The lock is taken at once, so that what was read inside is still true when it is written. */
export function transaction<T>(database: sqlite.DatabaseSync, body: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = body()
    database.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** SQLite rolls back on its own after some errors; then there is nothing left to do. */
function rollBack(database: sqlite.DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {}
}

/**
 * Whether the file at the path is still the one that was opened. Writing on into a file that was deleted or moved
 * away would acknowledge what nobody can ever read.
 */
export function fileIdentity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

export function isBusy(error: unknown): boolean {
  return faultOf(error) === 'busy'
}
