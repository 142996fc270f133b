import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from datetime import date
from pony import orm
db = orm.Database()
class Customer(db.Entity):
    email = orm.Required(str, 20, unique=True)
    orders = orm.Set("Order")
class Order(db.Entity):
    item = orm.Required(str, 9)
    count = orm.Optional(int, min=1, max=99)
    due = orm.Optional(date)
    customer = orm.Required(Customer)
db.bind(provider="sqlite", filename=":memory:")
db.generate_mapping(create_tables=True)
with orm.db_session:
    Customer(id=1, email="ada@a.b")
    Customer(id=2, email="eve@a.b")
entities = {"Customer": Customer, "Order": Order}
def create(entity, **values):
    if entity == "Order": values = {"item": "a", "customer": 1, **values}
    with orm.db_session:
        if isinstance(values.get("customer"), int): values["customer"] = Customer[values["customer"]]
        entities[entity](**{name: value for name, value in values.items() if value != "none"})
def read(entity, id):
    with orm.db_session: entities[entity][id]
def query(text):
    with orm.db_session: list(eval(text, {"select": orm.select, "sum": orm.sum, **entities}))
def sql(text):
    with orm.db_session: db.execute(text)
def one(text):
    with orm.db_session: db.get(text)
def bind(provider, **options): orm.Database().bind(provider=provider, **options)
def told(error):
    return type(error).__name__ + ": " + str(error)
`

/** Pony, a mapper of Python's objects to SQLite. */
export const pony: Source = {
  tool: 'pony',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'pony', prelude: PRELUDE })
    const order = (values: object) => ({ tool: 'create', entity: 'Order', ...values })
    return {
      close,
      provocations: provocations(provoke, [
        ['missing', 'contract.missing_param', (v) => order({ item: 'none', count: v.integer(2, 99) })],
        ['unknown', 'contract.misnamed_param', (v) => order({ [`${v.name()}_x`]: v.integer(2, 99) })],
        ['integer', 'contract.type', (v) => order({ count: v.word() })],
        ['date', 'contract.value', (v) => order({ due: v.word() })],
        ['maximum', 'contract.value', (v) => order({ count: v.integer(200, 999) })],
        ['too-long', 'contract.value', (v) => order({ item: v.path() })],
        [
          'same-email',
          'state.conflict',
          (v) => ({ tool: 'create', entity: 'Customer', id: v.integer(50, 999), email: 'ada@a.b' }),
        ],
        ['no-order', 'state.not_found', (v) => ({ tool: 'read', entity: 'Order', id: v.integer(50, 999) })],
        [
          'query-attribute',
          'state.not_found',
          (v) => ({ tool: 'query', text: `select(o for o in Order if o.${v.name()}_x == 1)` }),
        ],
        [
          'query-types',
          'contract.type',
          (v) => ({ tool: 'query', text: `select(o for o in Order if o.count > "${v.word()}")` }),
        ],
        [
          'query-syntax',
          'contract.value',
          (v) => ({ tool: 'query', text: `select(o for o in Order if ${v.word()} =)` }),
        ],
        ['table', 'state.not_found', (v) => ({ tool: 'sql', text: `select * from ${v.name()}_s` })],
        ['syntax', 'contract.value', (v) => ({ tool: 'sql', text: `select from where ${v.word()}` })],
        [
          'no-rows',
          'state.not_found',
          (v) => ({ tool: 'one', text: `item from "Order" where id = ${v.integer(50, 999)}` }),
        ],
        [
          'driver',
          'exec.dependency',
          (v) => ({ tool: 'bind', provider: v.pick(['oracle', 'cockroach', 'mysql']), host: '127.0.0.1' }),
        ],
        ['no-file', 'state.not_found', (v) => ({ tool: 'bind', provider: 'sqlite', filename: v.path() })],
      ]),
    }
  },
}
