import { parcelState } from './dispatch.ts'
import type { FileServer } from './file-server.ts'
import { pick } from './random.ts'
import {
  bookPickup,
  checkAddress,
  counted,
  countOrders,
  findCustomer,
  listOrders,
  noted,
  payBack,
  pendingOrder,
  readNote,
  setStatus,
  stateOf,
  trackParcel,
  writeFile,
} from './steps.ts'
import { anyDay, anyRefund, anyWindow, type Template } from './task.ts'
import { numberOf, refOf, subjectOf } from './training-tasks.ts'

/** Tasks of the evaluation: other templates, other customers and orders, another year, other file names. */
export function evaluationTemplates({
  inbox,
  outbox,
}: Pick<FileServer, 'inbox' | 'outbox'>): Record<string, Template> {
  return {
    'first pending order': (pool, _, ...keys) => {
      const customer = pick(pool.customers, 'customer', ...keys)
      const order = pool.orders.find((candidate) => candidate.customer === customer)!
      const day = anyDay(pool, ...keys)
      const { window, words } = anyWindow(...keys)
      const orderOf = pendingOrder(0)
      return {
        subject: subjectOf(customer),
        text: `${customer.name} from ${customer.city} has waited long enough: set the oldest pending order to packed, check the address, and have it picked up on ${day.words} ${words}.`,
        inbox: {},
        plan: [
          findCustomer(customer.name),
          listOrders(customer.city),
          setStatus(orderOf, 'packed'),
          checkAddress(orderOf),
          bookPickup(orderOf, day, window),
        ],
        expected: { orders: { [order.id]: 'packed' }, pickups: { [order.id]: { date: day.iso, window } } },
      }
    },
    'memo with receipt': (pool, serial, ...keys) => {
      const order = pick(pool.orders, 'order', ...keys)
      const status = pick(['shelved', 'packed', 'withdrawn'], 'new status', ...keys)
      const memo = `memo-${serial}.md`
      const receipt = `receipt-${serial}.md`
      return {
        subject: subjectOf(order.customer),
        text: `There is a memo ${memo} in ${inbox}. Enter what it says, then note the number of the order in ${outbox}/${receipt}.`,
        inbox: { [memo]: `# Memo\n\nFrom ${order.customer.city}: order ${order.id} is now ${status}.` },
        plan: [
          readNote(`${inbox}/${memo}`),
          { ...setStatus((seen) => noted(seen)?.order, status), goal: 'status' },
          writeFile(`${outbox}/${receipt}`, (seen) => noted(seen)?.order.toString()),
        ],
        expected: { orders: { [order.id]: status }, file: { name: receipt, text: String(order.id) } },
      }
    },
    'two parcels': (pool, serial, ...keys) => {
      const [first, second] = ['first', 'second'].map((which) => pick(pool.orders, which, ...keys))
      const name = `parcels-${serial}.md`
      return {
        subject: subjectOf(first!.customer),
        text: `Compare parcel ${first!.id} (${first!.customer.city}) with parcel ${second!.id} (${second!.customer.city}): both states, separated by a slash, into ${outbox}/${name}.`,
        inbox: {},
        plan: [
          trackParcel(refOf(first!), 'first parcel'),
          trackParcel(refOf(second!), 'second parcel'),
          writeFile(`${outbox}/${name}`, (seen) => {
            const states = [stateOf(seen, 'first parcel'), stateOf(seen, 'second parcel')]
            return states.includes(undefined) ? undefined : states.join(' / ')
          }),
        ],
        expected: { file: { name, text: `${parcelState(refOf(first!))} / ${parcelState(refOf(second!))}` } },
      }
    },
    'pickup by memo': (pool, serial, ...keys) => {
      const order = pick(pool.orders, 'order', ...keys)
      const day = anyDay(pool, ...keys)
      const { window, words } = anyWindow(...keys)
      const memo = `memo-${serial}.md`
      const receipt = `booked-${serial}.md`
      return {
        subject: subjectOf(order.customer),
        text: `Book the pickup that ${memo} in ${inbox} asks for (address check included), and write its date into ${outbox}/${receipt}.`,
        inbox: { [memo]: `# Pickup\n\nOrder ${order.id}, ${day.words}, ${words}.` },
        plan: [
          readNote(`${inbox}/${memo}`),
          checkAddress((seen) => noted(seen)?.order),
          bookPickup((seen) => noted(seen)?.order, day, window),
          writeFile(`${outbox}/${receipt}`, (seen) => (seen.has('pickup') ? day.iso : undefined)),
        ],
        expected: {
          pickups: { [order.id]: { date: day.iso, window } },
          file: { name: receipt, text: day.iso },
        },
      }
    },
    'return by memo': (pool, serial, ...keys) => {
      const order = pick(pool.orders, 'order', ...keys)
      const { refund, words } = anyRefund(order, ...keys)
      const memo = `memo-${serial}.md`
      return {
        subject: subjectOf(order.customer),
        text: `A return came in: ${memo} in ${inbox} says what to pay back. The order goes out again after that: set it to packed.`,
        inbox: { [memo]: `# Return\n\nOrder ${order.id}: ${words}.` },
        plan: [
          readNote(`${inbox}/${memo}`),
          payBack(refund, (seen) => noted(seen)?.order),
          setStatus((seen) => noted(seen)?.order, 'packed'),
        ],
        expected: { orders: { [order.id]: 'packed' }, refund },
      }
    },
    'city report': (pool, serial, ...keys) => {
      const order = pick(pool.orders, 'order', ...keys)
      const { city } = order.customer
      const name = `report-${serial}.md`
      return {
        subject: subjectOf(order.customer),
        text: `Report for ${city}: the number of its shelved orders into ${outbox}/${name}. Then set order ${order.id} to shelved.`,
        inbox: {},
        plan: [
          countOrders(city, 'shelved'),
          writeFile(`${outbox}/${name}`, (seen) => counted(seen)?.toString()),
          setStatus(order.id, 'shelved'),
        ],
        expected: {
          orders: { [order.id]: 'shelved' },
          file: { name, text: String(numberOf(city, 'shelved')) },
        },
      }
    },
  }
}
