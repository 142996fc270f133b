import mongoose from 'mongoose'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Documents that Mongoose checks before any database sees them, and a database that is not there. */
export const mongooseTool: Source = {
  tool: 'mongoose',
  languages: ['en'],
  async open() {
    const connection = mongoose.createConnection()
    const schema = new mongoose.Schema(
      {
        item: { type: String, required: true, minlength: 2, maxlength: 12 },
        total: { type: Number, min: 1, max: 900 },
        size: { type: String, enum: ['small', 'large'] },
        code: { type: String, match: /^[A-Z]{3}$/ },
        lines: [String],
      },
      { strict: 'throw', bufferTimeoutMS: 200 },
    )
    const Orders = connection.model('Order', schema)
    const checked = (values: object) => new Orders({ item: 'tea', ...values }).validate()
    const functions = {
      check: (values: object) => checked(values),
      checkBare: (values: object) => new Orders(values).validate(),
      find: (filter: unknown) => Orders.find(filter as object).exec(),
      sort: (by: unknown) => Orders.find({}).sort(by as string),
      bulk: (operations: unknown) => Orders.bulkWrite(operations as never),
      connect: (uri: unknown) =>
        mongoose.createConnection().openUri(uri as string, { serverSelectionTimeoutMS: 100 }),
      define: (name: string) => connection.model(name, new mongoose.Schema({})),
      schema: (fields: object) => new mongoose.Schema(fields as never),
      pipeline: (stages: unknown) => Orders.aggregate(stages as never).exec(),
      id: (id: unknown) => new mongoose.Types.ObjectId(id as string),
    }
    return {
      close: () => connection.close(),
      provocations: functionProvocations(functions, [
        ['required', 'contract.missing_param', (v) => ['checkBare', { total: v.integer(2, 99) }]],
        ['number', 'contract.type', (v) => ['check', { total: v.word() }]],
        ['text', 'contract.type', (v) => ['check', { code: { [v.word()]: v.integer(2, 9) } }]],
        ['unknown', 'contract.misnamed_param', (v) => ['check', { [`${v.name()}_x`]: v.integer(2, 9) }]],
        ['enum', 'contract.value', (v) => ['check', { size: v.word() }]],
        ['minimum', 'contract.value', (v) => ['check', { total: -v.integer(2, 99) }]],
        ['maximum', 'contract.value', (v) => ['check', { total: v.integer(901, 9_999) }]],
        ['short', 'contract.value', (v) => ['checkBare', { item: v.word()[0] as string }]],
        ['long', 'contract.value', (v) => ['checkBare', { item: `${v.phrase()} ${v.phrase()}` }]],
        ['pattern', 'contract.value', (v) => ['check', { code: v.phrase() }]],
        ['filter-type', 'contract.type', (v) => ['find', v.word()]],
        [
          'filter-operator',
          'contract.value',
          (v) => ['find', { total: { [`$${v.word()}`]: v.integer(2, 9) } }],
        ],
        ['sort', 'contract.value', (v) => ['sort', { total: v.word() }]],
        ['bulk-operation', 'contract.value', (v) => ['bulk', [{ [`${v.word()}One`]: {} }]]],
        ['bulk-filter', 'contract.missing_param', () => ['bulk', [{ updateOne: { update: { total: 2 } } }]]],
        ['late', 'exec.timeout', (v) => ['find', { item: v.word() }]],
        [
          'refused',
          'exec.unavailable',
          (v) => ['connect', `mongodb://127.0.0.1:${v.integer(2, 9)}/${v.word()}`],
        ],
        ['resolve', 'exec.unavailable', (v) => ['connect', `mongodb://${v.word()}.invalid/${v.word()}`]],
        ['scheme', 'contract.value', (v) => ['connect', `${v.word()}://127.0.0.1/${v.word()}`]],
        ['address-type', 'contract.type', (v) => ['connect', v.integer(2, 99)]],
        ['model-exists', 'state.conflict', () => ['define', 'Order']],
        ['schema-type', 'contract.value', (v) => ['schema', { [v.word()]: { type: `${v.word()}x` } }]],
        ['pipeline', 'contract.value', (v) => ['pipeline', [{ [v.word()]: 1 }]]],
        ['id', 'contract.value', (v) => ['id', v.word()]],
      ]),
    }
  },
}
