import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { errorFacts, toolResult } from '@lifeharness/core'
import { createConnection } from 'mysql2/promise'
import { ownedFolder } from '../owned-folder.ts'
import { type Language, type Provoked, provocations, type Source, Unavailable } from '../provocation.ts'
import { nobody, run } from '../shell.ts'

const SERVER = '/usr/sbin/mariadbd'
const MESSAGES: Readonly<Record<Language, string>> = { en: 'en_US', fr: 'fr_FR', de: 'de_DE', zh: 'zh_CN' }

const SCHEMA = [
  'CREATE DATABASE shop',
  'USE shop',
  "CREATE TABLE orders (id INT PRIMARY KEY, code VARCHAR(20) UNIQUE, total DECIMAL(6,2) NOT NULL, status ENUM('new', 'sent'), due DATE)",
  'CREATE TABLE `lines` (id INT PRIMARY KEY, order_id INT, note VARCHAR(20), FOREIGN KEY (order_id) REFERENCES orders (id))',
  "INSERT INTO orders VALUES (1, 'A1', 5, 'new', NULL), (2, 'A2', 6, 'sent', NULL)",
  "INSERT INTO `lines` VALUES (1, 1, 'x')",
  'SET SESSION innodb_lock_wait_timeout = 1',
]

/** A tool `query{sql}` around the `mysql2` driver and a MariaDB server, which speaks the language of its client. */
export const mariadb: Source = {
  tool: 'mariadb',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no MariaDB server')
    const data = await ownedFolder(dir, 'data', nobody)
    const socket = join(data, 'socket')
    const options = [`--datadir=${data}`, '--no-defaults', `--socket=${socket}`, '--skip-networking']
    const [datadir, noDefaults, ...others] = options as [string, string, ...string[]]
    await run(SERVER, [noDefaults, datadir, '--bootstrap'], { cwd: dir, input: 'CREATE DATABASE mysql;\n' })
    const server = spawn(SERVER, [noDefaults, datadir, ...others, '--skip-grant-tables'], {
      ...nobody,
      cwd: dir,
    })
    await ready(server)
    const connection = await createConnection({ socketPath: socket, user: 'root' })
    for (const statement of SCHEMA) await connection.query(statement)
    await connection.query(`SET lc_messages = '${MESSAGES[language]}'`)
    const provoke = async (sql: string): Promise<Provoked> => {
      try {
        return { input: { sql }, result: toolResult('ok', await connection.query(sql)) }
      } catch (thrown) {
        return { input: { sql }, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      }
    }
    return {
      close: async () => {
        await connection.end()
        await new Promise<void>((resolve) => {
          server.once('close', () => resolve())
          server.kill('SIGTERM')
        })
      },
      provocations: provocations(provoke, [
        ['no-table', 'state.not_found', (v) => `SELECT * FROM ${v.name()}_s`],
        ['no-column', 'state.not_found', (v) => `SELECT ${v.name()} FROM orders`],
        ['no-database', 'state.not_found', (v) => `USE ${v.name()}`],
        ['drop-missing', 'state.not_found', (v) => `DROP TABLE ${v.name()}_s`],
        ['syntax', 'contract.value', (v) => `SELECT * FROM orders WHERE WHERE ${v.name()} = 1`],
        ['ambiguous', 'contract.value', (v) => `SELECT id FROM orders, \`lines\` LIMIT ${v.integer(1, 99)}`],
        [
          'unique',
          'state.conflict',
          (v) => `INSERT INTO orders VALUES (${v.integer(1, 2)}, '${v.word()}', 1, 'new', NULL)`,
        ],
        [
          'not-null',
          'contract.missing_param',
          (v) => `INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.word()}', NULL, 'new', NULL)`,
        ],
        [
          'no-default',
          'contract.missing_param',
          (v) => `INSERT INTO orders (id, code) VALUES (${v.integer(10, 99)}, '${v.word()}')`,
        ],
        [
          'foreign-key',
          'state.conflict',
          (v) => `INSERT INTO \`lines\` VALUES (${v.integer(10, 99)}, ${v.integer(10, 99)}, '${v.word()}')`,
        ],
        ['still-referenced', 'state.conflict', (v) => `DELETE FROM orders WHERE id < ${v.integer(2, 9)}`],
        ['table-exists', 'state.conflict', (v) => `CREATE TABLE orders (${v.name()} INT)`],
        ['column-exists', 'state.conflict', () => 'ALTER TABLE orders ADD COLUMN code INT'],
        [
          'too-long',
          'contract.value',
          (v) => `INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.path()}${v.path()}', 1, 'new', NULL)`,
        ],
        [
          'out-of-range',
          'contract.value',
          (v) =>
            `INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.word()}', ${v.integer(10_000, 99_999)}, 'new', NULL)`,
        ],
        [
          'date',
          'contract.value',
          (v) => `INSERT INTO orders VALUES (${v.integer(10, 99)}, '${v.word()}', 1, 'new', '${v.word()}')`,
        ],
        ['value-count', 'contract.value', (v) => `INSERT INTO \`lines\` VALUES (${v.integer(10, 99)}, 1)`],
        ['union', 'contract.value', (v) => `SELECT ${v.integer(1, 9)} UNION SELECT 1, 2`],
        [
          'more-than-one',
          'contract.value',
          (v) => `SELECT * FROM \`lines\` WHERE order_id = (SELECT id FROM orders LIMIT ${v.integer(2, 9)})`,
        ],
        [
          'aggregate',
          'contract.value',
          (v) => `SELECT * FROM orders WHERE ${v.pick(['sum', 'count', 'max'])}(total) > ${v.integer(1, 99)}`,
        ],
        [
          'timed-out',
          'exec.timeout',
          (v) =>
            `SET STATEMENT max_statement_time = 0.0${v.integer(2, 9)} FOR SELECT count(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c`,
        ],
        ['setting', 'state.not_found', (v) => `SET ${v.name()}_x = ${v.integer(1, 9)}`],
        ['no-prepared', 'state.not_found', (v) => `EXECUTE ${v.name()}`],
      ]),
    }
  },
}

function ready(server: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (text) => {
      said = (said + text).slice(-2_000)
      if (said.includes('ready for connections')) resolve()
    })
    server.on('close', () => reject(new Error(`mariadb: ${said}`)))
  })
}
