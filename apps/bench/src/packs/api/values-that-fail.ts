import type { JsonObject } from '@lifeharness/core'
import { type Fault, VERSION } from '../../../environments/api/state.ts'
import type { Failure, Half } from './failure.ts'
import type { Called } from './run-calls.ts'

const OPEN: Called = ['open_session', {}]
const before = [OPEN]
type Row = readonly [Half, Omit<Failure, 'mechanism' | 'half'>]
const made = (mechanism: string, rows: readonly Row[]): Failure[] =>
  rows.map(([half, failure]) => ({ mechanism, half, before, ...failure }))

/** One argument is written otherwise than it is meant. */
const otherwise = (
  tool: string,
  input: JsonObject,
  name: string,
  written: string,
): Omit<Failure, 'mechanism' | 'half'> => ({
  call: [tool, { ...input, [name]: written }],
  meant: [tool, input],
})
const held = { room: 'room-1', start: '2026-05-05T18:00:00Z', end: '2026-05-05T19:00:00Z' }
const dated = (written: string) => otherwise('list_bookings', { date: '2026-05-13' }, 'date', written)

export const VALUES = [
  ...made('date in another form', [
    ...(['2026/05/13', '13 May 2026', 'May 13, 2026'] as const).map((text): Row => ['tune', dated(text)]),
    ...(['20260513', '13/05/2026', '13.05.2026', '05/13/2026'] as const).map(
      (text): Row => ['final', dated(text)],
    ),
    // The pack has no such form.
    ['final', dated('13th of May 2026')],
  ]),
  ...made('time in another form', [
    ['tune', otherwise('hold_room', held, 'start', '2026-05-05T18:00:00.000Z')],
    ['tune', otherwise('hold_room', held, 'end', '2026-05-05T19:00:00+00:00')],
    ['final', otherwise('hold_room', held, 'start', '2026-05-05 18:00:00Z')],
    ['final', otherwise('hold_room', held, 'end', '2026-05-05T19:00Z')],
    [
      'final',
      {
        ...otherwise(
          'move_booking',
          { booking: 'bk-1001', start: held.start, end: held.end, version: 1 },
          'start',
          '2026-05-05T18:00:00.000Z',
        ),
      },
    ],
    // Whose six o'clock that is nobody knows.
    ['final', { call: ['hold_room', { ...held, start: '2026-05-05T18:00:00' }] }],
  ]),
  ...made('choice in other words', [
    ['tune', otherwise('list_bookings', { status: 'confirmed' }, 'status', 'Confirmed')],
    ['tune', otherwise('list_bookings', { status: 'cancelled' }, 'status', 'CANCELLED')],
    [
      'tune',
      otherwise(
        'pay_invoice',
        { invoice: 'inv-5001', amount: 2000, method: 'bank_transfer', idempotency_key: 'a-key-of-ours' },
        'method',
        'Bank Transfer',
      ),
    ],
    [
      'final',
      otherwise(
        'pay_invoice',
        { invoice: 'inv-5001', amount: 2000, method: 'bank_transfer', idempotency_key: 'a-key-of-ours' },
        'method',
        'bank-transfer',
      ),
    ],
    ['final', otherwise('cancel_booking', { booking: 'bk-1001', reason: 'no_show' }, 'reason', 'No Show')],
    [
      'final',
      otherwise(
        'cancel_booking',
        { booking: 'bk-1001', reason: 'customer_request' },
        'reason',
        'customerRequest',
      ),
    ],
    [
      'final',
      otherwise('void_invoice', { invoice: 'inv-5001', reason: 'billing_error' }, 'reason', 'BILLING_ERROR'),
    ],
    ['final', otherwise('update_customer', { customer: 'cus-101', tier: 'plus' }, 'tier', 'Plus')],
    ['final', otherwise('list_invoices', { customer: 'cus-101', status: 'paid' }, 'status', 'Paid')],
    // Another word is another value.
    ['final', { call: ['list_bookings', { status: 'canceled' }] }],
  ]),
]

const limit = (requests: number, limitSays: 'seconds' | 'date' = 'seconds') => ({
  options: { limit: requests, limitSays },
})
const out = (method: string, path: string, rest: Partial<Fault> = {}) => ({
  options: { faults: [{ method, path, kind: 'unavailable' as const, untilMs: 4_000, ...rest }] },
})
const get = (path: string): Called => [
  'http_request',
  { method: 'GET', path, headers: { 'Api-Version': VERSION } },
]
const repeated = (call: Called, trouble: Pick<Failure, 'options'>): Omit<Failure, 'mechanism' | 'half'> => ({
  call,
  meant: call,
  ...trouble,
})
const payment: Called = [
  'pay_invoice',
  { invoice: 'inv-5001', amount: 2000, method: 'card', idempotency_key: 'a-key-of-ours' },
]
const paymentByHand: Called = [
  'http_request',
  {
    ...{
      method: 'POST',
      path: '/v1/payments',
      headers: { 'Api-Version': VERSION, 'Idempotency-Key': 'a-key-of-ours' },
    },
    body: { invoice: 'inv-5001', amount: 2000, method: 'card' },
  },
]

export const AVAILABILITY = [
  ...made('too many requests, of what reads', [
    ['tune', repeated(['list_rooms', {}], limit(1))],
    ['tune', repeated(['find_customers', { email: 'x' }], limit(1, 'date'))],
    ['final', repeated(['list_invoices', { customer: 'cus-101', status: 'paid' }], limit(1))],
    ['final', repeated(['get_booking', { booking: 'bk-1001' }], limit(1, 'date'))],
    ['final', repeated(get('/v1/rooms'), limit(1))],
    ['final', repeated(get('/v1/invoices/inv-5001'), limit(1, 'date'))],
  ]),
  ...made('not available, of what reads', [
    ['tune', repeated(['list_rooms', {}], out('GET', '/v1/rooms'))],
    [
      'tune',
      repeated(['get_booking', { booking: 'bk-1001' }], out('GET', '/v1/bookings/bk-1001', { says: 'date' })),
    ],
    ['final', repeated(get('/v1/rooms'), out('GET', '/v1/rooms'))],
    [
      'final',
      repeated(
        ['list_bookings', { room: 'room-1', date: '2026-05-04' }],
        out('GET', '/v1/bookings', { says: 'date' }),
      ),
    ],
    [
      'final',
      repeated(
        get('/v1/invoices/inv-5001'),
        out('GET', '/v1/invoices/inv-5001', { says: 'nothing', untilMs: 2_000 }),
      ),
    ],
  ]),
  ...made('not available, of what has a key', [
    ['tune', repeated(payment, out('POST', '/v1/payments'))],
    [
      'tune',
      repeated(payment, {
        options: { faults: [{ method: 'POST', path: '/v1/payments', kind: 'lost', times: 1 }] },
      }),
    ],
    ['final', repeated(paymentByHand, out('POST', '/v1/payments', { says: 'date' }))],
    [
      'final',
      repeated(paymentByHand, {
        options: { faults: [{ method: 'POST', path: '/v1/payments', kind: 'lost', times: 1 }] },
      }),
    ],
  ]),
  ...made('busy or not available, of what may act twice', [
    ['tune', { call: ['add_note', { customer: 'cus-101', text: 'x' }], says: /wait \d+ s/, ...limit(1) }],
    [
      'tune',
      {
        call: ['add_note', { customer: 'cus-101', text: 'x' }],
        says: /wait \d+ s/,
        ...out('POST', '/v1/customers/cus-101/notes', { kind: 'lost', times: 1 }),
      },
    ],
    [
      'final',
      {
        call: ['cancel_booking', { booking: 'bk-1001', reason: 'no_show' }],
        says: /wait \d+ s/,
        ...limit(1, 'date'),
      },
    ],
    [
      'final',
      {
        call: ['void_invoice', { invoice: 'inv-5001', reason: 'goodwill' }],
        says: /wait \d+ s/,
        ...out('POST', '/v1/invoices/inv-5001/void'),
      },
    ],
    ['final', { call: ['hold_room', held], says: /later/, ...out('POST', '/v1/holds', { says: 'nothing' }) }],
  ]),
] as Failure[]

const asked = (query: string): Called => ['graphql', { query }]

export const GRAPHQL = [
  ...made('GraphQL answers in part', [
    [
      'tune',
      { call: asked('{ rooms { id } room(id: "room-99") { id } }'), says: /in part.*"room"/s, silent: true },
    ],
    [
      'final',
      {
        call: asked('{ a: booking(id: "bk-1001") { id } b: booking(id: "bk-9") { id } }'),
        says: /in part.*"b"/s,
        silent: true,
      },
    ],
    [
      'final',
      {
        call: asked('{ customers { id } customer(id: "cus-9") { id } }'),
        says: /in part.*"customer"/s,
        silent: true,
      },
    ],
  ]),
  ...made('GraphQL refuses inside a success', [
    ['tune', { call: asked('{ rooms { size } }'), says: /not answered/ }],
    ['tune', { call: asked('{ rooms { id '), says: /not answered/ }],
    ['final', { call: asked('query Q($id: ID!) { room(id: $id) { id } }'), says: /not answered/ }],
    [
      'final',
      { call: asked('{ room(id: "room-1") { bookings(status: confirmed) { id } } }'), says: /not answered/ },
    ],
    ['final', { call: asked('{ customer(id: "cus-9") { id } }'), says: /not answered/ }],
  ]),
] as Failure[]

export const COURSES = [
  ...made('one page taken for all', [
    ['tune', { call: ['list_bookings', { room: 'room-1' }], says: /There is more.*"cursor"/s, silent: true }],
    [
      'final',
      { call: ['list_invoices', { status: 'open' }], says: /There is more.*"cursor"/s, silent: true },
    ],
    ['final', { call: ['find_customers', {}], says: /There is more.*"cursor"/s, silent: true }],
  ]),
  ...made('first step left out', [
    [
      'tune',
      {
        before: [],
        call: ['list_bookings', { date: '2026-05-04' }],
        meant: ['list_bookings', { date: '2026-05-04' }],
      },
    ],
    ['final', { before: [], call: payment, meant: payment }],
    ['final', { before: [], call: asked('{ rooms { id } }'), meant: asked('{ rooms { id } }') }],
    [
      'final',
      {
        before: [],
        call: ['cancel_booking', { booking: 'bk-1001', reason: 'no_show' }],
        meant: ['cancel_booking', { booking: 'bk-1001', reason: 'no_show' }],
      },
    ],
    // Which step a booking needs the pack does not know.
    ['final', { call: ['create_booking', { ...held, customer: 'cus-101' }], says: /in conflict/ }],
  ]),
] as Failure[]
