import { Problem } from './problem.ts'
import type { Booking, Customer, Invoice, Payment, Venue } from './venue.ts'

/** What the venue lets one do, whoever asks: the server for an agent, a task for what is expected. */

export function found<Row extends { id: string }>(rows: readonly Row[], id: string, what: string): Row {
  const row = rows.find((one) => one.id === id)
  if (!row) throw new Problem(404, `${what}-not-found`, `There is no ${what} ${id}.`)
  return row
}

export function addCustomer(
  venue: Venue,
  { name, email, country, tier }: Pick<Customer, 'name' | 'email' | 'country' | 'tier'>,
): Customer {
  if (venue.customers.some((one) => one.email === email))
    throw new Problem(409, 'email-taken', `A customer with the address ${email} exists already.`)
  const customer = { id: `cus-${101 + venue.customers.length}`, name, email, country, tier, notes: [] }
  venue.customers.push(customer)
  return customer
}

export function addBooking(
  venue: Venue,
  { room, customer, start, end }: Pick<Booking, 'room' | 'customer' | 'start' | 'end'>,
): Booking {
  found(venue.rooms, room, 'room')
  found(venue.customers, customer, 'customer')
  mustBeFree(venue, room, start, end)
  const id = `bk-${1001 + venue.bookings.length}`
  const booking: Booking = { id, room, customer, start, end, status: 'confirmed', version: 1 }
  venue.bookings.push(booking)
  return booking
}

export function moveBooking(venue: Venue, id: string, start: string, end: string): Booking {
  const booking = found(venue.bookings, id, 'booking')
  if (booking.status === 'cancelled') throw new Problem(409, 'cancelled', `${id} is cancelled.`)
  mustBeFree(venue, booking.room, start, end, id)
  Object.assign(booking, { start, end, version: booking.version + 1 })
  return booking
}

export function cancelBooking(venue: Venue, id: string, reason: NonNullable<Booking['reason']>): Booking {
  const booking = found(venue.bookings, id, 'booking')
  if (booking.status === 'cancelled')
    throw new Problem(409, 'already-cancelled', `${id} is cancelled already.`)
  Object.assign(booking, { status: 'cancelled', reason, version: booking.version + 1 })
  return booking
}

export function pay(
  venue: Venue,
  { invoice: id, amount, method }: Pick<Payment, 'invoice' | 'amount' | 'method'>,
): Payment {
  const invoice = found(venue.invoices, id, 'invoice')
  if (invoice.status !== 'open') throw new Problem(409, 'not-open', `${id} is ${invoice.status} already.`)
  if (amount !== invoice.amount)
    throw new Problem(422, 'amount', `The payment does not settle ${id}.`, {
      errors: [{ pointer: '/amount', detail: `must be the amount due, ${invoice.amount} cents` }],
    })
  invoice.status = 'paid'
  const payment = { id: `pay-${7001 + venue.payments.length}`, invoice: id, amount, method }
  venue.payments.push(payment)
  return payment
}

export function voidInvoice(venue: Venue, id: string, reason: NonNullable<Invoice['reason']>): Invoice {
  const invoice = found(venue.invoices, id, 'invoice')
  if (invoice.status !== 'open') throw new Problem(409, 'not-open', `${id} is ${invoice.status} already.`)
  return Object.assign(invoice, { status: 'void', reason } as const)
}

function mustBeFree(venue: Venue, room: string, start: string, end: string, but?: string): void {
  const other = venue.bookings.find(
    (one) =>
      one.room === room &&
      one.id !== but &&
      one.status === 'confirmed' &&
      Date.parse(one.start) < Date.parse(end) &&
      Date.parse(start) < Date.parse(one.end),
  )
  if (other) throw new Problem(409, 'room-taken', `${room} is taken then by ${other.id}.`)
}
