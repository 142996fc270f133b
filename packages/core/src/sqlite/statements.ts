import type { DatabaseSync } from 'node:sqlite'
import { applyTransitions, isRetired, type RegistryEntry, type Transition } from '../registry.ts'
import { pragma, transaction } from './database.ts'
import type { Page, WorkerReply } from './protocol.ts'

/** What a store does, on an open database, each in one transaction. */
export type Statements = {
  load(): WorkerReply['load']
  append(batchId: string, bodies: readonly string[]): void
  read(after: number, limit: number): Page
  /** @throws StageError when a move is illegal. */
  commit(expected: number, changes: readonly string[]): number | 'stale'
  history(after: number): Page
  lease(name: string, holder: string, ms: number): boolean
  version(): number
  /** Grows when another connection wrote anything. */
  dataVersion(): number
}

/** A page ends after so many rows, or so many characters: what the host has in memory of a long log is bounded. */
const PAGE_ROWS = 1_000
const PAGE_CHARACTERS = 1_048_576

export function prepareStatements(database: DatabaseSync): Statements {
  const prepare = (sql: string) => database.prepare(sql)
  const insertBatch = prepare(
    'INSERT OR IGNORE INTO batches (id, first_seq) SELECT ?, coalesce(max(seq), 0) + 1 FROM events',
  )
  const insertEvent = prepare('INSERT INTO events (body) VALUES (?)')
  const selectEvents = prepare('SELECT seq, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectRegistry = prepare('SELECT version, settings FROM registry')
  const updateRegistry = prepare('UPDATE registry SET version = ?, settings = ?')
  const selectEntries = prepare('SELECT body FROM entries WHERE retired = 0')
  const selectEntry = prepare('SELECT body FROM entries WHERE id = ?')
  const upsertEntry = prepare('INSERT OR REPLACE INTO entries (id, retired, body) VALUES (?, ?, ?)')
  const selectTemplates = prepare('SELECT key, template FROM templates')
  const upsertTemplate = prepare('INSERT OR REPLACE INTO templates (key, template) VALUES (?, ?)')
  const insertTransition = prepare('INSERT INTO transitions (version, body) VALUES (?, ?)')
  const selectTransitions = prepare('SELECT seq, body FROM transitions WHERE seq > ? ORDER BY seq LIMIT ?')

  const deleteLease = prepare('DELETE FROM leases WHERE name = ? AND holder = ?')
  // One statement, hence one step for all processes: it writes nothing while another holder's lease runs.
  const upsertLease = prepare(
    `INSERT INTO leases (name, holder, until) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE
     SET holder = excluded.holder, until = excluded.until WHERE holder = excluded.holder OR until <= ?`,
  )

  function registry(): { version: number; settings: string } {
    return selectRegistry.get() as { version: number; settings: string }
  }

  function page(statement: typeof selectEvents, after: number, limit: number): Page {
    const rows: { seq: number; body: string }[] = []
    const most = Math.min(limit, PAGE_ROWS)
    let characters = 0
    for (const row of statement.iterate(after, most) as Iterable<{ seq: number; body: string }>) {
      rows.push({ seq: row.seq, body: row.body })
      characters += row.body.length
      if (characters >= PAGE_CHARACTERS) return { rows, done: rows.length === limit }
    }
    return { rows, done: rows.length < most || rows.length === limit }
  }

  /** The one implementation of transitions decides; it needs only the entries that are touched. */
  function apply(bodies: readonly string[], settings: string): { settings: string } {
    const changes = bodies.map((body) => JSON.parse(body) as Transition)
    const touched = new Map<string, RegistryEntry>()
    for (const change of changes)
      if ('entry' in change) touched.set(change.entry.intervention.id, change.entry)
    const before = [...touched.keys()].flatMap((id) => {
      const row = selectEntry.get(id) as { body: string } | undefined
      return row ? [JSON.parse(row.body) as RegistryEntry] : []
    })
    const state = { version: 0, entries: before, templates: {}, settings: JSON.parse(settings) }
    const after = applyTransitions(state, changes)
    // What left the state is retired, and is kept.
    const kept = new Map([
      ...touched,
      ...after.entries.map((entry) => [entry.intervention.id, entry] as const),
    ])
    for (const [id, entry] of kept) upsertEntry.run(id, isRetired(entry) ? 1 : 0, JSON.stringify(entry))
    for (const [key, template] of Object.entries(after.templates)) upsertTemplate.run(key, template)
    return { settings: JSON.stringify(after.settings) }
  }

  return {
    load() {
      // One read transaction: all parts are of the same version.
      database.exec('BEGIN')
      try {
        return {
          ...registry(),
          entries: selectEntries.all().map((row) => (row as { body: string }).body),
          templates: selectTemplates.all().map((row) => [row.key as string, row.template as string]),
        }
      } finally {
        database.exec('COMMIT')
      }
    },
    append(batchId, bodies) {
      transaction(database, () => {
        if (insertBatch.run(batchId).changes === 0) return
        for (const body of bodies) insertEvent.run(body)
      })
    },
    read: (after, limit) => page(selectEvents, after, limit),
    commit(expected, bodies) {
      return transaction(database, () => {
        const { version, settings } = registry()
        if (version !== expected) return 'stale'
        const next = version + 1
        const after = apply(bodies, settings)
        for (const body of bodies) insertTransition.run(next, body)
        updateRegistry.run(next, after.settings)
        return next
      })
    },
    history: (after) => page(selectTransitions, after, Number.POSITIVE_INFINITY),
    lease(name, holder, ms) {
      if (ms <= 0) return deleteLease.run(name, holder).changes > 0
      const now = Date.now()
      return upsertLease.run(name, holder, now + ms, now).changes > 0
    },
    version: () => registry().version,
    dataVersion: () => pragma(database, 'data_version') as number,
  }
}
