import { isDeepStrictEqual } from 'node:util'
import type { Category, JsonObject, LifeHarnessConfig, ToolCall } from '@lifeharness/core'
import { writes } from '../../src/worlds/contract-habits.ts'
import type { Habit } from '../../src/worlds/habit.ts'
import { of } from '../../src/worlds/profiles.ts'
import type { World } from '../../src/worlds/world.ts'
import { apiEnvironment } from './index.ts'
import { VENUE_BINDINGS } from './pack-bindings.ts'

const noVersion = inRequest('leaves out the version of the interface', 'contract.missing_param', (input) => {
  const { 'Api-Version': version, ...headers } = objectAt(input, 'headers')
  return version === undefined ? input : { ...input, headers }
})

const noKey = writes('leaves out the key of a payment', 'contract.missing_param', ({ tool, input }) => {
  if (tool === 'http_request') {
    const { 'Idempotency-Key': key, ...headers } = objectAt(input, 'headers')
    return key === undefined ? undefined : { tool, input: { ...input, headers } }
  }
  const { idempotency_key: key, ...rest } = input
  return key === undefined ? undefined : { tool, input: rest }
})

const bareVersion = inRequest('a version without its quotes', 'state.precondition', (input) => {
  const headers = objectAt(input, 'headers')
  const condition = headers['If-Match']
  if (typeof condition !== 'string') return input
  return { ...input, headers: { ...headers, 'If-Match': condition.replaceAll('"', '') } }
})

const inTheQuery = inRequest('the body of a request in its query', 'contract.misnamed_param', (input) => {
  const { body, ...rest } = input
  return body === undefined ? input : { ...rest, query: body }
})

/** What is written and what it then is: some forms keep the moment, and some leave the zone away. */
const MOMENTS: readonly ((text: string) => string)[] = [
  (text) => text.replace('Z', '.000Z'),
  (text) => text.replace('Z', '+00:00'),
  (text) => text.replace('T', ' '),
  (text) => text.replace(':00Z', 'Z'),
  (text) => text.replace('Z', ''),
  (text) => text.replace('T', ' ').replace(':00Z', ''),
]

const otherMoment = inTexts('a time in a form of its own', 'contract.value', (text, luck) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return text
  return (MOMENTS[Math.floor(luck * MOMENTS.length)] as (text: string) => string)(text)
})

const CHOICES = new Set(['status', 'reason', 'method', 'tier'])

/** As a title, in capitals, with hyphens; or a word that the interface does not have. */
const otherChoice = inTexts('a choice in words of its own', 'contract.value', (text, luck, name) => {
  if (!CHOICES.has(name)) return text
  const title = text.charAt(0).toUpperCase() + text.slice(1)
  const forms = [title.replaceAll('_', ' '), text.toUpperCase(), title, `is_${text}`]
  return forms[Math.floor(luck * forms.length)] as string
})

function inRequest(name: string, category: Category, change: (input: JsonObject) => JsonObject): Habit {
  return writes(name, category, ({ tool, input }) => {
    if (tool !== 'http_request') return undefined
    const changed = change(input)
    return changed === input ? undefined : { tool, input: changed }
  })
}

/** An agent writes all texts of one kind alike. */
function inTexts(
  name: string,
  category: Category,
  change: (text: string, luck: number, argument: string) => string,
): Habit {
  return writes(name, category, ({ tool, input }, { chance }) => {
    if (tool === 'http_request') return undefined
    const entries = Object.entries(input).map(([argument, value]) => [
      argument,
      typeof value === 'string' ? change(value, chance('form'), argument) : value,
    ])
    const changed = Object.fromEntries(entries) as JsonObject
    return isDeepStrictEqual(changed, input) ? undefined : { tool, input: changed }
  })
}

function objectAt(input: JsonObject, name: string): JsonObject {
  return (input[name] ?? {}) as JsonObject
}

const READS = [...['list_rooms', 'find_customers', 'list_bookings', 'get_booking', 'list_invoices']] as const

/** What the user of these tools says of them. */
export const VENUE_CONFIG: LifeHarnessConfig = {
  tools: {
    ...Object.fromEntries(READS.map((name) => [name, { readOnly: true }])),
    graphql: { readOnly: ({ input }: ToolCall) => !/\bmutation\b/.test(String((input as JsonObject).query)) },
    http_request: {
      readOnly: ({ input }: ToolCall) => /^(?:GET|HEAD)$/.test(String((input as JsonObject).method)),
      idempotent: ({ input }: ToolCall) => 'Idempotency-Key' in objectAt(input as JsonObject, 'headers'),
    },
    pay_invoice: { idempotent: ({ input }: ToolCall) => 'idempotency_key' in (input as JsonObject) },
    open_session: { insertable: true },
    hold_room: { insertable: true },
    wait: { never: true },
  },
}

export function apiWorld(): World {
  return {
    name: 'api',
    open: apiEnvironment,
    habits: {
      'small local model': [of(0.2, otherChoice), of(0.15, inTheQuery), of(0.1, noKey)],
      hasty: [of(0.35, noVersion), of(0.3, noKey), of(0.25, otherMoment)],
      'old habits': [of(0.4, otherMoment), of(0.3, noVersion), of(0.35, otherChoice), of(0.4, bareVersion)],
      careful: [of(0.05, otherMoment), of(0.05, bareVersion)],
    },
    lessons: [{ tool: 'find_customers', templates: ['book-a-room', 'change-a-customer'] }],
    config: VENUE_CONFIG,
    packs: VENUE_BINDINGS.map((binding) => ({ pack: 'api', binding })),
  }
}
