import { found } from './operations.ts'
import { byHand, call, OPEN } from './solution.ts'
import type { Template } from './tasks.ts'
import { TIERS, type Venue } from './venue.ts'

const TIER_QUERY = 'query Bookings($id: ID!) { customer(id: $id) { bookings(status: CONFIRMED) { id } } }'
const ROOMS_QUERY =
  'query Rooms($site: String) { rooms(site: $site) { id name bookings(status: CONFIRMED) { id } } }'

const bookingsOf = (venue: Venue, of: { room?: string; customer?: string }) =>
  venue.bookings.filter(
    ({ room, customer, status }) =>
      status === 'confirmed' && room === (of.room ?? room) && customer === (of.customer ?? customer),
  ).length

export const CUSTOMER_TEMPLATES: readonly Template[] = [
  {
    name: 'change-a-customer',
    split: 'train',
    jobs: (venue) =>
      venue.customers.map(({ id, email, country, tier }, index) => {
        const next = TIERS[(TIERS.indexOf(tier) + 1) % TIERS.length] as (typeof TIERS)[number]
        const change = { country: country === 'AT' ? 'BE' : index % 2 === 0 ? 'AT' : 'LU', tier: next }
        return {
          asks: `The customer ${email} has moved to ${change.country} and now belongs to the tier ${next}. Enter that.`,
          solution: [
            OPEN,
            call('find_customers', { email }),
            call('update_customer', { customer: id, ...change }),
          ],
          expect: (expected) => Object.assign(found(expected.customers, id, 'customer'), change),
        }
      }),
  },
  {
    name: 'note-by-hand',
    split: 'train',
    jobs: (venue) =>
      venue.customers.slice(2).map(({ id, name }, index) => {
        const text = [
          'prefers mornings',
          'asks for a projector',
          'pays late',
          'comes by ship',
          'brings a dog',
        ][index % 5] as string
        return {
          asks: `Leave the note "${text}" with ${name} (${id}). Use a request of your own.`,
          solution: [OPEN, byHand('POST', `/v1/customers/${id}/notes`, { body: { text } })],
          expect: (expected) => found(expected.customers, id, 'customer').notes.push(text),
        }
      }),
  },
  {
    name: 'count-bookings',
    split: 'train',
    jobs: (venue) =>
      venue.customers.slice(6).map(({ id, name }) => {
        const text = `bookings: ${bookingsOf(venue, { customer: id })}`
        return {
          asks: `Count the confirmed bookings of ${name} (${id}) with a GraphQL query, and leave the note "bookings: N".`,
          solution: [
            ...[OPEN, call('graphql', { query: TIER_QUERY, variables: { id } })],
            call('add_note', { customer: id, text }),
          ],
          expect: (expected) => found(expected.customers, id, 'customer').notes.push(text),
        }
      }),
  },
  {
    name: 'busiest-room',
    split: 'test',
    jobs: (venue) =>
      venue.customers.slice(1).map(({ id, name }, index) => {
        const site = index % 2 === 0 ? 'harbour' : 'old-town'
        const [busiest] = venue.rooms
          .filter((room) => room.site === site)
          .sort((a, b) => bookingsOf(venue, { room: b.id }) - bookingsOf(venue, { room: a.id }))
        const text = `busiest: ${busiest?.name}`
        return {
          asks: `Find the room at ${site} with the most confirmed bookings (the first of several) with a GraphQL query, and leave the note "busiest: NAME" with ${name} (${id}).`,
          solution: [
            ...[OPEN, call('graphql', { query: ROOMS_QUERY, variables: { site } })],
            call('add_note', { customer: id, text }),
          ],
          expect: (expected) => found(expected.customers, id, 'customer').notes.push(text),
        }
      }),
  },
]
