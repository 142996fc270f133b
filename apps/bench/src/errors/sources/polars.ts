import { provocations, type Source } from '../provocation.ts'
import { ENVIRONMENT, pythonSession } from '../python-session.ts'

const PRELUDE = `
import polars
orders = polars.DataFrame({"id": [1, 2], "item": ["tea", "milk"], "total": [3.5, 2.0]})
people = polars.DataFrame({"name": ["Ada", "Eve"], "born": ["1815", "1990"]})
open("ragged.csv", "w").write("a,b\\n1,2\\n3,4,5\\n")
tables = polars.SQLContext(orders=orders, people=people)
def query(sql): tables.execute(sql).collect()
def select(columns): orders.select(columns)
def cast(column, type): orders.select(polars.col(column).cast(getattr(polars, type)))
def read(file, **options): getattr(polars, "read_" + file.split(".")[-1])(file, **options)
def add_column(name, values): orders.with_columns(polars.Series(name, values))
def join(on, how="inner"): orders.join(people, on=on, how=how)
def join_pair(left, right): orders.join(people, left_on=left, right_on=right)
def filter(column): orders.filter(polars.col(column))
def stack(columns): polars.concat([orders, polars.DataFrame(columns)])
def table(columns): polars.DataFrame(columns)
def row(number): orders.row(number)
def write(file): orders.write_csv(file)
def told(error):
    return f"{type(error).__name__}: {error}"
`

/** Tables by Polars, and its SQL. */
export const polars: Source = {
  tool: 'polars',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, {
      modules: 'polars',
      prelude: PRELUDE,
      python: ENVIRONMENT,
    })
    const query = (sql: string) => ({ tool: 'query', sql })
    return {
      close,
      provocations: provocations(provoke, [
        ['sql-table', 'state.not_found', (v) => query(`SELECT * FROM ${v.word()}s`)],
        ['sql-syntax', 'contract.value', (v) => query(`SELECT FROM orders WHERE ${v.word()} ${v.word()}`)],
        ['sql-token', 'contract.value', (v) => query(`SELECT * FROM orders WHERE (id = ${v.integer(2, 99)}`)],
        ['column', 'state.not_found', (v) => ({ tool: 'select', columns: [`${v.word()}_x`] })],
        [
          'cast',
          'contract.type',
          (v) => ({ tool: 'cast', column: 'item', type: v.pick(['Int64', 'Float64']) }),
        ],
        ['file', 'state.not_found', (v) => ({ tool: 'read', file: `${v.word()}.csv` })],
        [
          'file-ragged',
          'contract.value',
          (v) => ({ tool: 'read', file: 'ragged.csv', n_rows: v.integer(2, 99) }),
        ],
        [
          'option',
          'contract.misnamed_param',
          (v) => ({ tool: 'read', file: 'ragged.csv', [`${v.word()}_x`]: true }),
        ],
        [
          'length',
          'contract.value',
          (v) => ({ tool: 'add_column', name: v.word(), values: [1, 2, 3, v.integer(2, 9)] }),
        ],
        [
          'lengths',
          'contract.value',
          (v) => ({ tool: 'table', columns: { [v.word()]: [1, 2], [`${v.word()}_b`]: [1, 2, 3] } }),
        ],
        ['join-how', 'contract.value', (v) => ({ tool: 'join', on: 'id', how: v.word() })],
        ['join-types', 'contract.type', () => ({ tool: 'join_pair', left: 'id', right: 'born' })],
        ['filter', 'contract.type', (v) => ({ tool: 'filter', column: v.pick(['id', 'total']) })],
        ['width', 'contract.value', (v) => ({ tool: 'stack', columns: { [v.word()]: [1] } })],
        ['row', 'contract.value', (v) => ({ tool: 'row', number: v.integer(3, 99) })],
        ['write-denied', 'auth.denied', (v) => ({ tool: 'write', file: `/etc/${v.word()}.csv` })],
      ]),
    }
  },
}
