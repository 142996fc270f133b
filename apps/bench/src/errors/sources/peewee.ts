import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from peewee import *
shop = SqliteDatabase(":memory:")
class Customer(Model):
    name = CharField(unique=True)
    class Meta: database = shop
class Order(Model):
    item = CharField()
    total = IntegerField(constraints=[Check("total > 0")])
    class Meta: database = shop
shop.create_tables([Customer, Order])
Customer.create(name="Ada")
Order.create(item="tea", total=4)
models = {"Customer": Customer, "Order": Order}
def by_id(model, id): models[model].get_by_id(id)
def create(model, **values): models[model].create(**values)
def unready(): SqliteDatabase(None).connect()
def connect(): shop.connect()
def begin(): SqliteDatabase(":memory:", autoconnect=False).execute_sql("SELECT 1")
def told(error): return f"{type(error).__name__}: {error}"
`

/** Rows kept by Peewee in SQLite. */
export const peewee: Source = {
  tool: 'peewee',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'peewee', prelude: PRELUDE })
    return {
      close,
      provocations: provocations(provoke, [
        ['absent', 'state.not_found', (v) => ({ tool: 'by_id', model: 'Order', id: v.integer(2, 999) })],
        ['exists', 'state.conflict', () => ({ tool: 'create', model: 'Customer', name: 'Ada' })],
        [
          'required',
          'contract.missing_param',
          (v) => ({ tool: 'create', model: 'Order', total: v.integer(2, 99) }),
        ],
        [
          'check',
          'contract.value',
          (v) => ({ tool: 'create', model: 'Order', item: v.word(), total: -v.integer(2, 99) }),
        ],
        ['unready', 'state.precondition', () => ({ tool: 'unready' })],
        ['connected', 'state.conflict', () => ({ tool: 'connect' })],
        ['argument', 'contract.missing_param', () => ({ tool: 'by_id', model: 'Order' })],
        ['connected-not', 'state.precondition', () => ({ tool: 'begin' })],
        [
          'argument-extra',
          'contract.misnamed_param',
          (v) => ({ tool: 'by_id', model: 'Order', [`${v.word()}_x`]: 1 }),
        ],
      ]),
    }
  },
}
