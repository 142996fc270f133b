import type { JsonObject } from '@lifeharness/core'
import { VERSION } from '../../../environments/api/state.ts'
import type { Failure, Half } from './failure.ts'
import type { Called, Course } from './run-calls.ts'

const OPEN: Called = ['open_session', {}]
const before = [OPEN]
const versioned = { 'Api-Version': VERSION }
const http = (method: string, path: string, rest: JsonObject = {}): Called => [
  'http_request',
  { method, path, ...rest },
]
const sent = (method: string, path: string, rest: JsonObject = {}): Called =>
  http(method, path, { ...rest, headers: { ...versioned, ...((rest.headers ?? {}) as JsonObject) } })
const move = { start: '2026-05-05T18:00:00Z', end: '2026-05-05T19:00:00Z' }

function made(
  mechanism: string,
  rows: readonly (readonly [Half, Omit<Failure, 'mechanism' | 'half'>])[],
): Failure[] {
  return rows.map(([half, failure]) => ({ mechanism, half, before, ...failure }))
}

/** The same request with its header and without it. */
function unversioned(method: string, path: string, rest: JsonObject = {}): Pick<Failure, 'call' | 'meant'> {
  const headers = (rest.headers ?? {}) as JsonObject
  return {
    call: http(method, path, rest),
    meant: http(method, path, { ...rest, headers: { ...headers, ...versioned } }),
  }
}

export const MISSING_HEADERS = made('version header missing', [
  ['tune', unversioned('GET', '/v1/rooms')],
  ['tune', unversioned('GET', '/v1/customers', { headers: {} })],
  ['tune', unversioned('GET', '/v1/bookings', { headers: { Accept: 'application/json' } })],
  ['tune', unversioned('POST', '/v1/holds', { body: { room: 'room-1', ...move } })],
  ['final', unversioned('GET', '/v1/invoices', { query: { status: 'open' } })],
  ['final', unversioned('GET', '/v1/invoices/inv-5001', { headers: { Accept: '*/*' } })],
  ['final', unversioned('PATCH', '/v1/customers/cus-101', { body: { tier: 'plus' } })],
  ['final', unversioned('POST', '/v1/customers/cus-101/notes', { body: { text: 'x' } })],
  ['final', unversioned('DELETE', '/v1/session')],
])

const etag = (id: string, version: string): Called =>
  sent('PATCH', `/v1/bookings/${id}`, { headers: { 'If-Match': version }, body: move })

export const CONDITIONS = [
  ...made('version without quotes', [
    ['tune', { call: etag('bk-1001', '1'), meant: etag('bk-1001', '"1"') }],
    ['final', { call: etag('bk-1002', '2'), meant: etag('bk-1002', '"2"') }],
    ['final', { call: etag('bk-1003', '3'), meant: etag('bk-1003', '"3"') }],
  ]),
  ...made('no condition (428), a passed one (412)', [
    ['tune', { call: ['move_booking', { booking: 'bk-1001', ...move }], says: /version.*If-Match/s }],
    ['tune', { call: ['move_booking', { booking: 'bk-1001', ...move, version: 9 }], says: /Read it again/ }],
    ['final', { call: sent('PATCH', '/v1/bookings/bk-1002', { body: move }), says: /version.*If-Match/s }],
    ['final', { call: etag('bk-1002', '"9"'), says: /Read it again/ }],
  ]),
]

const payment = { invoice: 'inv-5001', amount: 4000, method: 'card' }
const other = { invoice: 'inv-5002', amount: 4700, method: 'card' }
const keyed = (body: JsonObject, key: string) =>
  sent('POST', '/v1/payments', { headers: { 'Idempotency-Key': key }, body })
const running =
  (body: JsonObject): Course['prepare'] =>
  ({ replies }) => {
    replies.set('a-key-of-ours', { request: `/v1/payments\n${JSON.stringify(body)}`, reply: 'running' })
  }

export const KEYS = [
  ...made('no idempotency key', [
    ['tune', { call: ['pay_invoice', payment], says: /key of your own/ }],
    ['final', { call: sent('POST', '/v1/payments', { body: payment }), says: /key of your own/ }],
  ]),
  ...made('key of another request', [
    [
      'tune',
      {
        before: [OPEN, ['pay_invoice', { ...payment, amount: 2000, idempotency_key: 'a-key-of-ours' }]],
        call: ['pay_invoice', { ...other, idempotency_key: 'a-key-of-ours' }],
        says: /belongs to another request/,
      },
    ],
    [
      'final',
      {
        before: [OPEN, keyed({ ...payment, amount: 2000 }, 'a-key-of-ours')],
        call: keyed(other, 'a-key-of-ours'),
        says: /belongs to another request/,
      },
    ],
  ]),
  ...made('key of a running request', [
    [
      'tune',
      {
        call: ['pay_invoice', { ...payment, idempotency_key: 'a-key-of-ours' }],
        ...{ prepare: running(payment), says: /same key/ },
      },
    ],
    ['final', { call: keyed(payment, 'a-key-of-ours'), prepare: running(payment), says: /same key/ }],
  ]),
] as Failure[]

export const PLACES = [
  ...made('parameters in the body of a GET', [
    [
      'tune',
      {
        call: sent('GET', '/v1/bookings', { body: { room: 'room-2' } }),
        meant: sent('GET', '/v1/bookings', { query: { room: 'room-2' } }),
      },
    ],
    [
      'final',
      {
        call: sent('GET', '/v1/invoices', { body: { status: 'open', customer: 'cus-103' } }),
        meant: sent('GET', '/v1/invoices', { query: { status: 'open', customer: 'cus-103' } }),
      },
    ],
    [
      'final',
      {
        call: sent('GET', '/v1/rooms', { body: { site: 'harbour' }, query: {} }),
        meant: sent('GET', '/v1/rooms', { query: { site: 'harbour' } }),
      },
    ],
  ]),
  ...made('body in the query', [
    [
      'tune',
      {
        call: sent('POST', '/v1/bookings/bk-1001/cancel', { query: { reason: 'no_show' } }),
        says: /"reason"/,
      },
    ],
    ['final', { call: sent('PATCH', '/v1/customers/cus-101', { query: { tier: 'plus' } }), says: /"tier"/ }],
    [
      'final',
      {
        call: sent('POST', '/v1/payments', {
          headers: { 'Idempotency-Key': 'a-key-of-ours' },
          query: payment,
        }),
        says: /"invoice"/,
      },
    ],
  ]),
  ...made('address for an id', [
    [
      'tune',
      { call: ['get_booking', { booking: '/bk-1001' }], meant: ['get_booking', { booking: 'bk-1001' }] },
    ],
    [
      'final',
      {
        call: ['cancel_booking', { booking: '/bk-1002', reason: 'no_show' }],
        meant: ['cancel_booking', { booking: 'bk-1002', reason: 'no_show' }],
      },
    ],
    // The pack knows no more of an address than that ids do not begin with a slash.
    ['final', { call: ['get_booking', { booking: '/v1/bookings/bk-1001' }] }],
  ]),
]

export const REFUSALS = [
  ...made('method that an address does not take (405)', [
    ['tune', { call: sent('DELETE', '/v1/rooms'), says: /takes only: "GET"/ }],
    ['tune', { call: sent('POST', '/v1/bookings/bk-1001'), says: /"GET", "PATCH"/ }],
    ['final', { call: sent('DELETE', '/v1/invoices/inv-5001'), says: /takes only: "GET"/ }],
    ['final', { call: sent('PATCH', '/v1/customers'), says: /"GET", "POST"/ }],
  ]),
  ...made('no access (401)', [
    ['tune', { call: ['list_rooms', {}], locked: true, says: /Do not guess/ }],
    ['final', { call: sent('POST', '/v1/payments', { body: payment }), locked: true, says: /Do not guess/ }],
  ]),
  ...made('media type (406, 415)', [
    [
      'tune',
      {
        call: sent('POST', '/v1/customers/cus-101/notes', {
          headers: { 'Content-Type': 'text/plain' },
          body: { text: 'x' },
        }),
        says: /"application\/json"/,
      },
    ],
    [
      'final',
      {
        call: sent('PATCH', '/v1/customers/cus-101', {
          headers: { 'Content-Type': 'text/json' },
          body: { tier: 'plus' },
        }),
        says: /"application\/json"/,
      },
    ],
    ['tune', { call: sent('GET', '/v1/rooms', { headers: { Accept: 'text/csv' } }) }],
    ['final', { call: sent('GET', '/v1/invoices', { headers: { Accept: 'application/xml' } }) }],
  ]),
  ...made('conflict (409)', [
    [
      'tune',
      {
        call: ['cancel_booking', { booking: 'bk-1004', reason: 'no_show' }],
        says: /in conflict/,
      },
    ],
    [
      'tune',
      {
        call: [
          'create_customer',
          { name: 'A', email: 'ada.brandt@example.com', country: 'DE', tier: 'plus' },
        ],
        says: /in conflict/,
      },
    ],
    ['final', { call: ['void_invoice', { invoice: 'inv-5003', reason: 'goodwill' }], says: /in conflict/ }],
    [
      'final',
      {
        call: ['pay_invoice', { ...payment, invoice: 'inv-5003', idempotency_key: 'a-key-of-ours' }],
        says: /in conflict/,
      },
    ],
    ['final', { call: ['move_booking', { booking: 'bk-1004', ...move, version: 1 }], says: /in conflict/ }],
  ]),
] as Failure[]
