import type { StoreFault } from '../store-error.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html); the low byte of an extended code. */
const FAULTS: Readonly<Record<number, StoreFault>> = {
  3: 'unusable', // PERM
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'unusable', // READONLY
  10: 'io', // IOERR
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unusable', // CANTOPEN
  18: 'invalid', // TOOBIG
  26: 'damaged', // NOTADB
}

const SYSTEM_FAULTS: Readonly<Record<string, StoreFault>> = {
  EACCES: 'unusable',
  EPERM: 'unusable',
  EROFS: 'unusable',
  EISDIR: 'unusable',
  ENOTDIR: 'unusable',
  EEXIST: 'unusable',
  ENAMETOOLONG: 'unusable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'io',
}

/** What an exception of node:sqlite or node:fs means for the store. */
export function faultOf(error: unknown): StoreFault {
  const { errcode, code } = error as { errcode?: unknown; code?: unknown }
  if (typeof errcode === 'number') return FAULTS[errcode & 0xff] ?? 'unknown'
  return (typeof code === 'string' && SYSTEM_FAULTS[code]) || 'unknown'
}

const ADVICE: Readonly<Record<StoreFault, string>> = {
  busy: 'Another process holds its lock. Nothing was written; call again.',
  full: 'There is no space left. Nothing was written; free some and call again.',
  io: 'The disk or file system failed. Nothing was written; check the medium.',
  damaged:
    'It is damaged, or no SQLite file. Nothing was changed. Move it aside to start afresh, or put a copy back; `sqlite3 <file> .recover` can save what is in it.',
  unusable: 'Check that its folder exists, that it is a file, and that this user may read and write both.',
  foreign: 'It holds the data of another program. Nothing was changed. Name another path for the store.',
  newer: 'It was written by a newer version. Nothing was changed. Upgrade @lifeharness/core.',
  invalid: 'What was handed over cannot be stored. Nothing was written.',
  worker: 'Its worker thread died. What was not acknowledged may be missing; the next call starts another.',
  closed: 'The store was closed. Create another one.',
  unknown: 'Nothing was written.',
}

/** A whole sentence of what happened, where, and what to do. */
export function faultMessage(fault: StoreFault, path: string, what: string): string {
  return `SQLite store ${path}: ${what.replace(/[.\s]+$/, '')}. ${ADVICE[fault]}`
}

/** An error that already knows its fault. */
export class SqliteFault extends Error {
  readonly fault: StoreFault

  constructor(fault: StoreFault, what: string) {
    super(what)
    this.fault = fault
  }
}
