import startSqlite from 'sql.js'
import { DataSource, EntitySchema } from 'typeorm'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

type Order = { id: number; code: string; item: string; version: number }

const orders = new EntitySchema<Order>({
  name: 'Order',
  columns: {
    id: { type: Number, primary: true },
    code: { type: String, unique: true },
    item: { type: String },
    version: { type: Number, version: true },
  },
})

/** TypeORM over SQLite in WebAssembly: what the mapper itself refuses, and what the database does. */
export const typeorm: Source = {
  tool: 'typeorm',
  languages: ['en'],
  async open() {
    const options = {
      type: 'sqljs' as const,
      driver: await startSqlite(),
      entities: [orders],
      synchronize: true,
    }
    const database = await new DataSource(options).initialize()
    const all = database.getRepository(orders)
    await all.insert({ id: 1, code: 'A1', item: 'a' })
    const functions = {
      read: (entity: string) => database.getRepository(entity).find(),
      find: (how: object) => all.find(how),
      findOne: (how: object) => all.findOne(how as never),
      get: (where: Partial<Order>) => all.findOneByOrFail(where),
      insert: (row: Partial<Order>) => all.insert(row),
      remove: (where: object) => all.delete(where as never),
      query: (sql: string) => all.query(sql),
      open: (name: string) => database.setOptions({ name } as never).initialize(),
      openAndClose: (name: string) => new DataSource({ ...options, name } as never).destroy(),
      commit: (transaction: string) =>
        database.createQueryRunner(transaction as 'master').commitTransaction(),
      connect: (how: object) => new DataSource(how as never).initialize(),
    }
    return {
      close: () => database.destroy(),
      provocations: functionProvocations(functions, [
        ['no-row', 'state.not_found', (v) => ['get', { id: v.integer(50, 999) }]],
        ['no-entity', 'state.not_found', (v) => ['read', v.word()]],
        ['no-table', 'state.not_found', (v) => ['query', `SELECT * FROM ${v.name()}_s`]],
        ['no-value', 'contract.missing_param', (v) => ['insert', { id: v.integer(50, 999), code: v.id() }]],
        [
          'no-conditions',
          'contract.missing_param',
          (v) => ['findOne', { order: { code: v.pick(['ASC', 'DESC']) } }],
        ],
        ['no-criteria', 'contract.missing_param', (v) => ['remove', v.pick([{}, []])]],
        ['skip', 'contract.type', (v) => ['find', { skip: v.word() }]],
        ['syntax', 'contract.value', (v) => ['query', `SELECT * FROM "order" WHERE WHERE ${v.word()}`]],
        [
          'same-code',
          'state.conflict',
          (v) => ['insert', { id: v.integer(50, 999), code: 'A1', item: v.word() }],
        ],
        [
          'other-version',
          'state.conflict',
          (v) => ['findOne', { where: { id: 1 }, lock: { mode: 'optimistic', version: v.integer(5, 50) } }],
        ],
        ['open-already', 'state.conflict', (v) => ['open', v.word()]],
        ['not-open', 'state.precondition', (v) => ['openAndClose', v.word()]],
        ['no-transaction', 'state.precondition', (v) => ['commit', v.pick(['master', 'slave'])]],
        ['driver', 'contract.value', (v) => ['connect', { type: v.word() }]],
        [
          'package',
          'exec.dependency',
          (v) => ['connect', { type: v.pick(['oracle', 'mssql', 'mongodb', 'sap']) }],
        ],
        [
          'refused',
          'exec.unavailable',
          (v) => ['connect', { type: 'mysql', host: '127.0.0.1', port: v.integer(2, 9) }],
        ],
      ]),
    }
  },
}
