import { calculate } from './calculate.ts'
import {
  add,
  byCodePoint,
  copy,
  dumps,
  type Float,
  memberName,
  negate,
  numberOf,
  type PyObject,
  type PyValue,
  round2,
} from './python-json.ts'

export type RetailData = {
  orders: Record<string, Order>
  products: Record<string, Product>
  users: Record<string, User>
}
type Item = { name: string; product_id: string; item_id: string; price: PyValue; options: PyObject }
type Payment = { transaction_type: string; amount: PyValue; payment_method_id: string }
type Order = PyObject & {
  user_id: string
  status: string
  items: Item[]
  payment_history: Payment[]
}
type Variant = PyObject & { available: boolean; price: PyValue; options: PyObject }
type Product = { name: string; product_id: string; variants: Record<string, Variant> }
type Method = PyObject & { source: string; balance?: number | Float }
type User = PyObject & {
  email: string
  name: { first_name: string; last_name: string }
  address: PyObject & { zip: string }
  payment_methods: Record<string, Method>
}

/** Every argument there is; a tool takes those of its contract. */
type Input = {
  expression: string
  email: string
  first_name: string
  last_name: string
  zip: string
  order_id: string
  product_id: string
  user_id: string
  reason: string
  item_ids: string[]
  new_item_ids: string[]
  payment_method_id: string
} & Address
type Address = Record<'address1' | 'address2' | 'city' | 'state' | 'country' | 'zip', string>
type Tool = (data: RetailData, input: Input) => string

/** The tools of a shop's service desk. What goes wrong is a text that begins with `Error:`. */
export const RETAIL_TOOLS: Readonly<Record<string, Tool>> = {
  calculate: (_, { expression }) => calculate(expression),
  think: () => '',
  transfer_to_human_agents: () => 'Transfer successful',

  find_user_id_by_email: ({ users }, { email }) => {
    const wanted = lower(email)
    return (
      Object.keys(users).find((id) => users[id]?.email.toLowerCase() === wanted) ?? 'Error: user not found'
    )
  },
  find_user_id_by_name_zip: ({ users }, { first_name, last_name, zip }) => {
    const found = Object.entries(users).find(
      ([, { name, address }]) =>
        name.first_name.toLowerCase() === lower(first_name) &&
        name.last_name.toLowerCase() === lower(last_name) &&
        address.zip === zip,
    )
    return found?.[0] ?? 'Error: user not found'
  },
  get_order_details: ({ orders }, { order_id }) => shown(orders[order_id], 'order'),
  get_product_details: ({ products }, { product_id }) =>
    shown(products[memberName(product_id)] as PyValue | undefined, 'product'),
  get_user_details: ({ users }, { user_id }) => shown(users[user_id], 'user'),
  list_all_product_types: ({ products }) => {
    const named = Object.values(products).map(({ name, product_id }) => [name, product_id] as const)
    return dumps(Object.fromEntries(named.sort(([a], [b]) => byCodePoint(a, b))))
  },

  cancel_pending_order: (data, { order_id, reason }) => {
    const order = data.orders[order_id]
    if (!order) return 'Error: order not found'
    if (order.status !== 'pending') return 'Error: non-pending order cannot be cancelled'
    if (!['no longer needed', 'ordered by mistake'].includes(reason)) return 'Error: invalid reason'
    const refunds = order.payment_history.map(({ amount, payment_method_id }) => {
      if (payment_method_id.includes('gift_card'))
        pay(methodsOf(data, order)[payment_method_id], negate(amount))
      return { transaction_type: 'refund', amount, payment_method_id }
    })
    order.status = 'cancelled'
    order.cancel_reason = reason
    order.payment_history.push(...refunds)
    return dumps(order)
  },
  exchange_delivered_order_items: (data, input) => {
    const { item_ids, new_item_ids, payment_method_id } = input
    const replacement = replacementOf(data, input, 'delivered', 'non-delivered order cannot be exchanged')
    if (typeof replacement === 'string') return replacement
    const { order, method, difference } = replacement
    const rounded = round2(difference)
    if (method.source === 'gift_card' && balanceOf(method) < numberOf(rounded))
      return 'Error: insufficient gift card balance to pay for the price difference'
    order.status = 'exchange requested'
    order.exchange_items = [...item_ids].sort(byCodePoint)
    order.exchange_new_items = [...new_item_ids].sort(byCodePoint)
    order.exchange_payment_method_id = payment_method_id
    order.exchange_price_difference = rounded
    return dumps(order)
  },
  return_delivered_order_items: (data, { order_id, item_ids, payment_method_id }) => {
    const order = data.orders[order_id]
    if (!order) return 'Error: order not found'
    if (order.status !== 'delivered') return 'Error: non-delivered order cannot be returned'
    if (!methodsOf(data, order)[payment_method_id]) return 'Error: payment method not found'
    if (
      !payment_method_id.includes('gift_card') &&
      payment_method_id !== order.payment_history[0]?.payment_method_id
    )
      return 'Error: payment method should be either the original payment method or a gift card'
    if (missingItem(order, item_ids) !== undefined) return 'Error: some item not found'
    order.status = 'return requested'
    order.return_items = [...item_ids].sort(byCodePoint)
    order.return_payment_method_id = payment_method_id
    return dumps(order)
  },
  modify_pending_order_items: (data, input) => {
    const { item_ids, new_item_ids, payment_method_id } = input
    const replacement = replacementOf(data, input, 'pending', 'non-pending order cannot be modified')
    if (typeof replacement === 'string') return replacement
    const { order, method, difference } = replacement
    if (method.source === 'gift_card' && balanceOf(method) < numberOf(difference))
      return 'Error: insufficient gift card balance to pay for the new item'
    const rises = numberOf(difference) > 0
    order.payment_history.push({
      transaction_type: rises ? 'payment' : 'refund',
      amount: rises ? difference : negate(difference),
      payment_method_id,
    })
    if (method.source === 'gift_card') pay(method, difference)
    for (const [index, id] of item_ids.entries()) {
      const item = itemOf(order, id)
      const newId = new_item_ids[index] as string
      const variant = data.products[memberName(item.product_id)]?.variants[memberName(newId)] as Variant
      Object.assign(item, { item_id: newId, price: variant.price, options: copy(variant.options) })
    }
    order.status = 'pending (item modified)'
    return dumps(order)
  },
  modify_pending_order_payment: (data, { order_id, payment_method_id }) => {
    const order = data.orders[order_id]
    if (!order) return 'Error: order not found'
    if (order.status !== 'pending') return 'Error: non-pending order cannot be modified'
    const methods = methodsOf(data, order)
    const method = methods[payment_method_id]
    if (!method) return 'Error: payment method not found'
    const [first, ...others] = order.payment_history
    if (!first || others.length > 0 || first.transaction_type !== 'payment')
      return 'Error: there should be exactly one payment for a pending order'
    if (first.payment_method_id === payment_method_id)
      return 'Error: the new payment method should be different from the current one'
    const { amount, payment_method_id: former } = first
    if (method.source === 'gift_card' && balanceOf(method) < numberOf(amount))
      return 'Error: insufficient gift card balance to pay for the order'
    order.payment_history.push(
      { transaction_type: 'payment', amount, payment_method_id },
      { transaction_type: 'refund', amount, payment_method_id: former },
    )
    if (method.source === 'gift_card') pay(method, amount)
    if (former.includes('gift_card')) pay(methods[former], negate(amount))
    return dumps(order)
  },
  modify_pending_order_address: ({ orders }, { order_id, ...input }) => {
    const order = orders[order_id]
    if (!order) return 'Error: order not found'
    if (order.status !== 'pending') return 'Error: non-pending order cannot be modified'
    order.address = addressOf(input as Address)
    return dumps(order)
  },
  modify_user_address: ({ users }, { user_id, ...input }) => {
    const user = users[user_id]
    if (!user) return 'Error: user not found'
    user.address = addressOf(input as Address)
    return dumps(user)
  },
}

function shown(value: PyValue | undefined, what: string): string {
  return value === undefined ? `Error: ${what} not found` : dumps(value)
}

function lower(text: string): string {
  return text.toLowerCase()
}

function methodsOf({ users }: RetailData, { user_id }: Order): Record<string, Method> {
  return users[user_id]?.payment_methods ?? {}
}

function balanceOf({ balance }: Method): number {
  return numberOf(balance)
}

/** Takes an amount from a gift card; a negative one is given back. */
function pay(method: Method | undefined, amount: PyValue): void {
  if (method) method.balance = round2(add(method.balance ?? 0, negate(amount))) as number | Float
}

function itemOf({ items }: Order, id: string): Item {
  return items.find(({ item_id }) => item_id === id) as Item
}

/** An item that is asked for more often than it was ordered. */
function missingItem({ items }: Order, wanted: readonly string[]): string | undefined {
  const count = (ids: readonly string[], id: string) => ids.filter((other) => other === id).length
  const ordered = items.map(({ item_id }) => item_id)
  return wanted.find((id) => count(wanted, id) > count(ordered, id))
}

type Replacement = { order: Order; method: Method; difference: PyValue }

/** An order whose items can be replaced, what the new ones cost more and what pays for it; or why they cannot be. */
function replacementOf(
  data: RetailData,
  { order_id, item_ids, new_item_ids, payment_method_id }: Input,
  status: string,
  refusal: string,
): Replacement | string {
  const order = data.orders[order_id]
  if (!order) return 'Error: order not found'
  if (order.status !== status) return `Error: ${refusal}`
  const missing = missingItem(order, item_ids)
  if (missing !== undefined) return `Error: ${missing} not found`
  if (item_ids.length !== new_item_ids.length)
    return 'Error: the number of items to be exchanged should match'
  const difference = priceDifference(data, order, item_ids, new_item_ids)
  if (typeof difference === 'string') return difference
  const method = methodsOf(data, order)[payment_method_id]
  return method ? { order, method, difference } : 'Error: payment method not found'
}

/** What the new items cost more; or the error where one cannot be had. */
function priceDifference(
  { products }: RetailData,
  order: Order,
  ids: readonly string[],
  newIds: readonly string[],
): PyValue {
  let difference: PyValue = 0
  for (const [index, id] of ids.entries()) {
    const item = itemOf(order, id)
    const variant = products[memberName(item.product_id)]?.variants[memberName(newIds[index] as string)]
    if (!variant?.available) return `Error: new item ${newIds[index]} not found or available`
    difference = add(difference, add(variant.price, negate(item.price)))
  }
  return difference
}

function addressOf({ address1, address2, city, state, country, zip }: Address): Address {
  return { address1, address2, city, state, country, zip }
}
