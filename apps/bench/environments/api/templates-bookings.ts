import { addBooking, addCustomer, cancelBooking, moveBooking } from './operations.ts'
import { byHand, call, cursorsOf, customerOf, hold, later, OPEN, roomOf, spoken, wait } from './solution.ts'
import type { Template } from './tasks.ts'
import type { Booking, Venue } from './venue.ts'

const confirmed = ({ bookings }: Venue) => bookings.filter(({ status }) => status === 'confirmed')

/** In the evening every room is free. */
const evening = (start: string, hour = 18): string => `${start.slice(0, 10)}T${hour}:00:00Z`

const wantedBy = ({ room, customer, start }: Booking) => {
  const begin = evening(start)
  return { room, customer, start: begin, end: later(begin, 2) }
}

export const BOOKING_TEMPLATES: readonly Template[] = [
  {
    name: 'book-a-room',
    split: 'train',
    jobs: (venue) =>
      confirmed(venue).map((booking) => {
        const wanted = wantedBy(booking)
        const { email } = customerOf(venue, booking)
        const { room, start, end } = wanted
        return {
          asks: `Book the room ${roomOf(venue, booking).name} for the customer ${email} on ${spoken(start)}, for two hours.`,
          solution: [
            ...[OPEN, call('find_customers', { email }), call('list_rooms', {})],
            ...[hold({ room, start, end }), call('create_booking', wanted)],
          ],
          expect: (expected) => addBooking(expected, wanted),
        }
      }),
  },
  {
    name: 'book-while-busy',
    split: 'test',
    jobs: (venue) =>
      confirmed(venue)
        .slice(20)
        .map((booking, index) => {
          const wanted = wantedBy(booking)
          const { room, start, end } = wanted
          return {
            asks: `Book ${room} for ${wanted.customer} on ${spoken(start)}, for two hours.`,
            solution: [...[OPEN, hold({ room, start, end }), wait(10)], call('create_booking', wanted)],
            expect: (expected) => addBooking(expected, wanted),
            options: { limit: 2, limitSays: index % 2 === 0 ? 'seconds' : 'date' },
          }
        }),
  },
  {
    name: 'book-for-a-newcomer',
    split: 'train',
    jobs: (venue) =>
      confirmed(venue)
        .slice(40)
        .map((booking, index) => {
          const name = ['Mara Nowak', 'Nils Olsen', 'Olga Petrova', 'Paul Quist', 'Rosa Silva'][
            index % 5
          ] as string
          const customer = {
            ...{ name, email: `${name.toLowerCase().replace(' ', '.')}@example.org` },
            ...{ country: ['PL', 'NO', 'BG', 'SE', 'PT'][index % 5] as string, tier: 'plus' as const },
          }
          const wanted = { ...wantedBy(booking), customer: 'cus-113' }
          const { room, start, end } = wanted
          return {
            asks: `Enter ${name} (${customer.email}, country ${customer.country}) as a customer of the tier plus, and book ${room} for them on ${spoken(start)}, for two hours.`,
            solution: [
              ...[OPEN, call('create_customer', customer)],
              ...[hold({ room, start, end }), call('create_booking', wanted)],
            ],
            expect(expected) {
              addCustomer(expected, customer)
              addBooking(expected, wanted)
            },
          }
        }),
  },
  {
    name: 'move-a-booking',
    split: 'train',
    jobs: (venue) =>
      confirmed(venue)
        .slice(10)
        .map(({ id, start, version }) => {
          const begin = evening(start, 19)
          const end = later(begin, 1)
          return {
            asks: `Move the booking ${id} to ${spoken(begin)}, for one hour.`,
            solution: [
              ...[OPEN, call('get_booking', { booking: id })],
              call('move_booking', { booking: id, start: begin, end, version }),
            ],
            expect: (expected) => moveBooking(expected, id, begin, end),
          }
        }),
  },
  {
    name: 'cancel-a-booking',
    split: 'train',
    jobs: (venue) =>
      confirmed(venue)
        .slice(3)
        .map((booking) => {
          const date = booking.start.slice(0, 10)
          const { room } = booking
          return {
            asks: `The customer of the booking of ${roomOf(venue, booking).name} (${room}) on ${date} asks to cancel it. Do so.`,
            solution: [
              ...[OPEN, call('list_bookings', { room, date, status: 'confirmed' })],
              call('cancel_booking', { booking: booking.id, reason: 'customer_request' }),
            ],
            expect: (expected) => cancelBooking(expected, booking.id, 'customer_request'),
          }
        }),
  },
  {
    name: 'close-a-room',
    split: 'test',
    jobs: (venue) =>
      venue.rooms.map((room) => {
        const all = confirmed(venue).filter((one) => one.room === room.id)
        const ids = all.map(({ id }) => id)
        const list = { room: room.id, status: 'confirmed' }
        return {
          asks: `The room ${room.name} (${room.id}) is closed for maintenance. Cancel all of its bookings for this reason.`,
          solution: [
            ...[OPEN, call('list_bookings', list)],
            ...cursorsOf(ids).map((cursor) => call('list_bookings', { ...list, cursor })),
            ...ids.map((booking) => call('cancel_booking', { booking, reason: 'maintenance' })),
          ],
          expect(expected) {
            for (const id of ids) cancelBooking(expected, id, 'maintenance')
          },
        }
      }),
  },
  {
    name: 'move-by-hand',
    split: 'test',
    jobs: (venue) =>
      confirmed(venue)
        .slice(55)
        .map(({ id, start, version }) => {
          const begin = evening(start, 20)
          const body = { start: begin, end: later(begin, 2) }
          return {
            asks: `Move the booking ${id} to ${spoken(begin)}, for two hours. Use requests of your own.`,
            solution: [
              ...[OPEN, byHand('GET', `/v1/bookings/${id}`)],
              byHand('PATCH', `/v1/bookings/${id}`, { headers: { 'If-Match': `"${version}"` }, body }),
            ],
            expect: (expected) => moveBooking(expected, id, body.start, body.end),
          }
        }),
  },
]
