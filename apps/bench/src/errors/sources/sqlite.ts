import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'

type Call = {
  sql: string
  before?: string
  params?: unknown[] | Record<string, unknown>
  on?: 'readonly' | 'locked'
}

export const sqlite: Source = {
  tool: 'sqlite',
  languages: ['en'],
  async open({ dir }) {
    const file = join(dir, 'shop.db')
    const schema =
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, code TEXT UNIQUE, total REAL NOT NULL, status TEXT CHECK (status IN ('new', 'sent')));" +
      'CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id), note TEXT);'
    const make = new DatabaseSync(file)
    make.exec(schema)
    const readonly = new DatabaseSync(file, { readOnly: true })
    const held = new DatabaseSync(file)
    held.exec('BEGIN IMMEDIATE')
    const provoke = async ({ sql, before, params = [], on }: Call): Promise<Provoked> => {
      const input = { sql, ...(Array.isArray(params) && params.length === 0 ? {} : { params }) } as Json
      const fresh = on ? undefined : new DatabaseSync(':memory:')
      fresh?.exec(`${schema}PRAGMA foreign_keys = ON;${before ?? ''}`)
      const database = fresh ?? (on === 'readonly' ? readonly : make)
      try {
        const statement = database.prepare(sql)
        const value = Array.isArray(params)
          ? statement.all(...(params as never[]))
          : statement.all(params as never)
        return { input, result: toolResult('ok', value) }
      } catch (thrown) {
        return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      } finally {
        fresh?.close()
      }
    }
    return {
      close: () => {
        for (const database of [held, readonly, make]) database.close()
      },
      provocations: provocations<Call>(provoke, [
        ['no-table', 'state.not_found', (v) => ({ sql: `SELECT * FROM ${v.name()}s` })],
        ['no-column', 'state.not_found', (v) => ({ sql: `SELECT ${v.name()} FROM orders` })],
        ['no-function', 'state.not_found', (v) => ({ sql: `SELECT ${v.name()}(id) FROM orders` })],
        ['no-index', 'state.not_found', (v) => ({ sql: `DROP INDEX ${v.name()}` })],
        [
          'syntax',
          'contract.value',
          (v) => ({
            sql: `SELECT * FROM orders ${v.pick(['WHERE', 'GROUP', 'ORDER'])} ${v.pick(['WHERE', 'FROM'])} ${v.word()}`,
          }),
        ],
        ['incomplete', 'contract.value', (v) => ({ sql: `SELECT * FROM orders WHERE ${v.name()} =` })],
        ['unclosed', 'contract.value', (v) => ({ sql: `SELECT '${v.phrase()}` })],
        [
          'ambiguous',
          'contract.value',
          (v) => ({ sql: `SELECT id FROM orders, lines LIMIT ${v.integer(1, 99)}` }),
        ],
        [
          'unique',
          'state.conflict',
          (v) => {
            const code = v.id()
            return {
              before: `INSERT INTO orders VALUES (1, '${code}', 1, 'new')`,
              sql: `INSERT INTO orders VALUES (2, '${code}', ${v.integer(1, 99)}, 'new')`,
            }
          },
        ],
        [
          'not-null',
          'contract.missing_param',
          (v) => ({ sql: `INSERT INTO orders (code) VALUES ('${v.id()}')` }),
        ],
        ['check', 'contract.value', (v) => ({ sql: `INSERT INTO orders VALUES (1, 'a', 1, '${v.word()}')` })],
        [
          'foreign-key',
          'state.conflict',
          (v) => ({ sql: `INSERT INTO lines VALUES (1, ${v.integer(1, 999)}, '${v.phrase()}')` }),
        ],
        [
          'table-exists',
          'state.conflict',
          (v) => {
            const name = `${v.name()}s`
            return { before: `CREATE TABLE ${name} (a)`, sql: `CREATE TABLE ${name} (${v.word()} TEXT)` }
          },
        ],
        [
          'value-count',
          'contract.value',
          (v) => ({
            sql: `INSERT INTO lines VALUES (${Array.from({ length: v.pick([2, 4, 5]) }, () => v.integer(1, 9)).join(', ')})`,
          }),
        ],
        ['datatype', 'contract.type', (v) => ({ sql: `INSERT INTO lines (id) VALUES ('${v.word()}')` })],
        [
          'argument-count',
          'contract.value',
          (v) => ({
            sql: `SELECT ${v.pick(['abs', 'length', 'upper', 'hex'])}(id, code, ${v.integer(1, 9)}) FROM orders`,
          }),
        ],
        [
          'aggregate',
          'contract.value',
          (v) => ({
            sql: `SELECT * FROM orders WHERE ${v.pick(['sum', 'count', 'max'])}(total) > ${v.integer(1, 99)}`,
          }),
        ],
        ['union', 'contract.value', (v) => ({ sql: `SELECT ${v.integer(1, 9)} UNION SELECT 1, 2` })],
        [
          'readonly',
          'auth.denied',
          (v) => ({ on: 'readonly', sql: `INSERT INTO orders VALUES (1, '${v.id()}', 1, 'new')` }),
        ],
        [
          'locked',
          'state.conflict',
          (v) => ({ on: 'locked', sql: `DELETE FROM orders WHERE id = ${v.integer(1, 99)}` }),
        ],
        [
          'bind-type',
          'contract.type',
          (v) => ({ sql: 'SELECT ?, ?', params: [v.integer(1, 9), [v.word()]] }),
        ],
        [
          'bind-name',
          'contract.misnamed_param',
          (v) => ({ sql: 'SELECT :id', params: { [`${v.name()}_x`]: v.integer(1, 9) } }),
        ],
        [
          'nested-transaction',
          'state.precondition',
          (v) => ({ before: 'BEGIN', sql: v.pick(['BEGIN', 'BEGIN IMMEDIATE']) }),
        ],
        ['no-transaction', 'state.precondition', (v) => ({ sql: v.pick(['COMMIT', 'END']) })],
        ['json', 'contract.value', (v) => ({ sql: `SELECT json_extract('{${v.word()}}', '$.a')` })],
      ]),
    }
  },
}
