import type { Json, JsonObject } from '@lifeharness/core'
import type { Refund } from './shop.ts'
import { type Day, dayInWords, type Mind, type PlannedStep, type Seen } from './task.ts'

/** Steps that templates are made of. */

type OrderOf = (seen: Seen) => number | undefined

const known =
  (order: number): OrderOf =>
  () =>
    order

export function setStatus(order: number | OrderOf, status: string, goal = 'status'): PlannedStep {
  const orderOf = typeof order === 'number' ? known(order) : order
  return { goal, tool: 'set_order_status', input: (seen) => withOrder(orderOf(seen), { status }) }
}

export function checkAddress(order: number | OrderOf): PlannedStep {
  const orderOf = typeof order === 'number' ? known(order) : order
  return { goal: 'address', tool: 'check_address', input: (seen) => withOrder(orderOf(seen), {}) }
}

export function bookPickup(order: number | OrderOf, day: Day, window: string): PlannedStep {
  const orderOf = typeof order === 'number' ? known(order) : order
  return {
    goal: 'pickup',
    tool: 'book_pickup',
    input: (seen) => withOrder(orderOf(seen), { date: day.iso, window }),
  }
}

function withOrder(order: number | undefined, rest: JsonObject): JsonObject | undefined {
  return order === undefined ? undefined : { order_no: order, ...rest }
}

export function readNote(path: string): PlannedStep {
  return { goal: 'note', tool: 'read_text_file', input: () => ({ path }) }
}

/** What a note says, as the agent has read it. */
export function noted(
  seen: Seen,
): { order: number; date: string; window: string; status: string } | undefined {
  const text = textOf(seen.get('note'))
  const order = /order (\d+)/i.exec(text ?? '')?.[1]
  if (!text || !order) return undefined
  return {
    order: Number(order),
    date: dayInWords(text) ?? '',
    window: text.includes('morning') ? 'FORENOON' : 'AFTERNOON',
    status: /now (\w+)/.exec(text)?.[1] ?? '',
  }
}

/** The text of an MCP result. */
export function textOf(result: Json | undefined): string | undefined {
  const content = (result as { content?: { text?: string }[] } | undefined)?.content
  return content?.map(({ text = '' }) => text).join('\n')
}

export function payBack(refund: Refund, orderOf?: OrderOf): PlannedStep {
  return {
    goal: 'refund',
    tool: 'refund_order',
    input: (seen) => (orderOf && orderOf(seen) === undefined ? undefined : { ...refund }),
  }
}

export function findCustomer(name: string): PlannedStep {
  return { goal: 'customer', tool: 'find_customers', input: () => ({ name }) }
}

/** The customer that the agent takes from the rows it was given: by city, or just the first. */
export function listOrders(city: string): PlannedStep {
  return {
    goal: 'orders',
    tool: 'list_orders',
    input(seen, { takesFirstRow }: Mind) {
      const rows = (seen.get('customer') as { customers?: { id: number; city: string }[] } | undefined)
        ?.customers
      const row = takesFirstRow ? rows?.[0] : rows?.find((customer) => customer.city === city)
      return row && { customer_no: row.id }
    },
  }
}

/** The n-th pending order among those that the agent has listed. */
export function pendingOrder(position: number): OrderOf {
  return (seen) => {
    const rows = (seen.get('orders') as { orders?: { id: number; status: string }[] } | undefined)?.orders
    return rows?.filter(({ status }) => status === 'pending')[position]?.id
  }
}

export function trackParcel(ref: string, goal = 'parcel'): PlannedStep {
  return { goal, tool: 'track_parcel', input: () => ({ ref }) }
}

export function stateOf(seen: Seen, goal = 'parcel'): string | undefined {
  return (seen.get(goal) as { state?: string } | undefined)?.state
}

export function countOrders(city: string, status: string): PlannedStep {
  const of = `FROM orders JOIN customers ON customers.id = customer_id WHERE city = '${city}'`
  return {
    goal: 'count',
    tool: 'run_sql',
    input: (_, { forgetsFilter }) => ({
      query: `SELECT count(*) AS n ${of}${forgetsFilter ? '' : ` AND status = '${status}'`}`,
    }),
  }
}

export function counted(seen: Seen): number | undefined {
  return (seen.get('count') as { rows?: { n: number }[] } | undefined)?.rows?.[0]?.n
}

export function writeFile(path: string, text: (seen: Seen) => string | undefined): PlannedStep {
  return {
    goal: 'file',
    tool: 'write_file',
    input(seen) {
      const content = text(seen)
      return content === undefined ? undefined : { path, content }
    },
  }
}
