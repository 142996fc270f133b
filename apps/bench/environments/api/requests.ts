import * as v from 'valibot'
import { type FieldError, Problem } from './problem.ts'
import {
  BOOKING_STATES,
  CANCEL_REASONS,
  INVOICE_STATES,
  PAYMENT_METHODS,
  TIERS,
  VOID_REASONS,
} from './venue.ts'

/** Bodies and queries that the server takes: strict, as APIs are that others build on. */

const instant = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    'must be an RFC 3339 date-time in UTC, like 2026-05-04T09:00:00Z',
  ),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'is no date of the calendar'),
)
const day = v.pipe(v.string(), v.isoDate('must be a full-date of RFC 3339, like 2026-05-04'))
const cents = v.pipe(v.number(), v.integer('must be a whole number of cents'), v.minValue(1))
const page = {
  limit: v.optional(v.pipe(v.string(), v.regex(/^[1-5]$/, 'must be a whole number from 1 to 5'))),
  cursor: v.optional(v.string()),
}
const span = { start: instant, end: instant }

export const bodies = {
  hold: v.strictObject({ room: v.string(), ...span }),
  booking: v.strictObject({ room: v.string(), customer: v.string(), ...span }),
  move: v.strictObject(span),
  cancel: v.strictObject({ reason: v.picklist(CANCEL_REASONS) }),
  customer: v.strictObject({
    name: v.pipe(v.string(), v.minLength(1)),
    email: v.pipe(v.string(), v.email('must be an e-mail address')),
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country code of ISO 3166-1, like DE')),
    tier: v.picklist(TIERS),
  }),
  customerChange: v.strictObject({
    tier: v.optional(v.picklist(TIERS)),
    country: v.optional(
      v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country code of ISO 3166-1, like DE')),
    ),
  }),
  note: v.strictObject({ text: v.pipe(v.string(), v.minLength(1)) }),
  payment: v.strictObject({ invoice: v.string(), amount: cents, method: v.picklist(PAYMENT_METHODS) }),
  voiding: v.strictObject({ reason: v.picklist(VOID_REASONS) }),
  graphql: v.object({
    query: v.string(),
    variables: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  }),
}

export const queries = {
  none: v.strictObject({}),
  rooms: v.strictObject({ site: v.optional(v.string()) }),
  customers: v.strictObject({ email: v.optional(v.string()), ...page }),
  bookings: v.strictObject({
    ...{ customer: v.optional(v.string()), room: v.optional(v.string()), date: v.optional(day) },
    ...{ status: v.optional(v.picklist(BOOKING_STATES)), ...page },
  }),
  invoices: v.strictObject({
    ...{ customer: v.optional(v.string()), status: v.optional(v.picklist(INVOICE_STATES)), ...page },
  }),
}

/** @throws Problem 422 that names every member at fault */
export function checkedBody<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value)
  if (success) return output
  const errors = issues.map((issue): FieldError => ({ pointer: `/${placeOf(issue)}`, detail: said(issue) }))
  throw new Problem(422, 'invalid-body', detailOf(errors), { errors })
}

/** @throws Problem 400 that names every parameter at fault */
export function checkedQuery<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value)
  if (success) return output
  const errors = issues.map((issue): FieldError => ({ parameter: placeOf(issue), detail: said(issue) }))
  throw new Problem(400, 'invalid-query', detailOf(errors), { errors })
}

function placeOf({ path }: v.BaseIssue<unknown>): string {
  return (path ?? []).map(({ key }) => String(key)).join('/')
}

/** The validator words a surplus and a missing member by its own types. */
function said({ type, expected, received, message }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && expected === 'never') return 'is not known here'
  if (received === 'undefined') return 'is required'
  return message
}

function detailOf(errors: readonly FieldError[]): string {
  return errors.map(({ pointer, parameter, detail }) => `${pointer ?? parameter} ${detail}`).join('; ')
}
