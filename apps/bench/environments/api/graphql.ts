import type { JsonObject } from '@lifeharness/core'
import { buildSchema, GraphQLError, graphql } from 'graphql'
import { found } from './operations.ts'
import { Problem } from './problem.ts'
import { bodies, checkedBody } from './requests.ts'
import type { Reply, World } from './state.ts'
import { BOOKING_STATES, INVOICE_STATES, type Venue } from './venue.ts'

const upper = (values: readonly string[]) => values.map((value) => value.toUpperCase()).join(' ')

const SCHEMA = buildSchema(`
  enum BookingStatus { ${upper(BOOKING_STATES)} }
  enum InvoiceStatus { ${upper(INVOICE_STATES)} }
  type Room { id: ID! name: String! site: String! capacity: Int! hourly: Int! bookings(status: BookingStatus): [Booking!]! }
  type Customer {
    id: ID! name: String! email: String! country: String! tier: String! notes: [String!]!
    bookings(status: BookingStatus): [Booking!]!
    invoices(status: InvoiceStatus): [Invoice!]!
  }
  type Booking { id: ID! room: String! customer: String! start: String! end: String! status: BookingStatus! version: Int! }
  type Invoice { id: ID! customer: String! booking: String! amount: Int! due: String! status: InvoiceStatus! }
  type Query {
    room(id: ID!): Room
    rooms(site: String): [Room!]!
    customer(id: ID!): Customer
    customers(email: String): [Customer!]!
    booking(id: ID!): Booking
  }
  type Mutation { addNote(customer: ID!, text: String!): Customer }
`)

type Status = { status?: string }

/** GraphQL over HTTP: what goes wrong in a query stands in an answer of status 200. */
export async function answerQuery({ venue }: World, body: unknown): Promise<Reply> {
  const { query, variables } = checkedBody(bodies.graphql, body)
  const result = await graphql({
    ...{ schema: SCHEMA, source: query, rootValue: rootOf(venue) },
    ...(variables ? { variableValues: variables } : {}),
  })
  return { status: 200, body: JSON.parse(JSON.stringify(result)) as JsonObject }
}

function rootOf(venue: Venue) {
  const withStatus = <Row extends { status: string }>(rows: readonly Row[], { status }: Status) =>
    rows
      .map((row) => ({ ...row, status: row.status.toUpperCase() }))
      .filter((row) => !status || row.status === status)
  const room = (one: Venue['rooms'][number]) => ({
    ...one,
    bookings: (wanted: Status) =>
      withStatus(
        venue.bookings.filter((booking) => booking.room === one.id),
        wanted,
      ),
  })
  const customer = (one: Venue['customers'][number]) => ({
    ...one,
    bookings: (wanted: Status) =>
      withStatus(
        venue.bookings.filter((booking) => booking.customer === one.id),
        wanted,
      ),
    invoices: (wanted: Status) =>
      withStatus(
        venue.invoices.filter((invoice) => invoice.customer === one.id),
        wanted,
      ),
  })
  return {
    room: ({ id }: { id: string }) => asGraphQL(() => room(found(venue.rooms, id, 'room'))),
    rooms: ({ site }: { site?: string }) => venue.rooms.filter((one) => !site || one.site === site).map(room),
    customer: ({ id }: { id: string }) => asGraphQL(() => customer(found(venue.customers, id, 'customer'))),
    customers: ({ email }: { email?: string }) =>
      venue.customers.filter((one) => !email || one.email === email).map(customer),
    booking: ({ id }: { id: string }) =>
      asGraphQL(() => withStatus([found(venue.bookings, id, 'booking')], {})[0]),
    addNote: ({ customer: id, text }: { customer: string; text: string }) =>
      asGraphQL(() => {
        const one = found(venue.customers, id, 'customer')
        one.notes.push(text)
        return customer(one)
      }),
  }
}

function asGraphQL<T>(resolve: () => T): T {
  try {
    return resolve()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new GraphQLError(error.message, { extensions: { code: 'NOT_FOUND' } })
  }
}
