import { createRequire } from 'node:module'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

// Its types promise a default export; what is there is the class itself.
const Datastore = createRequire(import.meta.url)('@seald-io/nedb') as typeof import('@seald-io/nedb').default

/** A document store in a file, with MongoDB's queries. */
export const nedb: Source = {
  tool: 'nedb',
  languages: ['en'],
  async open() {
    const orders = new Datastore()
    await orders.ensureIndexAsync({ fieldName: 'code', unique: true })
    await orders.insertAsync([
      { _id: 'one', code: 'A1', total: 5, tags: ['a'], item: 'a' },
      { _id: 'two', code: 'A2' },
    ])
    const functions = {
      insert: (document: unknown) => orders.insertAsync(document as object),
      find: (query: object) => orders.findAsync(query),
      project: (fields: object) => orders.findAsync({}, fields as never),
      update: (query: object, change: object, how = {}) => orders.updateAsync(query, change, how),
      index: (how: object) => orders.ensureIndexAsync(how as { fieldName: string }),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['same-code', 'state.conflict', (v) => ['insert', { code: 'A1', item: v.word() }]],
        ['field-name', 'contract.value', (v) => ['insert', { [`$${v.word()}`]: 1, code: v.id() }]],
        ['dotted', 'contract.value', (v) => ['insert', { [`${v.word()}.${v.word()}`]: 1, code: v.id() }]],
        [
          'mixed',
          'contract.value',
          (v) => ['update', { _id: 'one' }, { $set: { item: 'b' }, [v.name()]: 1 }],
        ],
        ['modifier', 'contract.value', (v) => ['update', { _id: 'one' }, { [`$${v.word()}`]: { item: 1 } }]],
        ['modifier-type', 'contract.type', (v) => ['update', { _id: 'one' }, { $set: v.word() }]],
        [
          'increment',
          'contract.type',
          (v) => ['update', { _id: 'one' }, { $inc: { item: v.integer(2, 9) } }],
        ],
        ['increment-by', 'contract.type', (v) => ['update', { _id: 'one' }, { $inc: { total: v.word() } }]],
        ['push', 'contract.type', (v) => ['update', { _id: 'one' }, { $push: { item: v.word() } }]],
        ['pop', 'contract.type', (v) => ['update', { _id: 'one' }, { $pop: { tags: v.word() } }]],
        [
          'each',
          'contract.type',
          (v) => ['update', { _id: 'one' }, { $push: { tags: { $each: v.word() } } }],
        ],
        ['operator', 'contract.value', (v) => ['find', { item: { [`$${v.word()}`]: 1 } }]],
        ['logical', 'contract.value', (v) => ['find', { [`$${v.word()}`]: [] }]],
        ['in', 'contract.type', (v) => ['find', { item: { $in: v.word() } }]],
        ['or', 'contract.type', (v) => ['find', { $or: v.word() }]],
        ['mixed-query', 'contract.value', (v) => ['find', { item: { $gt: 1, [v.name()]: 2 } }]],
        ['regular', 'contract.type', (v) => ['find', { item: { $regex: v.word() } }]],
        ['projection', 'contract.value', (v) => ['project', { [`${v.word()}x`]: 1, item: 0 }]],
        ['no-field', 'contract.missing_param', (v) => ['index', { unique: v.pick([true, false]) }]],
        ['comma', 'contract.value', (v) => ['index', { fieldName: `${v.word()},${v.word()}` }]],
      ]),
    }
  },
}
