// What makes each inducer propose.
import type { Draft } from '../intervention.ts'
import type { Json, JsonObject } from '../json.ts'
import type { ToolContract } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import type { Inducer } from './evidence.ts'
import { induce } from './induce.ts'
import { contract, episode, failed, minedFrom, ok, type Written } from './recording.test.support.ts'

export type Lesson = {
  /** Episodes from which the inducer learns. */
  episodes: Written[][]
  /** Calls of the kinds that it learns from and to: at random they succeed, or fail. */
  calls: Json[]
  contracts?: ToolContract[]
}

const closed = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
})
/** Each success has a result of its own: the same one again and again would be a loop. */
let results = 0
export const good = (input: Json, more: Partial<Written> = {}): Written =>
  ok(input, { result: results++, ...more })
const repair = (before: Json, after: Json, error = 'refused'): Written[] => [
  failed(before, error),
  good(after),
]
const member = (name: string, ...values: Json[]): Json[] => values.map((value) => ({ [name]: value }))
const repairs = (name: string, ...pairs: [Json, Json][]): Written[][] =>
  pairs.map(([before, after]) => repair({ [name]: before }, { [name]: after }))

const CABINS = ['economy', 'business']
const NAMES = ['tea', 'age_group', 'home_town', 'plan', 'city', 'job_name', 'pet', 'last_order']
const SHOPS = [
  ...[
    'SELECT Shop_ID FROM shop',
    'SELECT City, shop_id FROM shop',
    'SELECT City FROM shop WHERE Shop_ID = 1',
  ],
  ...['SELECT Name FROM employee WHERE Age > 3', 'SELECT e.Name FROM employee e'],
]

/** By the name under which an inducer signs its drafts. */
export const LESSONS: Record<string, Lesson> = {
  'repair-json': {
    episodes: [
      [failed(null, 'invalid JSON', { raw: '{"a": "one", "b": [1, 2,]}' }), good({ a: 'one', b: [1, 2] })],
    ],
    calls: [{ a: 'one' }, {}],
  },
  alias: {
    episodes: [repair({ order: 'W7239184' }, { order_id: 'W7239184' })],
    calls: [{ order: 'W1234' }, { order_id: 'W1234' }, { order: 'W1', order_id: 'W2' }, {}],
  },
  'tool-alias': {
    episodes: [1, 2, 3].map((index) => [
      failed({ q: `q${index}` }, 'no tool google', { tool: 'google' }),
      good({ q: `q${index}` }, { tool: 'search_web' }),
    ]),
    calls: member('q', 'a', 'b'),
    contracts: ['search_web', 'read_page', 'book'].map((name) => contract({ type: 'object' }, name)),
  },
  coercion: {
    episodes: repairs('value', ['4711', 4711], ['12', 12]),
    calls: member('value', '4711', 4711, 'all', '9', null),
  },
  contract: {
    episodes: [repair({ city: 'Rome', distance: '5 km' }, { city: 'Rome', distance: 5 })],
    calls: [
      { city: 'Oslo', distance: 3 },
      { city: 'Oslo', distance: '3 km' },
      { arguments: { city: 'Oslo', distance: 3 } },
    ],
    contracts: [
      contract(
        closed({ city: { type: 'string' }, distance: { type: 'number', description: 'Distance in km' } }),
      ),
    ],
  },
  'joined-list': {
    episodes: repairs('list', [['A', 'B'], 'A|B'], [['C', 'D'], 'C|D']),
    calls: member('list', ['A', 'B'], 'A|B', 'A', []),
  },
  'value-map': {
    episodes: repairs('cabin', ['Economy', 'economy'], ['BUSINESS', 'business']),
    calls: member('cabin', 'Economy', 'economy', 'business', 'Business'),
    contracts: [contract(closed({ cabin: { type: 'string', enum: CABINS } }))],
  },
  'learnt-map': {
    episodes: repairs('text', ['Wolves', 'Minnesota Wolves'], ['Wolves', 'Minnesota Wolves']),
    calls: member('text', 'Wolves', 'Minnesota Wolves', 'Bears'),
  },
  'date-format': {
    episodes: repairs('day', ['05/13/2024', '2024-05-13'], ['06/27/2024', '2024-06-27']),
    calls: member('day', '05/14/2024', '2024-05-14', '14/05/2024', 'today'),
  },
  'number-format': {
    episodes: [repair({ price: '1,234.50', item: 'a thing' }, { price: 1234.5, item: 'a thing' })],
    calls: [
      { price: '2,000.25', item: 'x' },
      { price: 2.5, item: 'x' },
      { price: '1234.50', item: 'x' },
    ],
  },
  affix: {
    episodes: [
      ...['red', 'green', 'blue', 'Long_Name', 'x1'].map((name) => [good({ path: `/data/in/${name}.xlsx` })]),
      ...repairs('path', ['a.xlsx', '/data/in/a.xlsx'], ['b2.xlsx', '/data/in/b2.xlsx']),
    ],
    calls: member('path', 'c.xlsx', '/data/in/c.xlsx', '/tmp/c.xlsx', 'sub/c.xlsx'),
  },
  exclusion: {
    episodes: repairs(
      'parent',
      ...['1', '2', '3'].map((id): [Json, Json] => [{ page_id: id, list_id: id }, { list_id: id }]),
    ),
    calls: member('parent', { page_id: '1', list_id: '2' }, { list_id: '1' }, { page_id: '1' }, {}),
  },
  respelling: {
    episodes: [
      ...NAMES.map((name) => [good({ key: name })]),
      ...repairs('key', ['Order_Anna', 'order_anna'], ['Tea_Kind', 'tea_kind']),
    ],
    calls: member('key', 'First_Name', 'first_name', 'Home-Town', 'x'),
  },
  command: {
    episodes: repairs(
      'command',
      ['find . -name "*.c" -type f 2>/dev/null', 'find . -name "*.c" -type f'],
      ['ls -la /data/in /data/out 2>/dev/null', 'ls -la /data/in /data/out'],
    ),
    calls: member('command', 'ls 2>/dev/null', 'ls', 'ls >out', "ls 'a b' 2>/dev/null"),
  },
  'sql-names': {
    episodes: [
      ...SHOPS.map((query) => [good({ query })]),
      ...[1, 2].map((id) =>
        repair(
          { query: `SELECT City FROM shops WHERE id = ${id}` },
          { query: `SELECT City FROM shop WHERE id = ${id}` },
          "Table 'shops' doesn't exist",
        ),
      ),
    ],
    calls: member('query', 'SELECT City FROM shops', 'SELECT City FROM shop', 'SELECT 1'),
  },
  'known-correction': {
    episodes: ['Rome', 'Oslo'].map((city) =>
      repair(
        { query: `SELECT name FROM shops WHERE city = '${city}'` },
        { query: `SELECT Name FROM shop WHERE City = '${city}'` },
        'no such table',
      ),
    ),
    calls: member(
      'query',
      "SELECT name FROM shops WHERE city = 'Bari'",
      "SELECT Name FROM shop WHERE City = 'Bari'",
    ),
  },
  'table-names': {
    episodes: [
      ...SHOPS.map((query) => [good({ query })]),
      [failed({ query: 'SELECT id FROM shop' }, "Unknown column 'id'")],
      [failed({ query: 'SELECT City FROM shops' }, "Table 'shops' doesn't exist")],
    ],
    calls: member('query', 'SELECT id FROM shop', 'SELECT City FROM shop'),
  },
  'drop-argument': {
    episodes: [1, 2, 3].map((index) =>
      repair(
        { city: `City ${index}`, why: `reason ${index}` },
        { city: `City ${index}` },
        'unexpected argument',
      ),
    ),
    calls: [{ city: 'Oslo', why: 'x' }, { city: 'Oslo' }, { why: 'x' }],
    contracts: [contract(closed({ city: { type: 'string' }, note: { type: 'string' } }, ['city']))],
  },
  retry: {
    episodes: [repair({ id: 1 }, { id: 1 }, '503 Service Unavailable')],
    calls: member('id', 1, 2),
  },
  'break-loop': {
    episodes: [
      Array.from({ length: 8 }, (_, index) => failed({ id: 1 }, `404 not found (request ${index})`)),
    ],
    calls: member('id', 1, 2),
  },
  totals: {
    episodes: [
      [
        failed(
          { order: 'x', payments: [{ amount: 200 }, { amount: 99 }] },
          'wrong sum: total is 375, but paid 299',
        ),
        good({ order: 'x', payments: [{ amount: 276 }, { amount: 99 }] }),
      ],
      [failed({ order: 'x', payments: [{ amount: 40 }] }, 'wrong sum: total is 50, but paid 40')],
    ],
    calls: member('payments', [{ amount: 200 }], [{ amount: 1 }, { amount: 2 }]),
  },
  'missing-argument': {
    episodes: ['u-17', 'u-18'].map((id) => [
      good({ name: 'Ann' }, { tool: 'find_user', result: { user: { id } } }),
      ...repair({ seat: 'A1' }, { seat: 'A1', user_id: id }, 'user_id is required'),
    ]),
    calls: [{ seat: 'A1' }, { seat: 'A1', user_id: 'u-1' }],
  },
  prerequisite: {
    episodes: ['c1', 'c2'].map((cart) => [
      failed({ cart }, 'Invalid operation: the cart is not open'),
      good({ id: cart }, { tool: 'load_cart' }),
      good({ cart }),
    ]),
    calls: member('cart', 'c1', 'c3'),
  },
  sequence: {
    episodes: ['c1', 'c2'].map((cart) => [
      failed({ cart }, 'Invalid operation: the cart has no delivery slot'),
      good({ name: 'Ann' }, { tool: 'find_user' }),
      good({ id: cart }, { tool: 'load_cart' }),
      good({ cart }),
    ]),
    calls: member('cart', 'c1', 'c3'),
  },
  unit: {
    episodes: repairs('price', ['$20', 20], ['$3.50', 3.5]),
    calls: member('price', '$20', 20, '5 EUR', '$1,000'),
    contracts: [contract(closed({ price: { type: 'number' } }))],
  },
  'named-source': {
    episodes: [
      [failed({}, 'hash is required', { tool: 'files_edit' }), good({ path: 'a' }, { tool: 'files_read' })],
    ],
    calls: [{}, { hash: 'x' }],
    contracts: [
      contract(closed({ hash: { type: 'string', description: 'Hash that files_read gave' } }), 'files_edit'),
    ],
  },
  'explain-error': {
    episodes: [[failed({ cabin: 'first' }, 'refused')]],
    calls: member('cabin', 'economy', 'first'),
    contracts: [contract(closed({ cabin: { type: 'string', enum: CABINS } }))],
  },
  'description-patch': {
    episodes: NAMES.map((name) => repair({ path: `${name}.csv` }, { path: `/data/${name}.csv` })),
    calls: member('path', '/data/sales.csv', '/data/stock.csv', 'staff.csv'),
    contracts: [contract(closed({ path: { type: 'string' } }))],
  },
}

export function recorded({ episodes, contracts = [] }: Lesson): Trajectory[] {
  return episodes.map((written, index) => episode(`e${index}`, written, { contracts }))
}

export async function draftsFrom(inducer: Inducer, trajectories: readonly Trajectory[]): Promise<Draft[]> {
  return induce(await minedFrom(trajectories), [inducer]).map(({ draft }) => draft)
}
