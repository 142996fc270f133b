/**
 * The schema, step by step: `migrations[n]` leads from version n to n + 1, and `PRAGMA user_version` holds how many
 * have been made. Only ever append; a released step is never edited, since files exist that have taken it.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
   CREATE TABLE batches (id TEXT PRIMARY KEY, first_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE transitions (seq INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
   CREATE TABLE entries (id TEXT PRIMARY KEY, retired INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE templates (key TEXT PRIMARY KEY, template TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE registry (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, settings TEXT NOT NULL) STRICT;
   INSERT INTO registry (one, version, settings) VALUES (1, 0, '{}');`,
  `CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
]

/** Marks a file as ours (`PRAGMA application_id`): "LfHs". */
export const APPLICATION_ID = 0x4c664873
