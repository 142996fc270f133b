import knexOf from 'knex'
import { Model } from 'objection'
import { functionProvocations } from '../function-tool.ts'
import { postgresServer } from '../postgres-server.ts'
import type { Source } from '../provocation.ts'

const silent = { warn: () => {}, error: () => {}, deprecate: () => {}, debug: () => {} }

/** Knex and the models of Objection over PostgreSQL: what these refuse, and what the database does in their words. */
export const knex: Source = {
  tool: 'knex',
  languages: ['en'],
  async open({ dir }) {
    const server = await postgresServer(dir)
    const at = (port: number, more = {}) => ({
      client: 'pg',
      connection: { host: '127.0.0.1', port, user: 'postgres', database: 'postgres', ...more },
      log: silent,
    })
    const db = knexOf({ ...at(server.port), pool: { min: 0, max: 2 } })
    await db.schema.createTable('orders', (table) => {
      table.integer('id').primary()
      table.string('code', 9).unique()
      table.integer('total').notNullable().checkPositive()
    })
    await db('orders').insert({ id: 1, code: 'A1', total: 5 })
    class Order extends Model {
      static override tableName = 'orders'
      static override jsonSchema = {
        type: 'object',
        required: ['total'],
        properties: {
          total: { type: 'integer' },
          code: { type: 'string', maxLength: 9 },
        },
      }
      static override relationMappings = {
        parent: {
          relation: Model.BelongsToOneRelation,
          modelClass: Order,
          join: { from: 'orders.id', to: 'orders.total' },
        },
      }
    }
    Order.knex(db)
    const functions = {
      select: (table: string, where: object) => db(table).where(where),
      insert: (row: object) => db('orders').insert(row),
      whereIs: (column: string, operator: string, value: unknown) =>
        db('orders').where(column, operator, value as string),
      update: (row: object) => db('orders').update(row),
      raw: (sql: string, values: readonly string[] | object = []) => db.raw(sql, values as string[]),
      createTable: (name: string) => db.schema.createTable(name, (table) => void table.increments()),
      migrate: (directory: string) => db.migrate.latest({ directory }),
      selectAt: (port: number, table: string) => {
        const other = knexOf(at(port))
        return other(table).finally(() => other.destroy())
      },
      selectIn: (database: string) => {
        const other = knexOf(at(server.port, { database }))
        return other('orders').finally(() => other.destroy())
      },
      slow: (milliseconds: number) => db.raw('select pg_sleep(1)').timeout(milliseconds, { cancel: true }),
      open: (client: string) => knexOf({ client }),
      modelInsert: (row: object) => Order.query().insert(row),
      modelFind: (id: number) => Order.query().findById(id).throwIfNotFound(),
      modelGraph: (relations: string) => Order.query().withGraphFetched(relations),
    }
    return {
      close: async () => {
        await db.destroy()
        await server.close()
      },
      provocations: functionProvocations(functions, [
        ['no-table', 'state.not_found', (v) => ['select', `${v.name()}_s`, { id: v.integer(2, 99) }]],
        [
          'no-column',
          'state.not_found',
          (v) => ['select', 'orders', { [`${v.name()}_c`]: v.integer(2, 99) }],
        ],
        ['undefined', 'contract.missing_param', (v) => ['select', 'orders', { [v.name()]: undefined }]],
        ['operator', 'contract.value', (v) => ['whereIs', v.name(), v.word(), v.integer(2, 99)]],
        ['empty-update', 'contract.missing_param', (v) => ['update', { [v.name()]: undefined }]],
        [
          'insert-null',
          'contract.missing_param',
          (v) => ['insert', { id: v.integer(50, 999), code: v.word() }],
        ],
        [
          'insert-same',
          'state.conflict',
          (v) => ['insert', { id: v.integer(50, 999), code: 'A1', total: 1 }],
        ],
        [
          'insert-check',
          'contract.value',
          (v) => ['insert', { id: v.integer(50, 999), total: -v.integer(2, 99) }],
        ],
        [
          'insert-long',
          'contract.value',
          (v) => ['insert', { id: v.integer(50, 999), total: 1, code: v.path() }],
        ],
        ['raw-syntax', 'contract.value', (v) => ['raw', `select from where ${v.word()}`]],
        ['table-exists', 'state.conflict', (v) => ['createTable', v.pick(['orders'])]],
        ['migrations', 'state.not_found', (v) => ['migrate', v.path()]],
        ['refused', 'exec.unavailable', (v) => ['selectAt', v.integer(2, 9), v.name()]],
        ['no-database', 'state.not_found', (v) => ['selectIn', `${v.name()}_d`]],
        ['late', 'exec.timeout', (v) => ['slow', v.integer(40, 90)]],
        ['client', 'contract.value', (v) => ['open', `${v.word()}sql`]],
        ['model-missing', 'contract.missing_param', (v) => ['modelInsert', { code: v.word() }]],
        ['model-type', 'contract.type', (v) => ['modelInsert', { total: v.word() }]],
        ['model-long', 'contract.value', (v) => ['modelInsert', { total: 1, code: v.path() }]],
        ['model-none', 'state.not_found', (v) => ['modelFind', v.integer(50, 999)]],
        ['model-expression', 'contract.value', (v) => ['modelGraph', `[${v.word()}`]],
      ]),
    }
  },
}
