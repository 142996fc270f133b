import type { JsonObject } from '@lifeharness/core'
import { addBooking, addCustomer, cancelBooking, found, moveBooking, pay, voidInvoice } from './operations.ts'
import { Problem } from './problem.ts'
import { bodies, checkedBody, checkedQuery, queries } from './requests.ts'
import { HOLD_MS, type Reply, SESSION_MS, type World } from './state.ts'
import { type Booking, instant } from './venue.ts'

export type Requested = {
  id: string
  query: JsonObject
  body: unknown
  header(name: string): string | undefined
}
export type Answer = (world: World, request: Requested) => Reply | Promise<Reply>

export const ROUTES: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  '/v1/session': {
    POST(world, { query }) {
      checkedQuery(queries.none, query)
      const until = world.clock.now() + SESSION_MS
      world.sessionUntil = until
      return { status: 201, body: { session: 'open', until: instant(until) } }
    },
    DELETE(world) {
      world.sessionUntil = 0
      return { status: 200, body: { session: 'closed' } }
    },
  },
  '/v1/rooms': {
    GET({ venue }, { query }) {
      const { site } = checkedQuery(queries.rooms, query)
      return { status: 200, body: { data: venue.rooms.filter((room) => !site || room.site === site) } }
    },
  },
  '/v1/customers': {
    GET({ venue }, { query }) {
      const { email, ...page } = checkedQuery(queries.customers, query)
      return paged(
        venue.customers.filter((one) => !email || one.email === email),
        page,
      )
    },
    POST({ venue }, { query, body }) {
      checkedQuery(queries.none, query)
      return { status: 201, body: addCustomer(venue, checkedBody(bodies.customer, body)) }
    },
  },
  '/v1/customers/:id': {
    GET: ({ venue }, { id }) => ({ status: 200, body: found(venue.customers, id, 'customer') }),
    PATCH({ venue }, { id, query, body }) {
      checkedQuery(queries.none, query)
      const customer = found(venue.customers, id, 'customer')
      return { status: 200, body: Object.assign(customer, checkedBody(bodies.customerChange, body)) }
    },
  },
  '/v1/customers/:id/notes': {
    POST({ venue }, { id, query, body }) {
      checkedQuery(queries.none, query)
      const { notes } = found(venue.customers, id, 'customer')
      notes.push(checkedBody(bodies.note, body).text)
      return { status: 201, body: { customer: id, notes: notes.length } }
    },
  },
  '/v1/holds': {
    POST({ venue, holds, clock }, { query, body }) {
      checkedQuery(queries.none, query)
      const hold = checkedBody(bodies.hold, body)
      mustBeInOrder(hold)
      found(venue.rooms, hold.room, 'room')
      const until = clock.now() + HOLD_MS
      holds.push({ ...hold, until })
      return { status: 201, body: { ...hold, until: instant(until) } }
    },
  },
  '/v1/bookings': {
    GET({ venue }, { query }) {
      const { customer, room, date, status, ...page } = checkedQuery(queries.bookings, query)
      const rows = venue.bookings.filter(
        (one) =>
          (!customer || one.customer === customer) &&
          (!room || one.room === room) &&
          (!date || one.start.startsWith(date)) &&
          (!status || one.status === status),
      )
      return paged(rows, page)
    },
    POST({ venue, holds, clock }, { query, body }) {
      checkedQuery(queries.none, query)
      const wanted = checkedBody(bodies.booking, body)
      mustBeInOrder(wanted)
      const held = holds.some(
        ({ room, start, end, until }) =>
          until > clock.now() && room === wanted.room && start === wanted.start && end === wanted.end,
      )
      if (!held) throw new Problem(409, 'hold-required', 'The room is not on hold for this time.')
      return bookingReply(addBooking(venue, wanted), 201)
    },
  },
  '/v1/bookings/:id': {
    GET: ({ venue }, { id }) => bookingReply(found(venue.bookings, id, 'booking')),
    PATCH({ venue }, { id, query, body, header }) {
      checkedQuery(queries.none, query)
      const { version } = found(venue.bookings, id, 'booking')
      const { start, end } = checkedBody(bodies.move, body)
      mustBeInOrder({ start, end })
      const condition = header('if-match')
      if (condition === undefined)
        throw new Problem(428, 'if-match-required', 'The header If-Match is required, with the version.')
      if (condition !== `"${version}"`)
        throw new Problem(412, 'version-mismatch', 'The booking has changed since; its version is another.')
      return bookingReply(moveBooking(venue, id, start, end))
    },
  },
  '/v1/bookings/:id/cancel': {
    POST({ venue }, { id, query, body }) {
      checkedQuery(queries.none, query)
      return bookingReply(cancelBooking(venue, id, checkedBody(bodies.cancel, body).reason))
    },
  },
  '/v1/invoices': {
    GET({ venue }, { query }) {
      const { customer, status, ...page } = checkedQuery(queries.invoices, query)
      return paged(
        venue.invoices.filter(
          (one) => (!customer || one.customer === customer) && (!status || one.status === status),
        ),
        page,
      )
    },
  },
  '/v1/invoices/:id': {
    GET: ({ venue }, { id }) => ({ status: 200, body: found(venue.invoices, id, 'invoice') }),
  },
  '/v1/invoices/:id/void': {
    POST({ venue }, { id, query, body }) {
      checkedQuery(queries.none, query)
      return { status: 200, body: voidInvoice(venue, id, checkedBody(bodies.voiding, body).reason) }
    },
  },
  '/v1/payments': {
    POST({ venue }, { query, body, header }) {
      checkedQuery(queries.none, query)
      if (header('idempotency-key') === undefined)
        throw new Problem(400, 'idempotency-key-required', 'The header Idempotency-Key is required.')
      return { status: 201, body: pay(venue, checkedBody(bodies.payment, body)) }
    },
  },
}

function bookingReply(booking: Booking, status = 200): Reply {
  return { status, body: { ...booking }, headers: { etag: `"${booking.version}"` } }
}

function mustBeInOrder({ start, end }: { start: string; end: string }): void {
  if (Date.parse(start) < Date.parse(end)) return
  throw new Problem(422, 'invalid-body', '/end must be after /start', {
    errors: [{ pointer: '/end', detail: 'must be after /start' }],
  })
}

/** Cursors are opaque; one of another list, or none at all, is refused. */
function paged(
  rows: readonly { id: string }[],
  { limit = '5', cursor }: { limit?: string | undefined; cursor?: string | undefined },
): Reply {
  let from = 0
  if (cursor !== undefined) {
    const last = Buffer.from(cursor, 'base64url').toString()
    from = rows.findIndex(({ id }) => `after ${id}` === last) + 1
    if (from === 0) throw new Problem(400, 'cursor', 'The cursor is not one that this list has given.')
  }
  const to = from + Number(limit)
  const next =
    to < rows.length
      ? Buffer.from(`after ${(rows[to - 1] as { id: string }).id}`).toString('base64url')
      : null
  return { status: 200, body: { data: rows.slice(from, to), next_cursor: next } }
}
