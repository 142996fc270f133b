import { DatabaseSync } from 'node:sqlite'
import { type ToolSet, tool, zodSchema } from 'ai'
import { z } from 'zod'

/** The shop's database: SQLite, in memory, one for each episode. */

export const STATUSES = ['pending', 'packed', 'shipped', 'shelved', 'withdrawn'] as const
export type Status = (typeof STATUSES)[number]

export type Customer = { id: number; name: string; city: string; depot: 'EU' | 'US' }
export type Order = { id: number; customer: Customer; status: Status; item: string }

const NAMES = [
  'Mara Lind',
  'Tomas Weller',
  'Ines Okafor',
  'Piotr Sand',
  'Leila Haddad',
  'Owen Marsh',
  'Nadia Brandt',
  'Felix Moreau',
  'Aiko Tanaka',
  'Ruben Castell',
  'Greta Nilsen',
  'Samir Dutt',
  'Clara Voss',
  'Jonas Reed',
  'Yara Costa',
  'Hugo Peters',
] as const
const CITIES = [
  ['Lyon', 'EU'],
  ['Tulsa', 'US'],
  ['Ghent', 'EU'],
  ['Fresno', 'US'],
  ['Turin', 'EU'],
  ['Bremen', 'EU'],
  ['Tampa', 'US'],
  ['Porto', 'EU'],
] as const
const ITEMS = ['desk lamp', 'kettle', 'atlas', 'rucksack', 'radio', 'chess set'] as const
const ORDERS_EACH = 5

/** Two customers of each name, in different cities: who takes the first row takes the wrong one half of the time. */
export const CUSTOMERS: readonly Customer[] = NAMES.flatMap((name, index) =>
  [0, 3].map((shift): Customer => {
    const [city, depot] = CITIES[(index + shift) % CITIES.length]!
    return { id: 11 + 2 * index + (shift === 0 ? 0 : 1), name, city, depot }
  }),
)

export const ORDERS: readonly Order[] = CUSTOMERS.flatMap((customer) =>
  Array.from({ length: ORDERS_EACH }, (_, index): Order => {
    const mixed = customer.id * 7 + index * 13
    const status = index === 0 ? 'pending' : STATUSES[mixed % STATUSES.length]!
    return {
      id: 1000 + (customer.id - 11) * ORDERS_EACH + index,
      customer,
      status,
      item: ITEMS[mixed % ITEMS.length]!,
    }
  }),
)

export function openShop(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.exec(SETUP)
  return db
}

const SETUP = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, item TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN (${STATUSES.map((status) => `'${status}'`).join(', ')})));
CREATE TABLE refunds (order_no INTEGER NOT NULL, currency TEXT NOT NULL, reason TEXT NOT NULL, amount_cents INTEGER NOT NULL);
INSERT INTO customers VALUES ${CUSTOMERS.map(({ id, name, city }) => `(${id}, '${name}', '${city}')`).join(', ')};
INSERT INTO orders VALUES ${ORDERS.map(({ id, customer, item, status }) => `(${id}, ${customer.id}, '${item}', '${status}')`).join(', ')};
`

export type Refund = { order_no: number; currency: string; reason: string; amount_cents: number }

export function refundsIn(db: DatabaseSync): Refund[] {
  return db.prepare('SELECT order_no, currency, reason, amount_cents FROM refunds').all() as Refund[]
}

/** How many orders stand at each status, and how many refunds there are: the state that the layer records with calls. */
export function shopState(db: DatabaseSync): Record<string, number> {
  const rows = db.prepare('SELECT status, count(*) AS n FROM orders GROUP BY status').all() as {
    status: string
    n: number
  }[]
  return { ...Object.fromEntries(rows.map(({ status, n }) => [status, n])), refunds: refundsIn(db).length }
}

/** The status of every order, for the judge. */
export function orderStates(db: DatabaseSync): Map<number, string> {
  const rows = db.prepare('SELECT id, status FROM orders').all() as { id: number; status: string }[]
  return new Map(rows.map(({ id, status }) => [id, status]))
}

/** Made once: their JSON Schema is asked for at every turn of every episode. */
const INPUT = {
  findCustomers: zodSchema(z.strictObject({ name: z.string() })),
  listOrders: zodSchema(z.strictObject({ customer_no: z.int() })),
  setOrderStatus: zodSchema(z.strictObject({ order_no: z.int(), status: z.enum(STATUSES) })),
  refundOrder: zodSchema(
    z.strictObject({
      order_no: z.int(),
      currency: z.enum(['EUR', 'USD']),
      reason: z.string(),
      amount_cents: z.int().positive(),
    }),
  ),
  runSql: zodSchema(z.strictObject({ query: z.string() })),
}

export function shopTools(db: DatabaseSync): ToolSet {
  return {
    find_customers: tool({
      description: 'Customers with this name, with id and city.',
      inputSchema: INPUT.findCustomers,
      execute: async ({ name }) => ({
        customers: db.prepare('SELECT id, name, city FROM customers WHERE name = ? ORDER BY id').all(name),
      }),
    }),
    list_orders: tool({
      description: 'The orders of one customer.',
      inputSchema: INPUT.listOrders,
      execute: async ({ customer_no }) => ({
        orders: db
          .prepare('SELECT id, item, status FROM orders WHERE customer_id = ? ORDER BY id')
          .all(customer_no),
      }),
    }),
    set_order_status: tool({
      description: 'Sets the status of one order.',
      inputSchema: INPUT.setOrderStatus,
      execute: async ({ order_no, status }) => {
        const { changes } = db.prepare('UPDATE orders SET status = ? WHERE id = ?').run(status, order_no)
        if (changes === 0) throw new Error(`there is no order ${order_no}`)
        return { order_no, status }
      },
    }),
    refund_order: tool({
      description: 'Pays money back for an order.',
      inputSchema: INPUT.refundOrder,
      execute: async ({ order_no, currency, reason, amount_cents }) => {
        const values = [order_no, currency, reason, amount_cents]
        db.prepare('INSERT INTO refunds VALUES (?, ?, ?, ?)').run(...values)
        return { order_no, refunded: true }
      },
    }),
    run_sql: tool({
      description:
        'Runs one SELECT on tables customers(id, name, city), orders(id, customer_id, item, status).',
      inputSchema: INPUT.runSql,
      execute: async ({ query }) => {
        if (!/^\s*select\b/i.test(query)) throw new Error('only SELECT is allowed')
        return { rows: db.prepare(query).all() }
      },
    }),
  }
}
