import type { Json, JsonObject } from '@lifeharness/core'
import type { EnvironmentTool } from '../environment.ts'
import { request, type Sent, send } from './client.ts'
import type { World } from './state.ts'

/** What a tool takes, besides the server. */
const TOOL_MS = 400
const text = { type: 'string' }
const status = { type: 'string', description: 'Only those in this state.' }
const page = {
  limit: { type: 'integer', minimum: 1 },
  cursor: { type: 'string', description: 'Where to go on.' },
}

type TypedTool = {
  name: string
  description: string
  properties: JsonObject
  required: readonly string[]
  sends(input: JsonObject): Sent
}

/** The tools that know one request each. What the server demands of a value they do not say, as few do. */
const TYPED: readonly TypedTool[] = [
  {
    name: 'open_session',
    description: 'Opens the session of this desk.',
    ...{ properties: {}, required: [] },
    sends: () => ({ method: 'POST', path: '/v1/session' }),
  },
  {
    name: 'list_rooms',
    description: 'Lists the rooms.',
    ...{ properties: { site: text }, required: [] },
    sends: (query) => ({ method: 'GET', path: '/v1/rooms', query }),
  },
  {
    name: 'find_customers',
    description: 'Lists customers.',
    ...{ properties: { email: text, ...page }, required: [] },
    sends: (query) => ({ method: 'GET', path: '/v1/customers', query }),
  },
  {
    name: 'create_customer',
    description: 'Enters a new customer.',
    properties: { name: text, email: text, country: text, tier: text },
    required: ['name', 'email', 'country', 'tier'],
    sends: (body) => ({ method: 'POST', path: '/v1/customers', body }),
  },
  {
    name: 'update_customer',
    description: 'Changes what is known of a customer.',
    ...{ properties: { customer: text, country: text, tier: text }, required: ['customer'] },
    sends: ({ customer, ...body }) => ({ method: 'PATCH', path: `/v1/customers/${part(customer)}`, body }),
  },
  {
    name: 'add_note',
    description: 'Adds a note to a customer.',
    ...{ properties: { customer: text, text }, required: ['customer', 'text'] },
    sends: ({ customer, ...body }) => ({
      method: 'POST',
      path: `/v1/customers/${part(customer)}/notes`,
      body,
    }),
  },
  {
    name: 'list_bookings',
    description: 'Lists bookings, page by page.',
    ...{ properties: { customer: text, room: text, date: text, status, ...page }, required: [] },
    sends: (query) => ({ method: 'GET', path: '/v1/bookings', query }),
  },
  {
    name: 'get_booking',
    description: 'Shows one booking.',
    ...{ properties: { booking: text }, required: ['booking'] },
    sends: ({ booking }) => ({ method: 'GET', path: `/v1/bookings/${part(booking)}` }),
  },
  {
    name: 'hold_room',
    description: 'Keeps a room for a few minutes.',
    ...{ properties: { room: text, start: text, end: text }, required: ['room', 'start', 'end'] },
    sends: (body) => ({ method: 'POST', path: '/v1/holds', body }),
  },
  {
    name: 'create_booking',
    description: 'Books a room for a customer.',
    properties: { room: text, customer: text, start: text, end: text },
    required: ['room', 'customer', 'start', 'end'],
    sends: (body) => ({ method: 'POST', path: '/v1/bookings', body }),
  },
  {
    name: 'move_booking',
    description: 'Moves a booking to another time.',
    properties: { booking: text, start: text, end: text, version: { type: 'integer' } },
    required: ['booking', 'start', 'end'],
    sends: ({ booking, version, ...body }) => ({
      ...{ method: 'PATCH', path: `/v1/bookings/${part(booking)}`, body },
      ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
    }),
  },
  {
    name: 'cancel_booking',
    description: 'Cancels a booking.',
    ...{ properties: { booking: text, reason: text }, required: ['booking', 'reason'] },
    sends: ({ booking, ...body }) => ({ method: 'POST', path: `/v1/bookings/${part(booking)}/cancel`, body }),
  },
  {
    name: 'list_invoices',
    description: 'Lists invoices, page by page.',
    ...{ properties: { customer: text, status, ...page }, required: [] },
    sends: (query) => ({ method: 'GET', path: '/v1/invoices', query }),
  },
  {
    name: 'pay_invoice',
    description: 'Enters a payment. Amounts are in cents.',
    properties: {
      ...{ invoice: text, amount: { type: 'number' }, method: text },
      idempotency_key: { type: 'string', description: 'Marks this payment.' },
    },
    required: ['invoice', 'amount', 'method'],
    sends: ({ idempotency_key, ...body }) => ({
      ...{ method: 'POST', path: '/v1/payments', body },
      ...(idempotency_key === undefined ? {} : { headers: { 'idempotency-key': idempotency_key } }),
    }),
  },
  {
    name: 'void_invoice',
    description: 'Makes an invoice void.',
    ...{ properties: { invoice: text, reason: text }, required: ['invoice', 'reason'] },
    sends: ({ invoice, ...body }) => ({ method: 'POST', path: `/v1/invoices/${part(invoice)}/void`, body }),
  },
  {
    name: 'graphql',
    description: 'Asks the venue in GraphQL: rooms, customers, their bookings and invoices.',
    ...{ properties: { query: text, variables: { type: 'object' } }, required: ['query'] },
    sends: (body) => ({ method: 'POST', path: '/v1/graphql', body }),
  },
]

const GENERIC = {
  name: 'http_request',
  description: 'Sends a request to the interface of the venue, which begins at /v1. The access key is added.',
  inputSchema: {
    type: 'object',
    properties: {
      method: { type: 'string', enum: ['GET', 'POST', 'PATCH', 'DELETE'] },
      ...{ path: text, headers: { type: 'object' }, query: { type: 'object' }, body: { type: 'object' } },
    },
    required: ['method', 'path'],
    additionalProperties: false,
  },
}

const WAIT = {
  name: 'wait',
  description: 'Waits.',
  inputSchema: {
    type: 'object',
    properties: { seconds: { type: 'number', minimum: 0, maximum: 120 } },
    required: ['seconds'],
    additionalProperties: false,
  },
}

/** The tools of one task. Called when it is over, they reach no other one: their key is of no use there. */
export function venueTools(world: World, url: string): EnvironmentTool[] {
  const access = { url, key: world.key }
  const timed =
    (execute: (input: JsonObject) => unknown) =>
    async (input: JsonObject): Promise<unknown> => {
      world.clock.advance(TOOL_MS)
      return execute(input)
    }
  return [
    ...TYPED.map(({ name, description, properties, required, sends }) => ({
      ...{ name, description },
      inputSchema: {
        ...{ type: 'object', properties, required: [...required], additionalProperties: false },
      } as JsonObject,
      execute: timed((input) => request(access, sends(input))),
    })),
    { ...GENERIC, execute: timed((input) => send(access, input as Sent)) },
    {
      ...WAIT,
      execute({ seconds }) {
        world.clock.advance(Number(seconds) * 1_000)
        return `Waited ${seconds} s.`
      },
    },
  ]
}

function part(id: Json | undefined): string {
  return encodeURIComponent(String(id))
}
