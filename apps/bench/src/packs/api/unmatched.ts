import type { JsonObject } from '@lifeharness/core'
import { VERSION } from '../../../environments/api/state.ts'
import { venueTasks } from '../../../environments/api/tasks.ts'
import type { Called, Course } from './run-calls.ts'

const OPEN: Called = ['open_session', {}]
const before = [OPEN]
const http = (method: string, path: string, rest: JsonObject = {}): Called => [
  'http_request',
  { method, path, ...rest, headers: { 'Api-Version': VERSION, ...((rest.headers ?? {}) as JsonObject) } },
]
const held = { room: 'room-1', start: '2026-05-05T18:00:00Z', end: '2026-05-05T19:00:00Z' }

/** Failures that only whoever made them can put right: nothing is changed, and nothing is said. */
const FAILURES: readonly Called[] = [
  ...[
    '2026-13-45',
    '05/06/2026',
    '6.5.2026',
    'tomorrow',
    '13 Mai 2026',
    '2026-05',
    '20261305',
    '1778630400',
  ].map((date): Called => ['list_bookings', { date }]),
  ...[
    '2026-05-05T18:00:00',
    '2026-05-05 18:00',
    '2026-05-05T18:00:00+02:00',
    '2026-05-05T18:00:00.250Z',
    '6 pm',
    '2026-05-05',
  ].map((start): Called => ['hold_room', { ...held, start }]),
  ...['conf', 'open', 'confirmed!', 'confirmed,cancelled', 'Storniert', '*'].map(
    (status): Called => ['list_bookings', { status }],
  ),
  ...['credit_card', 'Visa', 'crad', 'bank/transfer', 'Bank 2'].map(
    (method): Called => [
      'pay_invoice',
      { invoice: 'inv-5001', amount: 2000, method, idempotency_key: 'a-key-of-ours' },
    ],
  ),
  ...[2001, 20.5, 0, -1].map(
    (amount): Called => [
      'pay_invoice',
      { invoice: 'inv-5001', amount, method: 'card', idempotency_key: 'a-key-of-ours' },
    ],
  ),
  ['pay_invoice', { invoice: 'inv-5001', amount: 2000, method: 'card', idempotency_key: 'short' }],
  ...['Germany', 'de', 'DEU', ''].map(
    (country): Called => ['update_customer', { customer: 'cus-101', country }],
  ),
  ...['bk-9', 'inv-5001', '1001', '//bk-1001', 'bk-1001/cancel'].map(
    (booking): Called => ['get_booking', { booking }],
  ),
  ['hold_room', { ...held, end: held.start }],
  ['hold_room', { ...held, room: 'room-99' }],
  ['list_bookings', { cursor: 'bk-1001' }],
  ['list_invoices', { limit: 50 }],
  ['update_customer', { customer: 'cus-9', tier: 'plus' }],
  ['create_customer', { name: 'A', email: 'nobody', country: 'DE', tier: 'plus' }],
  http('GET', '/v1/nowhere'),
  http('GET', '/rooms'),
  http('GET', '/v1/rooms', { headers: { 'Api-Version': '2020-01-01' } }),
  ['http_request', { method: 'GET', path: '/v1/rooms', headers: { 'api-version': 'latest' } }],
  http('GET', '/v1/bookings', { query: { date: '05/13/2026' } }),
  http('GET', '/v1/bookings', { query: { colour: 'red' } }),
  http('GET', '/v1/bookings', { body: { room: 'room-1' }, query: { status: 'confirmed' } }),
  http('POST', '/v1/payments', {
    headers: { 'Idempotency-Key': 'x' },
    body: { invoice: 'inv-5001', amount: 2000, method: 'card' },
  }),
  http('POST', '/v1/customers', { body: { name: 7 } }),
  http('PATCH', '/v1/customers/cus-101', { body: { tier: 'gold' } }),
  http('DELETE', '/v1/nowhere'),
  ['graphql', {}],
]

/** Calls that succeed, or mean just what they say. */
const SUCCESSES: readonly Called[] = [
  ...[{ site: 'harbour' }, { site: 'Harbour' }, { site: '' }].map((input): Called => ['list_rooms', input]),
  ['find_customers', { email: 'ada.brandt@example.com' }],
  ['find_customers', { email: 'Bank Transfer' }],
  ['list_bookings', { date: '2026-05-13', room: 'room-1' }],
  ['list_invoices', { customer: 'cus-1', status: 'open' }],
  ['add_note', { customer: 'cus-101', text: '13 May 2026: /bk-1001, Bank Transfer, "3"' }],
  ['add_note', { customer: 'cus-101', text: '2026-05-05T18:00:00.000Z' }],
  ['hold_room', held],
  ['graphql', { query: '{ rooms { id } }' }],
  ['graphql', { query: '{ rooms(site: "errors") { id } }' }],
  [
    'graphql',
    { query: 'mutation { addNote(customer: "cus-101", text: "429 Too Many Requests") { notes } }' },
  ],
  http('GET', '/v1/rooms'),
  ['http_request', { method: 'GET', path: '/v1/rooms', headers: { 'api-version': VERSION } }],
  ['http_request', { method: 'GET', path: '/v1/rooms', headers: { 'API-VERSION': VERSION } }],
  http('GET', '/v1/customers', { query: { limit: '2' } }),
  http('GET', '/v1/bookings', { query: { date: '2026-05-13' } }),
  http('POST', '/v1/customers/cus-101/notes', { body: { text: 'If-Match: 3' } }),
  http('POST', '/v1/customers/cus-101/notes', {
    headers: { 'Idempotency-Key': 'a-key-of-ours' },
    body: { text: 'x' },
  }),
  http('PATCH', '/v1/bookings/bk-1001', {
    headers: { 'If-Match': '"1"' },
    body: { start: held.start, end: held.end },
  }),
  http('PATCH', '/v1/bookings/bk-1001', {
    headers: { 'if-match': '"1"' },
    body: { start: held.start, end: held.end },
  }),
  http('DELETE', '/v1/session'),
]

/** All that must stay as it is, and each call of the solutions after those before it. */
export function unmatched(): Course[] {
  const solutions = venueTasks().flatMap(({ solution, options = {} }) =>
    solution.map((last, index): Course => {
      const called = (one: (typeof solution)[number]): Called => [one.tool, one.input]
      return { before: solution.slice(0, index).map(called), call: called(last), options }
    }),
  )
  return [...[...FAILURES, ...SUCCESSES].map((call): Course => ({ before, call })), ...solutions]
}
