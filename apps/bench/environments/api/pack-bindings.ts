import type { Binding, SlotBinding } from '@lifeharness/packs'

const SESSION = 'open_session'
/** Rooms are shown to everybody. */
const OPEN_TO_ALL = ['list_rooms']
const NEEDING_A_SESSION = [
  ...['find_customers', 'create_customer', 'update_customer', 'add_note', 'list_bookings', 'get_booking'],
  ...['hold_room', 'create_booking', 'move_booking', 'cancel_booking', 'list_invoices', 'pay_invoice'],
  ...['void_invoice', 'graphql', 'http_request'],
]

/** Which arguments of which tools fill the slots of one argument. */
const ARGUMENTS: readonly (readonly [slot: string, argument: string, places: Record<string, string[]>])[] = [
  ['dated', 'date', { list_bookings: ['date'] }],
  [
    'timed',
    'time',
    { hold_room: ['start', 'end'], create_booking: ['start', 'end'], move_booking: ['start', 'end'] },
  ],
  [
    'enumerated',
    'value',
    {
      ...{ list_bookings: ['status'], list_invoices: ['status'], pay_invoice: ['method'] },
      ...{ cancel_booking: ['reason'], void_invoice: ['reason'] },
      ...{ create_customer: ['tier'], update_customer: ['tier'] },
    },
  ],
  [
    'identified',
    'id',
    {
      ...{ get_booking: ['booking'], move_booking: ['booking'], cancel_booking: ['booking'] },
      pay_invoice: ['invoice'],
    },
  ],
  ['listed', 'cursor', { find_customers: ['cursor'], list_bookings: ['cursor'], list_invoices: ['cursor'] }],
]

/** The pack for HTTP APIs as the user of the venue's tools adds it, once for each of these. */
export const VENUE_BINDINGS: readonly Binding[] = [
  ...OPEN_TO_ALL.map((name) => ({ call: local(name) })),
  ...NEEDING_A_SESSION.map((name) => ({ call: local(name), needing: local(name), opening: local(SESSION) })),
  { request: local('http_request') },
  ...ARGUMENTS.flatMap(([slot, argument, places]) =>
    Object.entries(places).flatMap(([name, own]) =>
      own.map((one) => ({ [slot]: { ...local(name), arguments: { [argument]: `/${one}` } } })),
    ),
  ),
]

function local(name: string): SlotBinding {
  return { tool: { origin: 'local', name } }
}
