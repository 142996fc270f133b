import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DataTypes, Model, Sequelize } from 'sequelize'
import { functionProvocations } from '../function-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import { type Source, Unavailable } from '../provocation.ts'
import { nobody, run } from '../shell.ts'

const SERVER = '/usr/sbin/mariadbd'

/** Sequelize over MariaDB: what its models refuse, and what the database does in its words. */
export const sequelize: Source = {
  tool: 'sequelize',
  languages: ['en'],
  async open({ dir }) {
    if (!existsSync(SERVER)) throw new Unavailable('no MariaDB server')
    const data = await ownedFolder(dir, 'data', nobody)
    const socketPath = join(data, 'socket')
    const options = ['--no-defaults', `--datadir=${data}`]
    const input = 'CREATE DATABASE mysql;\nCREATE DATABASE shop;\n'
    await run(SERVER, [...options, '--bootstrap'], { cwd: dir, input })
    const args = [...options, `--socket=${socketPath}`, '--skip-networking', '--skip-grant-tables']
    const server = spawn(SERVER, args, { ...nobody, cwd: dir })
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text) => String(text).includes('ready for connections') && resolve())
      server.on('close', () => reject(new Error('mariadbd')))
    })
    const at = (more: object, database = 'shop') =>
      new Sequelize({ dialect: 'mysql', username: 'root', database, logging: false, ...more })
    const db = at({ dialectOptions: { socketPath } })
    class Order extends Model {}
    Order.init(
      {
        id: { type: DataTypes.INTEGER, primaryKey: true },
        code: { type: DataTypes.STRING(9), unique: true },
        item: { type: DataTypes.STRING, allowNull: false, validate: { notEmpty: true } },
        count: { type: DataTypes.INTEGER, validate: { min: 1, isInt: true } },
        email: { type: DataTypes.STRING, validate: { isEmail: true } },
        size: { type: DataTypes.ENUM('small', 'large') },
      },
      { sequelize: db, modelName: 'Order', version: true },
    )
    await db.sync()
    await Order.create({ id: 1, code: 'A1', item: 'a' })
    class Note extends Model {}
    Note.init({ text: DataTypes.STRING }, { sequelize: db, modelName: 'Note' })
    let changes = 0
    const functions = {
      create: (row: object) => Order.create({ item: 'a', ...row } as never),
      find: (how: object) => Order.findAll(how),
      get: (id: number) => Order.findByPk(id, { rejectOnEmpty: true }),
      update: (row: object, how: object) => Order.update(row, how as never),
      destroy: (how: object) => Order.destroy(how),
      stale: async (item: string) => {
        const [one, same] = [await Order.findByPk(1), await Order.findByPk(1)]
        await one?.update({ item: `${item} ${changes++}` })
        await same?.update({ item })
      },
      model: (name: string) => db.model(name),
      query: (sql: string, replacements?: object) =>
        db.query(sql, replacements ? { replacements: replacements as never } : {}),
      notes: (where: object) => Note.findAll({ where: where as never }),
      open: (dialect: string) => new Sequelize({ dialect: dialect as 'mysql' }),
      queryAt: (port: number, sql: string) => at({ host: '127.0.0.1', port }).query(sql),
    }
    return {
      close: async () => {
        await db.close()
        server.removeAllListeners('close').kill('SIGKILL')
      },
      provocations: functionProvocations(functions, [
        ['null', 'contract.missing_param', (v) => ['create', { id: v.integer(50, 999), item: null }]],
        ['empty', 'contract.missing_param', (v) => ['create', { id: v.integer(50, 999), item: '' }]],
        ['text', 'contract.type', (v) => ['create', { id: v.integer(50, 999), item: { [v.word()]: 1 } }]],
        [
          'minimum',
          'contract.value',
          (v) => ['create', { id: v.integer(50, 999), count: -v.integer(2, 99) }],
        ],
        ['email', 'contract.value', (v) => ['create', { id: v.integer(50, 999), email: v.word() }]],
        ['enum', 'contract.value', (v) => ['create', { id: v.integer(50, 999), size: v.word() }]],
        ['too-long', 'contract.value', (v) => ['create', { id: v.integer(50, 999), code: v.path() }]],
        ['same-code', 'state.conflict', (v) => ['create', { id: v.integer(50, 999), code: 'A1' }]],
        ['no-row', 'state.not_found', (v) => ['get', v.integer(50, 999)]],
        ['no-column', 'state.not_found', (v) => ['find', { where: { [`${v.name()}_c`]: 1 } }]],
        ['no-table', 'state.not_found', (v) => ['notes', { text: v.word() }]],
        ['no-model', 'state.not_found', (v) => ['model', v.name()]],
        ['no-association', 'state.not_found', (v) => ['find', { include: [v.name()] }]],
        [
          'undefined',
          'contract.missing_param',
          (v) => ['find', { where: { [v.pick(['item', 'code', 'count'])]: undefined } }],
        ],
        ['no-where', 'contract.missing_param', (v) => ['update', { item: v.word() }, {}]],
        ['destroy-where', 'contract.missing_param', (v) => ['destroy', { limit: v.integer(2, 9) }]],
        ['operator', 'contract.value', (v) => ['find', { where: { item: { [`$${v.word()}`]: 1 } } }]],
        ['attributes', 'contract.type', (v) => ['find', { attributes: v.word() }]],
        ['stale', 'state.conflict', (v) => ['stale', v.word()]],
        ['syntax', 'contract.value', (v) => ['query', `SELECT FROM ${v.word()}`]],
        ['replacement', 'contract.missing_param', (v) => ['query', `SELECT :${v.name()}`, { a: 1 }]],
        ['dialect', 'contract.value', (v) => ['open', v.word()]],
        ['driver', 'exec.dependency', (v) => ['open', v.pick(['oracle', 'db2', 'snowflake'])]],
        ['refused', 'exec.unavailable', (v) => ['queryAt', v.integer(2, 9), `SELECT ${v.integer(2, 9)}`]],
      ]),
    }
  },
}
