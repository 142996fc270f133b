import type { Category } from '@lifeharness/core'
import type { Vary } from './vary.ts'

/** Tables that the statements below are about. */
export const POSTGRES_SCHEMA =
  "CREATE TABLE orders (id integer PRIMARY KEY, code varchar(30) UNIQUE, total numeric NOT NULL, status text CHECK (status IN ('new', 'sent')), due date);" +
  'CREATE TABLE lines (id integer PRIMARY KEY, order_id integer REFERENCES orders (id), note text);' +
  "INSERT INTO orders VALUES (1, 'A1', 5, 'new'), (2, 'A2', 6, 'sent'); INSERT INTO lines VALUES (1, 1, 'x');" +
  "CREATE ROLE visitor LOGIN; CREATE TYPE mood AS ENUM ('good', 'bad');"

/** Statements that fail, each with what is wrong in it; each runs in a transaction of its own. */
export const POSTGRES_ROWS: readonly (readonly [string, Category, (v: Vary) => string])[] = [
  ['no-table', 'state.not_found', (v) => `SELECT * FROM ${v.word()}s`],
  ['no-column', 'state.not_found', (v) => `SELECT ${v.name()} FROM orders`],
  ['no-qualified-column', 'state.not_found', (v) => `SELECT orders.${v.name()} FROM orders`],
  ['no-function', 'state.not_found', (v) => `SELECT ${v.name()}(id) FROM orders`],
  ['no-schema', 'state.not_found', (v) => `CREATE TABLE ${v.name()}.x (id integer)`],
  ['no-type', 'state.not_found', (v) => `SELECT '${v.integer(1, 99)}'::${v.word()}`],
  ['no-from-entry', 'state.not_found', (v) => `SELECT ${v.word()}.id FROM orders`],
  ['no-prepared', 'state.not_found', (v) => `EXECUTE ${v.name()}`],
  ['no-role', 'state.not_found', (v) => `DROP ROLE ${v.name()}`],
  ['drop-missing', 'state.not_found', (v) => `DROP TABLE ${v.word()}s`],
  [
    'syntax',
    'contract.value',
    (v) =>
      `SELECT * FROM orders ${v.pick(['WHERE', 'GROUP', 'ORDER'])} ${v.pick(['WHERE', 'FROM', 'TABLE'])} ${v.word()}`,
  ],
  [
    'syntax-end',
    'contract.value',
    (v) => `SELECT id, code FROM orders WHERE ${v.pick(['id', 'total'])} = ${v.pick(['', '-'])}`,
  ],
  ['unterminated', 'contract.value', (v) => `SELECT '${v.phrase()}`],
  ['ambiguous', 'contract.value', (v) => `SELECT id FROM orders, lines LIMIT ${v.integer(1, 99)}`],
  ['group-by', 'contract.value', (v) => `SELECT ${v.pick(['code', 'status', 'due'])}, count(*) FROM orders`],
  ['division', 'contract.value', (v) => `SELECT ${v.integer(1, 999)} / 0`],
  ['integer-range', 'contract.value', (v) => `SELECT ${v.integer(3_000_000_000, 9_000_000_000)}::integer`],
  ['type-syntax', 'contract.value', (v) => `SELECT * FROM orders WHERE id = '${v.id()}'`],
  ['type-syntax', 'contract.value', (v) => `SELECT * FROM orders WHERE due = '${v.word()}'`],
  [
    'date-range',
    'contract.value',
    (v) => `SELECT * FROM orders WHERE due = '2024-${v.integer(13, 60)}-${v.integer(10, 28)}'`,
  ],
  ['enum-value', 'contract.value', (v) => `SELECT '${v.word()}'::mood`],
  [
    'too-long',
    'contract.value',
    (v) => `INSERT INTO orders VALUES (9, '${v.phrase()} ${v.phrase()} ${v.path()} ${v.path()}', 1)`,
  ],
  [
    'datatype',
    'contract.type',
    (v) => `UPDATE orders SET ${v.pick(['id', 'total', 'due'])} = true WHERE id = ${v.integer(1, 9)}`,
  ],
  [
    'operator',
    'contract.type',
    (v) => `SELECT * FROM orders WHERE ${v.pick(['code', 'status'])} > ${v.integer(1, 9)}`,
  ],
  ['boolean', 'contract.type', (v) => `SELECT * FROM orders WHERE ${v.pick(['code', 'total', 'id'])}`],
  ['unique', 'state.conflict', (v) => `INSERT INTO orders VALUES (${v.integer(1, 2)}, '${v.word()}', 1)`],
  [
    'not-null',
    'contract.missing_param',
    (v) => `INSERT INTO orders (id, code) VALUES (${v.integer(10, 99)}, '${v.word()}')`,
  ],
  [
    'check',
    'contract.value',
    (v) => `INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.word()}', 1, '${v.word()}')`,
  ],
  [
    'foreign-key',
    'state.conflict',
    (v) => `INSERT INTO lines VALUES (${v.integer(10, 99)}, ${v.integer(10, 99)}, '${v.phrase()}')`,
  ],
  ['still-referenced', 'state.conflict', (v) => `DELETE FROM orders WHERE id < ${v.integer(2, 9)}`],
  ['table-exists', 'state.conflict', (v) => `CREATE TABLE ${v.pick(['orders', 'lines'])} (${v.name()} text)`],
  [
    'column-exists',
    'state.conflict',
    (v) => `ALTER TABLE orders ADD COLUMN ${v.pick(['code', 'total', 'status'])} text`,
  ],
  ['depends', 'state.conflict', (v) => `DROP TABLE ${v.pick(['orders', 'public.orders'])}`],
  [
    'denied',
    'auth.denied',
    (v) => `SET ROLE visitor; SELECT * FROM ${v.pick(['orders', 'lines'])} LIMIT ${v.integer(1, 9)}`,
  ],
  [
    'read-only',
    'auth.denied',
    (v) =>
      `SET TRANSACTION READ ONLY; ${v.pick(['DELETE FROM lines', 'INSERT INTO lines VALUES (50)', 'UPDATE lines SET id = 4'])}`,
  ],
  [
    'timed-out',
    'exec.timeout',
    (v) => `SET LOCAL statement_timeout = ${v.integer(20, 60)}; SELECT pg_sleep(5)`,
  ],
  [
    'more-than-one',
    'contract.value',
    (v) => `SELECT * FROM lines WHERE order_id = (SELECT id FROM orders LIMIT ${v.integer(2, 9)})`,
  ],
  [
    'value-count',
    'contract.value',
    (v) => `INSERT INTO lines VALUES (${v.integer(10, 99)}, 1, '${v.word()}', ${v.integer(1, 9)})`,
  ],
  ['union', 'contract.value', (v) => `SELECT ${v.integer(1, 9)} UNION SELECT 1, 2`],
  ['setting', 'state.not_found', (v) => `SET ${v.name()}_x = ${v.integer(1, 9)}`],
  ['regular-expression', 'contract.value', (v) => `SELECT 'a' ~ '(${v.word()}'`],
]
