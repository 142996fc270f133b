import { found, pay, voidInvoice } from './operations.ts'
import { byHand, call, cursorsOf, customerOf, OPEN, wait } from './solution.ts'
import type { Template } from './tasks.ts'
import type { Invoice, Venue } from './venue.ts'

const open = ({ invoices }: Venue) => invoices.filter(({ status }) => status === 'open')
const openOf = (venue: Venue, customer: string) => open(venue).filter((one) => one.customer === customer)
const total = (invoices: readonly Invoice[]) => invoices.reduce((sum, { amount }) => sum + amount, 0)

/** All pages of the open invoices of a customer. */
function pages(customer: string, invoices: readonly Invoice[]) {
  const list = { customer, status: 'open' }
  const cursors = cursorsOf(invoices.map(({ id }) => id))
  return [call('list_invoices', list), ...cursors.map((cursor) => call('list_invoices', { ...list, cursor }))]
}

function payment({ id, amount }: Invoice, method: 'card' | 'bank_transfer' | 'cash') {
  return call('pay_invoice', { invoice: id, amount, method, idempotency_key: `payment-of-${id}` })
}

export const INVOICE_TEMPLATES: readonly Template[] = [
  {
    name: 'pay-an-invoice',
    split: 'train',
    jobs: (venue) =>
      open(venue).map((invoice) => ({
        asks: `${customerOf(venue, invoice).name} has paid the invoice ${invoice.id} by bank transfer, all of it. Enter the payment.`,
        solution: [
          OPEN,
          ...pages(invoice.customer, openOf(venue, invoice.customer)),
          payment(invoice, 'bank_transfer'),
        ],
        expect: (expected) =>
          pay(expected, { invoice: invoice.id, amount: invoice.amount, method: 'bank_transfer' }),
      })),
  },
  {
    name: 'pay-all-invoices',
    split: 'test',
    jobs: (venue) =>
      venue.customers.map(({ id, name }) => {
        const due = openOf(venue, id)
        return {
          asks: `${name} (${id}) has paid all open invoices by card. Enter one payment for each.`,
          solution: [OPEN, ...pages(id, due), ...due.map((invoice) => payment(invoice, 'card'))],
          expect(expected) {
            for (const { id: invoice, amount } of due) pay(expected, { invoice, amount, method: 'card' })
          },
        }
      }),
  },
  {
    name: 'pay-in-an-outage',
    split: 'train',
    jobs: (venue) =>
      open(venue)
        .slice(12)
        .map((invoice, index) => ({
          asks: `Enter that the invoice ${invoice.id} over ${invoice.amount} cents was paid in cash.`,
          solution: [OPEN, wait(20), payment(invoice, 'cash')],
          expect: (expected) =>
            pay(expected, { invoice: invoice.id, amount: invoice.amount, method: 'cash' }),
          options: {
            faults: [
              {
                ...{ method: 'POST', path: '/v1/payments', kind: 'unavailable', untilMs: 20_000 },
                says: index % 2 === 0 ? 'seconds' : 'date',
              },
            ],
          },
        })),
  },
  {
    name: 'void-an-invoice',
    split: 'train',
    jobs: (venue) =>
      open(venue)
        .slice(30)
        .map((invoice) => ({
          asks: `The invoice ${invoice.id} was written twice. Make it void as a duplicate.`,
          solution: [OPEN, call('void_invoice', { invoice: invoice.id, reason: 'duplicate' })],
          expect: (expected) => voidInvoice(expected, invoice.id, 'duplicate'),
        })),
  },
  {
    name: 'note-what-is-due',
    split: 'train',
    jobs: (venue) =>
      venue.customers.slice(4).map(({ id, name }) => {
        const due = openOf(venue, id)
        const text = `due: ${total(due)} cents`
        return {
          asks: `Add up the open invoices of ${name} (${id}), and leave the note "due: N cents" with them, N being the sum.`,
          solution: [OPEN, ...pages(id, due), call('add_note', { customer: id, text })],
          expect: (expected) => found(expected.customers, id, 'customer').notes.push(text),
        }
      }),
  },
  {
    name: 'pay-by-hand',
    split: 'test',
    jobs: (venue) =>
      open(venue)
        .slice(45)
        .map(({ id, amount }) => {
          const body = { invoice: id, amount, method: 'bank_transfer' as const }
          return {
            asks: `Enter that the invoice ${id} was paid by bank transfer, all of it. Use requests of your own.`,
            solution: [
              ...[OPEN, byHand('GET', `/v1/invoices/${id}`)],
              byHand('POST', '/v1/payments', { headers: { 'Idempotency-Key': `payment-of-${id}` }, body }),
            ],
            expect: (expected) => pay(expected, body),
          }
        }),
  },
]
