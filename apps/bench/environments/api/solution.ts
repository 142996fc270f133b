import type { JsonObject } from '@lifeharness/core'
import type { SolutionCall } from '../environment.ts'
import { VERSION } from './state.ts'
import type { Booking, Customer, Room, Venue } from './venue.ts'

/** The first step of every task. */
export const OPEN: SolutionCall = { tool: 'open_session', input: {}, role: 'prerequisite' }

export function call(tool: string, input: JsonObject): SolutionCall {
  return { tool, input }
}

/** What a booking needs. */
export function hold(input: JsonObject): SolutionCall {
  return { tool: 'hold_room', input, role: 'prerequisite' }
}

/** What a server needs that is busy or down: who is in a hurry asks at once, and is refused. */
export function wait(seconds: number): SolutionCall {
  return { tool: 'wait', input: { seconds }, role: 'prerequisite' }
}

/** A request by hand, with the header that every one needs. */
export function byHand(method: string, path: string, rest: JsonObject = {}): SolutionCall {
  const { headers, ...other } = rest
  return call('http_request', {
    ...{ method, path, headers: { 'Api-Version': VERSION, ...(headers as JsonObject | undefined) } },
    ...other,
  })
}

export function customerOf(venue: Venue, { customer }: { customer: string }): Customer {
  return venue.customers.find(({ id }) => id === customer) as Customer
}

export function roomOf(venue: Venue, { room }: Pick<Booking, 'room'>): Room {
  return venue.rooms.find(({ id }) => id === room) as Room
}

/** A time as people write it, in the venue's own zone. */
export function spoken(instant: string): string {
  const date = new Date(instant)
  const month = date.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' })
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()} at ${instant.slice(11, 16)} UTC`
}

export function later(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString().replace('.000Z', 'Z')
}

/** Cursor-free paging of what a solution knows: the cursor after each full page of a list. */
export function cursorsOf(ids: readonly string[], size = 5): string[] {
  const full = ids.filter((_, index) => (index + 1) % size === 0 && index + 1 < ids.length)
  return full.map((id) => Buffer.from(`after ${id}`).toString('base64url'))
}
