import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

const SCHEMA =
  'CREATE TABLE orders (id INTEGER PRIMARY KEY, code TEXT UNIQUE, total INT NOT NULL, status TEXT CHECK (length(status) < 5));'

/** The shell of SQLite, as agents call it from a command line. */
export const sqliteCli: Source = {
  tool: 'sqlite-cli',
  languages: ['en'],
  async open({ dir, language }) {
    program('sqlite3')
    const on = (sql: string, options = '') => `sqlite3 ${options} :memory: "${SCHEMA} ${sql}"`
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-table', 'state.not_found', (v) => on(`SELECT * FROM ${v.name()}_s`)],
        ['no-column', 'state.not_found', (v) => on(`SELECT ${v.name()}_x FROM orders`)],
        ['insert-column', 'state.not_found', (v) => on(`INSERT INTO orders (${v.name()}_x) VALUES (1)`)],
        ['no-function', 'state.not_found', (v) => on(`SELECT ${v.name()}_of(id) FROM orders`)],
        ['syntax', 'contract.value', (v) => on(`SELECT * FROM orders WHERE WHERE ${v.name()}`)],
        ['incomplete', 'contract.value', (v) => on(`SELECT * FROM orders WHERE ${v.name()} =`)],
        [
          'unique',
          'state.conflict',
          (v) => on(`INSERT INTO orders VALUES (1, 'a', ${v.integer(1, 9)}, ''), (1, 'b', 1, '')`),
        ],
        [
          'not-null',
          'contract.missing_param',
          (v) => on(`INSERT INTO orders (id, code) VALUES (${v.integer(1, 99)}, '${v.word()}')`),
        ],
        ['check', 'contract.value', (v) => on(`INSERT INTO orders VALUES (1, 'a', 1, '${v.phrase()}')`)],
        [
          'value-count',
          'contract.value',
          (v) => on(`INSERT INTO orders VALUES (${v.integer(1, 99)}, '${v.word()}')`),
        ],
        ['table-exists', 'state.conflict', (v) => on(`CREATE TABLE orders (${v.name()} INT)`)],
        ['dot-command', 'exec.dependency', (v) => `sqlite3 :memory: '.${v.word()}s'`],
        ['open-missing', 'state.not_found', (v) => `sqlite3 ${v.path()} 'SELECT 1'`],
        [
          'not-database',
          'contract.value',
          (v) => `${scratch} f=${v.word()}.db; seq 400 > $f; sqlite3 $f 'SELECT * FROM ${v.word()}'`,
        ],
        [
          'read-only',
          'auth.denied',
          (v) =>
            `${scratch} f=${v.word()}.db; sqlite3 $f 'CREATE TABLE a (b)'; sqlite3 -readonly $f 'INSERT INTO a VALUES (${v.integer(1, 9)})'`,
        ],
        ['option', 'exec.dependency', (v) => `sqlite3 --${v.word()}s :memory: 'SELECT 1'`],
      ]),
    }
  },
}
