import { expect, it } from 'vitest'
import { ACTION_TYPES } from './action.ts'
import type { Event } from './event.ts'
import type { Json } from './json.ts'
import { createRedactor } from './redact.ts'
import { redactEvent } from './redact-event.ts'

const SECRET = 'sk-proj-9aX2kQ7LmZ4vT8wYb3NcR6dF1gH5jK0p'
const { redact } = createRedactor({ key: 'test' })

/** Every text of the value with a secret in it; only the members that are our own words are spared. */
const OWN = new Set([
  'type',
  'outcome',
  'arm',
  'action',
  'category',
  'rank',
  'attribution',
  'retryable',
  'effect',
])
const OWN_KEYS = new Set([...OWN, 'detector', 'hash', 'intervention', 'actions'])

function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OWN_KEYS.has(key) ? value : `${value} ${SECRET}`
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, poisoned(member, name)]))
}

const tool = { origin: 'local', name: 'search' }
const call = { id: 'call_1', tool, turn: 0, index: 0, attempt: 1, approved: false }
const base = { id: 'e-0', at: 0, episode: 'run-7c9e6679f3b1' }

/** Every type of event with every member. */
const events: Event[] = [
  {
    ...{ ...base, type: 'episode', family: 'gpt-4o-mini', agent: 'support', subject: 'customer-7' },
    ...{ scope: 'tenant', actions: ACTION_TYPES },
  },
  {
    ...{ ...base, type: 'contracts', hash: 'c0ffee' },
    contracts: [
      {
        tool,
        description: 'Searches',
        inputSchema: {
          type: 'object',
          properties: { q: { type: 'string', default: 'all', enum: ['all'], examples: ['x'] } },
        },
        outputSchema: { description: 'rows' },
        annotations: { title: 'Search' },
      },
    ],
  },
  { ...base, type: 'model', finishReason: 'stop', usage: { inputTokens: 1 }, text: 'I search' },
  {
    ...{ ...base, type: 'tool', call: { ...call, input: { q: 'a' }, rawInput: '{' }, executed: call },
    ...{ outcome: 'error', view: { said: 'no' }, ms: 1, state: { page: 'home' } },
    error: { message: 'no', name: 'SearchError', code: 'E1', status: 400 },
    failure: {
      ...{ category: 'contract.value', rank: 'schema', attribution: 'model', retryable: 'never' },
      ...{ effect: 'none', signature: 'contract.value:search:123456789abc', path: '/q', dead: true },
      evidence: { detector: 'schema-violation', bytes: 'value /q' },
    },
    applied: [
      {
        ...{ intervention: 'map-value-0123456789ab', version: 1, arm: 'applied', action: 'replace-call' },
        ...{ dead: true, before: { q: 'A' }, after: { q: 'a' }, note: 'executed with' },
      },
    ],
  },
  { ...base, type: 'end', success: true },
  { type: 'fault', id: 'e-1', at: 0, where: 'adapter', message: 'no' },
]

it.each(events.map((event) => [event.type, event] as const))(
  'a %s event holds no secret in any member',
  (_, event) => {
    const clean = redactEvent(
      { ...(poisoned(event) as Event), id: event.id, type: event.type } as Event,
      redact,
    )
    expect(JSON.stringify(clean)).not.toContain(SECRET)
    expect(JSON.stringify(clean)).toContain('‹secret:openai:')
  },
)

it.each(events.map((event) => [event.type, event] as const))(
  'a %s event without one stays as it is',
  (_, event) => {
    expect(redactEvent(event, redact)).toEqual(event)
  },
)

it.each([
  'call_Ab3dE9fGh1JkLm2NoPq4RsTu',
  'toolu_01A09q90qw90lq917835lq9',
  'mcp__3f2a9c1d4e5b6a7f8091a2b3c4d5__find',
])('an id stays readable: %s', (id) => {
  const event = { ...events[3], call: { ...call, id, tool: { origin: 'x', name: id } } } as Event
  expect(redactEvent(event, redact)).toMatchObject({ call: { id, tool: { name: id } } })
})

it('a contract names secrets and keeps its schema; values of such an argument are hidden', () => {
  const inputSchema: Json = {
    type: 'object',
    properties: { api_key: { type: 'string', minLength: 8, default: 'hunter2-hunter2' } },
    required: ['api_key'],
  }
  const userKeys = createRedactor({ key: 'test', keys: ['api_key'] })
  for (const hide of [redact, userKeys.redact]) {
    const clean = redactEvent({ ...events[1], contracts: [{ tool, inputSchema }] } as Event, hide)
    const [contract] = (clean.type === 'contracts' && clean.contracts) || []
    expect(contract?.inputSchema).toEqual({
      ...inputSchema,
      properties: { api_key: { type: 'string', minLength: 8, default: expect.stringContaining('‹secret:') } },
    })
  }
})
