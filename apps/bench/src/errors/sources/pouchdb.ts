import { createRequire } from 'node:module'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

type Calls = 'get' | 'put' | 'query' | 'allDocs' | 'bulkDocs' | 'find' | 'info' | 'close'
type Database = Record<Calls, (...args: unknown[]) => Promise<unknown>> & { destroy(): Promise<void> }
type Databases = { new (name: string, how: object): Database; plugin(plugin: unknown): Databases }

const require = createRequire(import.meta.url)
const PouchDB = (require('pouchdb') as Databases)
  .plugin(require('pouchdb-adapter-memory'))
  .plugin(require('pouchdb-find'))

/** A document store with CouchDB's protocol and words, in memory, and as the client of a server that is not there. */
export const pouchdb: Source = {
  tool: 'pouchdb',
  languages: ['en'],
  async open() {
    const orders = new PouchDB('orders', { adapter: 'memory' })
    const closed = new PouchDB('closed', { adapter: 'memory' })
    await closed.close()
    await orders.put({ _id: 'one', item: 'a' })
    await orders.put({
      _id: '_design/reports',
      views: { all: { map: 'function (o) { emit(o.item) }', reduce: '_sum' } },
    })
    const functions = {
      get: (id: string, how = {}) => orders.get(id, how),
      put: (document: object) => orders.put(document),
      query: (view: string, how = {}) => orders.query(view, how),
      list: (how: object) => orders.allDocs(how),
      bulk: (documents: unknown) => orders.bulkDocs(documents),
      find: (how: object) => orders.find(how),
      closedGet: (id: string) => closed.get(id),
      open: (name: string, adapter: string) => new PouchDB(name, { adapter }).info(),
      getFrom: (url: string, id: string) => new PouchDB(`${url}/a`, { skip_setup: true }).get(id),
    }
    return {
      close: () => orders.destroy(),
      provocations: functionProvocations(functions, [
        ['no-document', 'state.not_found', (v) => ['get', v.id()]],
        ['no-view', 'state.not_found', (v) => ['query', `reports/${v.name()}`]],
        ['conflict', 'state.conflict', (v) => ['put', { _id: 'one', item: v.word() }]],
        ['no-id', 'contract.missing_param', (v) => ['put', { item: v.word() }]],
        ['id-type', 'contract.type', (v) => ['put', { _id: v.integer(2, 99) }]],
        ['reserved', 'contract.value', (v) => ['put', { _id: `_${v.word()}` }]],
        ['revision', 'contract.value', (v) => ['put', { _id: v.word(), _rev: v.word() }]],
        ['bulk', 'contract.missing_param', (v) => ['bulk', { [v.word()]: 1 }]],
        ['bulk-document', 'contract.type', (v) => ['bulk', [v.word()]]],
        ['keys', 'contract.type', (v) => ['list', { keys: v.word() }]],
        ['limit', 'contract.value', (v) => ['query', 'reports/all', { reduce: false, limit: v.word() }]],
        [
          'skip',
          'contract.value',
          (v) => ['query', 'reports/all', { reduce: false, skip: -v.integer(2, 99) }],
        ],
        ['no-selector', 'contract.missing_param', (v) => ['find', { limit: v.integer(2, 9) }]],
        ['operator', 'contract.value', (v) => ['find', { selector: { item: { [`$${v.word()}`]: 1 } } }]],
        ['operand', 'contract.type', (v) => ['find', { selector: { item: { $in: v.word() } } }]],
        ['closed', 'state.precondition', (v) => ['closedGet', v.id()]],
        ['adapter', 'contract.value', (v) => ['open', v.name(), v.word()]],
        ['refused', 'exec.unavailable', (v) => ['getFrom', `http://127.0.0.1:${v.integer(2, 9)}`, v.word()]],
      ]),
    }
  },
}
