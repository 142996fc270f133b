import { type Clock, createLifeHarness, type Intervention, type LifeHarness } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { interventionId, openAccount } from '@lifeharness/core/learn'
import { type Binding, bindPack, loadPack, type SlotBinding } from '@lifeharness/packs'
import { VERSION } from '../../../environments/api/state.ts'
import { VENUE_CONFIG } from '../../../environments/api/world.ts'

const TOOLS = [
  ...['list_rooms', 'find_customers', 'create_customer', 'update_customer', 'add_note', 'list_bookings'],
  ...['get_booking', 'hold_room', 'create_booking', 'move_booking', 'cancel_booking', 'list_invoices'],
  ...['pay_invoice', 'void_invoice', 'graphql', 'http_request'],
]

/** Which argument of which tool fills a slot of one argument. */
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
      get_booking: ['booking'],
      move_booking: ['booking'],
      cancel_booking: ['booking'],
      pay_invoice: ['invoice'],
    },
  ],
  ['listed', 'cursor', { find_customers: ['cursor'], list_bookings: ['cursor'], list_invoices: ['cursor'] }],
]

/** The pack as the user of the venue's tools binds it, and the one header that only he can know. */
export function venueInterventions(): Intervention[] {
  const pack = loadPack('api')
  if (!pack) throw new Error('there is no pack for HTTP APIs')
  const local = (name: string): SlotBinding['tool'] => ({ origin: 'local', name })
  const bindings: Binding[] = TOOLS.map((name) => ({
    call: { tool: local(name) },
    ...{ needing: { tool: local(name) }, opening: { tool: local('open_session') } },
  }))
  bindings.push({ request: { tool: local('http_request') } })
  for (const [slot, argument, places] of ARGUMENTS)
    for (const [name, own] of Object.entries(places))
      for (const one of own)
        bindings.push({ [slot]: { tool: local(name), arguments: { [argument]: `/${one}` } } })
  const bound = bindings.flatMap((binding) => bindPack(pack, binding).map(({ intervention }) => intervention))
  const [first] = bound
  if (!first) throw new Error('the pack is empty')
  return [...bound, ownHeader(first)]
}

function ownHeader({ origin }: Intervention): Intervention {
  const draft = {
    kind: 'set-header',
    options: { path: '/headers', name: 'Api-Version', value: VERSION, create: true },
    tool: { origin: 'local', name: 'http_request' },
    when: { path: '/path', test: 'prefix' as const, text: '/v1/' },
  }
  const { pack: _, ...rest } = origin
  return {
    ...{
      ...draft,
      id: interventionId(draft),
      version: 1,
      category: 'contract.missing_param',
      signatures: [],
    },
    ...{ layer: 'action', risk: 'value', origin: { ...rest, inducer: 'person' } },
  }
}

/** A layer in which all of them act: a person has approved those that need it. */
export async function venueLayer(
  interventions: readonly Intervention[],
  clock: Clock,
  onFault: (where: string, error: unknown) => void,
): Promise<LifeHarness> {
  const record = {
    ...{ stage: 'active' as const, since: 0, reason: 'bench', controlShare: 0 },
    account: openAccount(),
  }
  return createLifeHarness({
    registry: {
      ...{ version: 1, templates: {}, settings: {} },
      entries: interventions.map((intervention) => ({
        intervention,
        pinned: true,
        stages: { default: record },
      })),
    },
    mode: 'frozen',
    kinds: builtinKinds,
    config: VENUE_CONFIG,
    clock,
    onFault: ({ where, error }) => onFault(where, error),
  })
}
