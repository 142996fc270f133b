export const TIERS = ['standard', 'plus', 'partner'] as const
export const CANCEL_REASONS = ['customer_request', 'no_show', 'maintenance'] as const
export const VOID_REASONS = ['duplicate', 'goodwill', 'billing_error'] as const
export const PAYMENT_METHODS = ['card', 'bank_transfer', 'cash'] as const
export const BOOKING_STATES = ['confirmed', 'cancelled'] as const
export const INVOICE_STATES = ['open', 'paid', 'void'] as const

export type Room = { id: string; name: string; site: string; capacity: number; hourly: number }
export type Customer = {
  id: string
  name: string
  email: string
  country: string
  tier: (typeof TIERS)[number]
  notes: string[]
}
export type Booking = {
  id: string
  room: string
  customer: string
  start: string
  end: string
  status: (typeof BOOKING_STATES)[number]
  reason?: (typeof CANCEL_REASONS)[number]
  version: number
}
export type Invoice = {
  id: string
  customer: string
  booking: string
  /** In cents. */
  amount: number
  due: string
  status: (typeof INVOICE_STATES)[number]
  reason?: (typeof VOID_REASONS)[number]
}
export type Payment = {
  id: string
  invoice: string
  amount: number
  method: (typeof PAYMENT_METHODS)[number]
}

/** A house that rents rooms. */
export type Venue = {
  rooms: Room[]
  customers: Customer[]
  bookings: Booking[]
  invoices: Invoice[]
  payments: Payment[]
}

export const OPENING = Date.UTC(2026, 4, 4, 8)
const DAY = 86_400_000
const HOUR = 3_600_000
const ROOMS = ['Anchor', 'Beacon', 'Compass', 'Dock', 'Ensign', 'Fathom', 'Galley', 'Hawser']
const PEOPLE: readonly (readonly [string, string])[] = [
  ['Ada Brandt', 'DE'],
  ['Bruno Costa', 'PT'],
  ['Chiara Donati', 'IT'],
  ['Dmitri Egorov', 'EE'],
  ['Elin Fors', 'SE'],
  ['Farid Ghani', 'FR'],
  ['Greta Holm', 'DK'],
  ['Hugo Ibarra', 'ES'],
  ['Ines Jansen', 'NL'],
  ['Jonas Keller', 'CH'],
  ['Klara Lund', 'NO'],
  ['Liam Murphy', 'IE'],
]
const BOOKINGS = 96

/** The venue as each task finds it. No two bookings of a room are on the same day. */
export function openVenue(): Venue {
  const rooms = ROOMS.map((name, index) => ({
    id: `room-${index + 1}`,
    name,
    site: index % 2 === 0 ? 'harbour' : 'old-town',
    capacity: 4 + 2 * index,
    hourly: 2_000 + 350 * index,
  }))
  const customers = PEOPLE.map(([name, country], index) => ({
    ...{ id: `cus-${101 + index}`, name, email: emailOf(name), country },
    tier: TIERS[index % 3] as Customer['tier'],
    notes: [],
  }))
  const venue: Venue = { rooms, customers, bookings: [], invoices: [], payments: [] }
  for (let index = 0; index < BOOKINGS; index++) {
    const room = rooms[index % rooms.length] as Room
    const customer = (customers[(index * 5) % customers.length] as Customer).id
    const start = OPENING + (index % 25) * DAY + (1 + (index % 3)) * HOUR
    const hours = 1 + (index % 4)
    const cancelled = index % 11 === 3
    const id = `bk-${1001 + index}`
    venue.bookings.push({
      ...{ id, room: room.id, customer, start: instant(start), end: instant(start + hours * HOUR) },
      ...(cancelled
        ? { status: 'cancelled' as const, reason: 'no_show' as const }
        : { status: 'confirmed' as const }),
      version: 1 + (index % 3),
    })
    venue.invoices.push({
      ...{ id: `inv-${5001 + index}`, customer, booking: id, amount: hours * room.hourly },
      due: instant(start + 14 * DAY).slice(0, 10),
      status: cancelled ? 'void' : index % 5 === 2 ? 'paid' : 'open',
      ...(cancelled ? { reason: 'goodwill' as const } : {}),
    })
  }
  return venue
}

export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

function emailOf(name: string): string {
  return `${name.toLowerCase().replace(' ', '.')}@example.com`
}

/**
 * What a task is judged by. Neither the ids of what is new nor versions count: they tell in which order things were done,
 * and how often they were tried.
 */
export function judged(venue: Venue): string {
  const email = new Map(venue.customers.map((customer) => [customer.id, customer.email]))
  const { rooms, customers, bookings, invoices, payments } = venue
  return JSON.stringify([
    rows(rooms),
    rows(customers.map(({ id: _, notes, ...rest }) => ({ ...rest, notes: [...notes].sort() }))),
    rows(
      bookings.map(({ id, version: _, customer, ...rest }) => {
        const isNew = Number(id.slice(3)) > 1_000 + BOOKINGS
        return { ...rest, customer: email.get(customer) ?? customer, id: isNew ? 'new' : id }
      }),
    ),
    rows(invoices),
    rows(payments.map(({ id: _, ...rest }) => rest)),
  ])
}

function rows(of: readonly object[]): string[] {
  return of.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort()
}
