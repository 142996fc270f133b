import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '@lifeharness/core'
import type { Pickup, Workspace } from './dispatch.ts'
import { between, chance, type Key, pick } from './random.ts'
import { CUSTOMERS, type Customer, ORDERS, type Order, orderStates, type Refund, refundsIn } from './shop.ts'

/** One task of the agent: what it is told, how it can be done, and what the world must look like afterwards. */
export type Task = {
  id: string
  template: string
  /** On whose behalf. */
  subject: string
  /** What the agent is told. */
  text: string
  /** What lies in the inbox beforehand, by file name. */
  inbox: Readonly<Record<string, string>>
  /** The way a faultless agent would go. */
  plan: readonly PlannedStep[]
  expected: Expected
}

/** What the agent has been told by tools so far, by goal. */
export type Seen = ReadonlyMap<string, Json>

/** Ideas of the agent that are wrong but well-formed: no tool complains. */
export type Mind = { takesFirstRow: boolean; forgetsFilter: boolean }

export type PlannedStep = {
  goal: string
  tool: string
  /** The arguments as they should be written; undefined where a needed answer is missing. */
  input(seen: Seen, mind: Mind): JsonObject | undefined
}

/** The final state: orders that differ from the beginning, what was booked and paid, and the file that must be there. */
type Expected = {
  orders?: Readonly<Record<number, string>>
  pickups?: Readonly<Record<number, Pickup>>
  refund?: Refund
  file?: { name: string; text: string }
}

export type FinalState = {
  db: DatabaseSync
  workspace: Workspace
  file: string | undefined
}

/** Judges the world, never the transcript: exactly what was asked for has changed, and nothing else. */
export function isDone({ expected }: Task, { db, workspace, file }: FinalState): boolean {
  const { orders = {}, pickups = {}, refund } = expected
  const states = orderStates(db)
  return (
    ORDERS.every(({ id, status }) => states.get(id) === (orders[id] ?? status)) &&
    workspace.pickups.size === Object.keys(pickups).length &&
    [...workspace.pickups].every(
      ([id, { date, window }]) => pickups[id]?.date === date && pickups[id]?.window === window,
    ) &&
    isDeepStrictEqual(
      refundsIn(db).map((row) => ({ ...row })),
      refund ? [refund] : [],
    ) &&
    file?.trim() === expected.file?.text
  )
}

/** Customers (with their namesakes) and orders that only training sees, and those that only the evaluation sees. */
export type Pool = { customers: readonly Customer[]; orders: readonly Order[]; year: number }

const TRAINED = 20

export const TRAINING: Pool = poolOf(CUSTOMERS.slice(0, TRAINED), 2026)
export const UNSEEN: Pool = poolOf(CUSTOMERS.slice(TRAINED), 2027)

function poolOf(customers: readonly Customer[], year: number): Pool {
  return { customers, orders: ORDERS.filter(({ customer }) => customers.includes(customer)), year }
}

/** A template makes one task; equal keys make equal tasks. `serial` keeps file names apart. */
export type Template = (pool: Pool, serial: number, ...keys: Key[]) => Omit<Task, 'id' | 'template'>

export function makeTask(
  templates: Readonly<Record<string, Template>>,
  pool: Pool,
  serial: number,
  ...keys: Key[]
): Task {
  const template = pick(Object.keys(templates), 'template', ...keys)
  return { id: keys.join('-'), template, ...templates[template]!(pool, serial, ...keys) }
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

export type Day = { iso: string; words: string }

export function anyDay({ year }: Pool, ...keys: Key[]): Day {
  const month = between(1, 12, 'month', ...keys)
  const day = between(1, 28, 'day', ...keys)
  const two = (value: number) => String(value).padStart(2, '0')
  return { iso: `${year}-${two(month)}-${two(day)}`, words: `${MONTHS[month - 1]} ${day}, ${year}` }
}

export function anyWindow(...keys: Key[]): { window: 'FORENOON' | 'AFTERNOON'; words: string } {
  return chance('window', ...keys) < 0.5
    ? { window: 'FORENOON', words: 'in the morning' }
    : { window: 'AFTERNOON', words: 'in the afternoon' }
}

const REASONS = ['damaged in transit', 'too late', 'wrong size', 'sent back unopened'] as const

export function anyRefund({ id, customer }: Order, ...keys: Key[]): { refund: Refund; words: string } {
  const units = between(2, 30, 'amount', ...keys) * 2
  const currency = customer.depot === 'EU' ? 'EUR' : 'USD'
  const reason = pick(REASONS, 'reason', ...keys)
  return {
    refund: { order_no: id, currency, reason, amount_cents: units * 100 },
    words: `${units} ${currency}, ${reason}`,
  }
}

export function dayInWords(words: string): string | undefined {
  const [, month = '', day = '', year] = /(\w+) (\d+), (\d{4})/.exec(words) ?? []
  const index = MONTHS.indexOf(month)
  if (index < 0) return undefined
  return `${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
}
