import { DuckDBInstance } from '@duckdb/node-api'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A tool `query{sql}` around DuckDB, a database for analysis. */
export const duckdb: Source = {
  tool: 'duckdb',
  languages: ['en'],
  async open() {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(
      "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE orders (id INTEGER PRIMARY KEY, code VARCHAR UNIQUE, total DECIMAL(6,2) NOT NULL, status VARCHAR CHECK (status IN ('new', 'sent')), due DATE); " +
        "CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (id), note VARCHAR); INSERT INTO orders VALUES (1, 'A1', 5, 'new', NULL); INSERT INTO lines VALUES (1, 1, 'x');",
    )
    const on = (sql: string) => ({ input: { sql }, act: async () => (await connection.run(sql)).columnCount })
    return {
      close: () => {
        connection.closeSync()
        instance.closeSync()
      },
      provocations: provocations(thrownBy, [
        ['no-table', 'state.not_found', (v) => on(`SELECT * FROM ${v.name()}_s`)],
        ['no-column', 'state.not_found', (v) => on(`SELECT ${v.name()}_x FROM orders`)],
        ['no-function', 'state.not_found', (v) => on(`SELECT ${v.name()}_of(id) FROM orders`)],
        ['no-type', 'state.not_found', (v) => on(`SELECT '${v.integer(1, 99)}'::${v.name()}_t`)],
        ['no-schema', 'state.not_found', (v) => on(`CREATE TABLE ${v.name()}_s.x (id INTEGER)`)],
        ['file-missing', 'state.not_found', (v) => on(`SELECT * FROM read_csv('${v.path()}')`)],
        ['setting', 'state.not_found', (v) => on(`SET ${v.name()}_x = ${v.integer(1, 9)}`)],
        ['syntax', 'contract.value', (v) => on(`SELECT * FROM orders WHERE WHERE ${v.word()}`)],
        [
          'syntax-end',
          'contract.value',
          (v) => on(`SELECT * FROM orders WHERE ${v.pick(['id', 'total', 'code'])} =`),
        ],
        ['unterminated', 'contract.value', (v) => on(`SELECT '${v.phrase()}`)],
        ['ambiguous', 'contract.value', (v) => on(`SELECT id FROM orders, lines LIMIT ${v.integer(1, 99)}`)],
        [
          'group-by',
          'contract.value',
          (v) => on(`SELECT ${v.pick(['code', 'status', 'due'])}, count(*) FROM orders`),
        ],
        ['type-syntax', 'contract.type', (v) => on(`SELECT '${v.word()}'::INTEGER`)],
        ['date-syntax', 'contract.value', (v) => on(`SELECT DATE '${v.word()}'`)],
        ['enum-value', 'contract.type', (v) => on(`SELECT '${v.word()}'::mood`)],
        [
          'integer-range',
          'contract.value',
          (v) => on(`SELECT ${v.integer(3_000_000_000, 9_000_000_000)}::INTEGER`),
        ],
        ['operator', 'contract.type', (v) => on(`SELECT * FROM orders WHERE due + due > ${v.integer(1, 9)}`)],
        [
          'unique',
          'state.conflict',
          (v) => on(`INSERT INTO orders VALUES (1, '${v.word()}', 1, 'new', NULL)`),
        ],
        [
          'not-null',
          'contract.missing_param',
          (v) => on(`INSERT INTO orders (id, code) VALUES (${v.integer(10, 99)}, '${v.id()}')`),
        ],
        [
          'check',
          'contract.value',
          (v) => on(`INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.id()}', 1, '${v.word()}', NULL)`),
        ],
        [
          'foreign-key',
          'state.conflict',
          (v) => on(`INSERT INTO lines VALUES (${v.integer(10, 99)}, ${v.integer(10, 99)}, '${v.word()}')`),
        ],
        ['still-referenced', 'state.conflict', (v) => on(`DELETE FROM orders WHERE id < ${v.integer(2, 9)}`)],
        ['table-exists', 'state.conflict', (v) => on(`CREATE TABLE orders (${v.name()}_x INTEGER)`)],
        ['value-count', 'contract.value', (v) => on(`INSERT INTO lines VALUES (${v.integer(10, 99)}, 1)`)],
        ['no-transaction', 'state.precondition', () => on('COMMIT')],
      ]),
    }
  },
}
