import { parcelState } from './dispatch.ts'
import type { FileServer } from './file-server.ts'
import { type Key, pick } from './random.ts'
import { type Customer, ORDERS, type Order } from './shop.ts'
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

export const subjectOf = ({ name, city }: Customer): string => `${name}, ${city}`

/** Orders of this city with this status. */
export function numberOf(city: string, status: string): number {
  return ORDERS.filter((order) => order.customer.city === city && order.status === status).length
}

export const refOf = ({ id, customer }: Order): string => `${customer.depot}-${id}`

/** People name their notes as they like. */
function noteName(serial: number, ...keys: Key[]): string {
  const names = ['handover-#.txt', 'note_#.txt', 'Call#.md', '#-pickup.txt', 'desk.#.txt', 'todo-#-a.md']
  return pick(names, 'note name', ...keys).replace('#', String(serial))
}

/** Tasks of the observation and of the activation. */
export function trainingTemplates({
  inbox,
  outbox,
}: Pick<FileServer, 'inbox' | 'outbox'>): Record<string, Template> {
  return {
    ship(pool, _, ...keys) {
      const order = pick(pool.orders, 'order', ...keys)
      const day = anyDay(pool, ...keys)
      const { window, words } = anyWindow(...keys)
      return {
        subject: subjectOf(order.customer),
        text: `Order ${order.id} goes out: set it to shipped and book its pickup for ${day.words}, ${words}. The carrier wants the address checked first.`,
        inbox: {},
        plan: [setStatus(order.id, 'shipped'), checkAddress(order.id), bookPickup(order.id, day, window)],
        expected: { orders: { [order.id]: 'shipped' }, pickups: { [order.id]: { date: day.iso, window } } },
      }
    },
    handover(pool, serial, ...keys) {
      const order = pick(pool.orders, 'order', ...keys)
      const day = anyDay(pool, ...keys)
      const { window, words } = anyWindow(...keys)
      const name = noteName(serial, ...keys)
      return {
        subject: subjectOf(order.customer),
        text: `Do what the note ${name} in ${inbox} says.`,
        inbox: {
          [name]: `Please check the address of order ${order.id} and book its pickup for ${day.words}, ${words}.`,
        },
        plan: [
          readNote(`${inbox}/${name}`),
          checkAddress((seen) => noted(seen)?.order),
          bookPickup((seen) => noted(seen)?.order, day, window),
        ],
        expected: { pickups: { [order.id]: { date: day.iso, window } } },
      }
    },
    news(pool, serial, ...keys) {
      const order = pick(pool.orders, 'order', ...keys)
      const status = pick(['shelved', 'packed', 'shipped'], 'new status', ...keys)
      const name = noteName(serial, ...keys)
      return {
        subject: subjectOf(order.customer),
        text: `${name} in ${inbox} has news of an order. Enter it.`,
        inbox: { [name]: `From the depot: order ${order.id} is now ${status}.` },
        plan: [readNote(`${inbox}/${name}`), setStatus((seen) => noted(seen)?.order, status)],
        expected: { orders: { [order.id]: status } },
      }
    },
    parcel(pool, serial, ...keys) {
      const order = pick(pool.orders, 'order', ...keys)
      const name = `parcel-${serial}.txt`
      return {
        subject: subjectOf(order.customer),
        text: `Where is parcel ${order.id} of ${order.customer.name}, ${order.customer.city}? Write the answer to ${outbox}/${name}.`,
        inbox: {},
        plan: [trackParcel(refOf(order)), writeFile(`${outbox}/${name}`, (seen) => stateOf(seen))],
        expected: { file: { name, text: parcelState(refOf(order))! } },
      }
    },
    withdraw(pool, _, ...keys) {
      const customer = pick(pool.customers, 'customer', ...keys)
      const pending = pool.orders.filter((order) => order.customer === customer && order.status === 'pending')
      return {
        subject: subjectOf(customer),
        text: `Withdraw every pending order of ${customer.name} in ${customer.city}.`,
        inbox: {},
        plan: [
          findCustomer(customer.name),
          listOrders(customer.city),
          ...pending.map((_, index) => setStatus(pendingOrder(index), 'withdrawn', `withdraw ${index + 1}`)),
        ],
        expected: { orders: Object.fromEntries(pending.map(({ id }) => [id, 'withdrawn'])) },
      }
    },
    refund(pool, _, ...keys) {
      const order = pick(pool.orders, 'order', ...keys)
      const { refund, words } = anyRefund(order, ...keys)
      return {
        subject: subjectOf(order.customer),
        text: `Pay back order ${order.id}: ${words}. Then set it to withdrawn.`,
        inbox: {},
        plan: [payBack(refund), setStatus(order.id, 'withdrawn')],
        expected: { orders: { [order.id]: 'withdrawn' }, refund },
      }
    },
    count(pool, serial, ...keys) {
      const { customer, status } = pick(pool.orders, 'order', ...keys)
      const name = `count-${serial}.txt`
      return {
        subject: subjectOf(customer),
        text: `How many orders from ${customer.city} are ${status}? Write the number to ${outbox}/${name}.`,
        inbox: {},
        plan: [
          countOrders(customer.city, status),
          writeFile(`${outbox}/${name}`, (seen) => counted(seen)?.toString()),
        ],
        expected: { file: { name, text: String(numberOf(customer.city, status)) } },
      }
    },
  }
}
