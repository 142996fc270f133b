import type { EnvironmentTask, SolutionCall } from '../environment.ts'
import type { WorldOptions } from './state.ts'
import { BOOKING_TEMPLATES } from './templates-bookings.ts'
import { CUSTOMER_TEMPLATES } from './templates-customers.ts'
import { INVOICE_TEMPLATES } from './templates-invoices.ts'
import { openVenue, type Venue } from './venue.ts'

/** What one task of a template is about. */
export type Job = {
  asks: string
  solution: readonly SolutionCall[]
  /** Does to a venue what the task asks for. */
  expect(venue: Venue): void
  options?: WorldOptions
}

/** A kind of task: `jobs` finds in the venue what it can be asked of. */
export type Template = { name: string; split: EnvironmentTask['split']; jobs(venue: Venue): readonly Job[] }

export type VenueTask = EnvironmentTask & Omit<Job, 'asks'>

const PER_TEMPLATE = 5

export function venueTasks(): VenueTask[] {
  const templates = [...BOOKING_TEMPLATES, ...INVOICE_TEMPLATES, ...CUSTOMER_TEMPLATES]
  return templates.flatMap(({ name, split, jobs }) =>
    jobs(openVenue())
      .slice(0, PER_TEMPLATE)
      .map(({ asks, ...job }, index) => ({
        ...{ id: `${name}-${index + 1}`, template: name, split, turns: [asks] },
        ...job,
      })),
  )
}
