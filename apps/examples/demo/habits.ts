import { basename } from 'node:path'
import type { JsonObject } from '@lifeharness/core'

/**
 * How the scripted model writes right calls wrongly. Each is a habit: in an episode it has it or not, with this
 * probability, and then shows it at every call of the tool.
 */
export type Habit = {
  name: string
  tool: string
  /** The argument that is written wrongly, by its right name. */
  argument: string
  probability: number
  /** Undefined where there is nothing to get wrong. */
  write(input: JsonObject): JsonObject | undefined
  /** Whether an advice in a result says what to do instead. */
  isNamed(advice: string, meant: JsonObject): boolean
}

export const HABITS: readonly Habit[] = [
  changed('status with a capital letter', 'set_order_status', 'status', 0.35, (status) => capital(status)),
  changed('number as text', 'set_order_status', 'order_no', 0.2, String),
  changed('number as text', 'list_orders', 'customer_no', 0.2, String),
  renamed('customerNo for customer_no', 'list_orders', 'customer_no', 'customerNo', 0.3),
  renamed('orderNo for order_no', 'check_address', 'order_no', 'orderNo', 0.25),
  changed('date as month/day/year', 'book_pickup', 'date', 0.35, (date) => slashed(date, 'month')),
  changed('date as day/month/year', 'book_pickup', 'date', 0.08, (date) => slashed(date, 'day')),
  changed('window in small letters', 'book_pickup', 'window', 0.3, (window) => window.toLowerCase()),
  changed('bare file name', 'read_text_file', 'path', 0.45, (path) => basename(path)),
  {
    ...changed('whole units for cents', 'refund_order', 'amount_cents', 0.4, (cents) =>
      String(Number(cents) / 100),
    ),
    // That it must be a number does not say a number of what.
    isNamed: () => false,
  },
  changed('parcel without its depot', 'track_parcel', 'ref', 0.15, (ref) => ref.replace(/^[A-Z]+-/, '')),
]

function changed(
  name: string,
  tool: string,
  argument: string,
  probability: number,
  rewrite: (text: string) => string | undefined,
): Habit {
  return {
    name,
    tool,
    argument,
    probability,
    write(input) {
      const value = input[argument]
      const written = value === undefined ? undefined : rewrite(String(value))
      return written === undefined || written === value ? undefined : { ...input, [argument]: written }
    },
    isNamed(advice, meant) {
      const beginning = /must begin with "([^"]*)"/.exec(advice)?.[1]
      return advice.includes(`"${argument}"`) && String(meant[argument]).startsWith(beginning ?? '')
    },
  }
}

function renamed(name: string, tool: string, right: string, wrong: string, probability: number): Habit {
  return {
    name,
    tool,
    argument: right,
    probability,
    write(input) {
      if (!(right in input)) return undefined
      const { [right]: value, ...rest } = input
      return { [wrong]: value!, ...rest }
    },
    isNamed: (advice) => advice.includes(`"${right}"`),
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function slashed(date: string, first: 'month' | 'day'): string | undefined {
  const [year, month, day] = date.split('-')
  // Whoever has written the date otherwise already does not write it in a third way.
  if (!day) return undefined
  return first === 'month' ? `${month}/${day}/${year}` : `${day}/${month}/${year}`
}
