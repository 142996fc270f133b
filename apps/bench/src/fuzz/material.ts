import type { Guard, Json, JsonObject, ToolContract } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import type { EntryInit } from '@lifeharness/core/testing'

/** Random material from one generator: whatever is drawn can be drawn again from the seed. */
export type Draw = ReturnType<typeof drawing>

const NAMES = [
  'a',
  'b',
  'query',
  'order_id',
  'orderId',
  'items',
  'headers',
  'constructor',
  '__proto__',
  '~',
  '*',
]
/** Names that come up again and again, so that interventions meet arguments. */
const COMMON = ['a', 'query', 'order_id', 'headers']
const TOOLS = ['t', 'u', 'search', 'get_order']
const TEXTS = [
  ...[
    '',
    'Economy',
    'economy',
    '#W1',
    '5',
    '5 km',
    '042',
    '1,234.50',
    'null',
    'True',
    'a|b',
    '["a"]',
    '{"a":1}',
  ],
  ...[
    '5/13/2024',
    '2024-05-13',
    'python3 x 2>/dev/null',
    'SELECT id FROM shops',
    'Order Status',
    '\u0000\ud800',
  ],
]
const MARKS = [
  ...[
    '<tool_call>',
    '</tool_call>',
    '[TOOL_CALLS]',
    '```json\n',
    '\n```',
    'Action: ',
    '\nAction Input: ',
    '<think>',
  ],
  ...[
    '{"name": "search", "arguments": {"query": "x"}}',
    'search(query="x")',
    '{',
    '}',
    '"',
    "'",
    '(',
    '\n',
    'search',
  ],
  ...[
    '<function=search>',
    '<parameter=query>',
    '</parameter>',
    'Let me look. ',
    'For example: ',
    '<|python_tag|>',
  ],
]
const CODES = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOENT', -32_602, 1]

export function drawing(random: () => number) {
  const below = (limit: number) => Math.floor(random() * limit)
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const chance = (share: number) => random() < share
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + below(most - least + 1) }, make)

  const text = (): string =>
    chance(0.7) ? one(TEXTS) : several(0, 12, () => String.fromCharCode(below(0xffff))).join('')
  const scalar = (): Json =>
    one<() => Json>([text, text, () => below(1_000), () => random() * 1e9, () => chance(0.5), () => null])()
  const json = (depth = 3): Json => {
    if (depth === 0 || chance(0.5)) return scalar()
    if (chance(0.3)) return several(0, 4, () => json(depth - 1))
    return Object.fromEntries(several(0, 4, (): [string, Json] => [one(NAMES), json(depth - 1)]))
  }
  const path = (): string => {
    const segments = several(1, chance(0.8) ? 1 : 2, () => (chance(0.8) ? one(COMMON) : one(NAMES)))
    return segments.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  }
  const schema = (): JsonObject =>
    one<() => JsonObject>([
      () => ({ type: one(['string', 'integer', 'number', 'boolean', 'array', 'object']) }),
      () => ({ enum: several(1, 3, scalar) }),
      () => ({ type: ['string', 'null'], format: one(['uri', 'date']) }),
      () => ({ anyOf: [{ type: 'integer' }, { type: 'null' }] }),
      () => ({ type: 'array', items: { type: 'string' } }),
      () => ({ type: 'string', default: 'x', pattern: one(['^x', '(']) }),
    ])()
  const contract = (name: string): ToolContract => {
    const properties = Object.fromEntries(
      several(2, 5, (): [string, Json] => [chance(0.8) ? one(COMMON) : one(NAMES), schema()]),
    )
    return {
      tool: { origin: chance(0.9) ? 'local' : 'far', name },
      ...(chance(0.5) ? { description: text() } : {}),
      inputSchema: {
        ...{ type: 'object', properties, additionalProperties: chance(0.5) },
        ...(chance(0.5) ? { required: Object.keys(properties).slice(0, 2) } : {}),
      },
      ...(chance(0.2) ? { outputSchema: { type: 'object', required: ['items'] } } : {}),
    }
  }
  const advice = (): JsonObject =>
    one<JsonObject>([
      { advice: 'try-later' },
      { advice: 'not-permitted' },
      { advice: 'call-first', slots: { tool: 'search' } },
    ])
  /** Options of each kind; what a kind's own schema refuses is a fault that the layer must outlive. */
  const options: Readonly<Record<string, () => JsonObject>> = {
    'rename-argument': () => ({ from: path(), to: path() }),
    'coerce-argument': () => ({
      path: path(),
      to: one(['integer', 'number', 'boolean', 'string', 'json', 'array', 'element', 'absent']),
    }),
    'strip-unit': () => ({ path: path(), units: ['km', '%'] }),
    'repair-json': () => ({ around: chance(0.5) }),
    'rename-tool': () => ({ from: one(TOOLS), to: one(TOOLS) }),
    'join-elements': () => ({ path: path(), mark: one(['|', ',']) }),
    'map-value': () => ({
      path: path(),
      map: Object.fromEntries(several(1, 6, (): [string, Json] => [text(), scalar()])),
    }),
    'reformat-value': () => ({
      path: path(),
      ...one([
        { from: 'M/D/YYYY', to: 'YYYY-MM-DD' },
        { from: '#,###.#', to: 'number' },
      ]),
    }),
    'affix-value': () => ({
      path: path(),
      op: one(['add', 'strip']),
      [one(['prefix', 'suffix'])]: one(['#', 'x']),
    }),
    'respell-value': () => ({
      path: path(),
      case: one(['lower', 'upper']),
      mark: one(['_', '-']),
      first: ['L', 'U'],
      rest: ['L', 'U'],
    }),
    'rewrite-command': () => ({
      path: path(),
      ...one<JsonObject>([{ remove: '2>/dev/null' }, { command: 'python3', by: 'python' }]),
    }),
    'exclude-argument': () => ({ keep: path(), without: several(1, 2, () => one(NAMES)) }),
    'rename-sql-names': () => ({ path: path(), names: [{ from: 'shops', to: 'shop' }] }),
    'fill-argument': () => ({
      path: path(),
      ...one<JsonObject>([
        { from: 'only' },
        { from: 'default' },
        { from: 'literal', value: 'x' },
        { from: 'result', tool: one(TOOLS), at: path() },
      ]),
    }),
    'move-argument': () => ({ from: path(), to: path() }),
    'explain-response': () => ({ rule: one(['retry-after', 'conflict', 'graphql-partial']) }),
    'set-header': () => ({ path: path(), name: 'Api-Version', value: '2' }),
    gate: () =>
      one<JsonObject>([{ needs: one(TOOLS) }, { needs: one(TOOLS), same: { [path()]: path() } }, advice()]),
    'gate-command': () => ({
      path: path(),
      rules: [{ name: 'a', program: ['rm'], operands: ['/'], advice: 'name-one-folder' }],
    }),
    'gate-answer': () => ({ needs: one(TOOLS) }),
    'insert-step': () => ({
      insert: one(TOOLS),
      place: one(['before', 'after']),
      input: { [one(NAMES)]: { argument: path() } },
    }),
    'explain-error': advice,
    'explain-names': () => ({ path: path(), tables: { shop: ['Shop_ID'] } }),
    'patch-description': () => ({ ...(chance(0.5) ? { path: path() } : {}), ...advice() }),
    'tighten-schema': () => ({
      path: path(),
      ...one<JsonObject>([{ enum: ['x', 'y'] }, { examples: ['x'] }, { required: true }, { format: 'date' }]),
    }),
    'sequence-card': () => ({ tools: ['t', 'u'] }),
    'inject-skill': () => ({
      skills: several(1, 5, () => ({ about: `${one(TEXTS)} order search`, text: 'Look before you write.' })),
    }),
    'warn-budget': () => ({ calls: 10 }),
    'annotate-result': () => ({ has: path(), ...advice() }),
    'normalise-result': () => ({ op: one(['unwrap', 'wrap', 'parse']), path: chance(0.3) ? '' : path() }),
    'bound-result': () => one<JsonObject>([{ characters: 200 }, { items: 1, path: path() }]),
    'circuit-break': () => ({ after: 2, coolMs: one([0, 1_000]) }),
    retry: () => ({ backoffMs: 0 }),
    'drop-argument': () => ({ path: path() }),
    'wrap-argument': () => ({ path: path() }),
    'unwrap-argument': () => ({ path: path() }),
  }
  const guard = (depth = 2): Guard => {
    if (depth > 0 && chance(0.3))
      return one<() => Guard>([
        () => ({ not: guard(depth - 1) }),
        () => ({ all: several(0, 2, () => guard(depth - 1)) }),
        () => ({ any: several(0, 2, () => guard(depth - 1)) }),
      ])()
    return one<() => Guard>([
      () => ({ path: path(), test: one(['present', 'absent']) }),
      () => ({ path: path(), test: 'equals', value: scalar() }),
      () => ({ path: path(), test: 'one-of', values: several(0, 3, scalar) }),
      () => ({ path: path(), test: 'prefix', text: text() }),
      () => ({ path: path(), test: 'type', types: [one(['string', 'integer', 'null'])] }),
    ])()
  }
  const entry = (): EntryInit => {
    const { kind, layer, risk, riskFor, phase } = one(builtinKinds)
    const own = chance(0.02) ? { path: path() } : (options[kind]?.() ?? {})
    return {
      ...{ kind, options: own, layer, risk: riskOf(riskFor, own) ?? risk, stage: 'active' },
      tool: {
        origin: chance(0.95) ? 'local' : 'far',
        name: kind === 'rename-tool' ? String(own.from) : one(TOOLS),
      },
      category:
        phase === 'result'
          ? one(['exec.unavailable', 'exec.timeout', 'unknown', 'contract.type'])
          : 'contract.value',
      ...(chance(0.5) ? { when: guard() } : {}),
    }
  }
  /** What a tool does: it answers or throws, with anything. */
  const act = (): (() => unknown) =>
    one<() => () => unknown>([
      () => {
        const value = json()
        return () => value
      },
      () => {
        const value = json()
        return () => value
      },
      () => {
        const value = 'x'.repeat(below(30_000))
        return () => value
      },
      () => () => ({ content: [{ type: 'text', text: text() }], isError: chance(0.5) }),
      () => () => new Uint8Array(below(50)),
      () => () => undefined,
      () => {
        const error = Object.assign(new Error(text() || 'no'), {
          code: one(CODES),
          status: one([429, 503, 404, 500]),
        })
        return () => {
          throw error
        }
      },
      () => {
        const thrown = json()
        return () => {
          throw thrown
        }
      },
      () => () =>
        new Proxy(
          {},
          {
            ownKeys() {
              throw new Error('no keys')
            },
          },
        ),
    ])()
  return {
    ...{ below, one, chance, several, json, text, contract, entry, act },
    toolName: () => (chance(0.95) ? one(TOOLS) : one(['T', 'Search', 'nobody'])),
    input: (of: ToolContract | undefined): Json =>
      chance(0.1)
        ? json()
        : Object.fromEntries(
            Object.keys(of?.inputSchema?.properties ?? {})
              .filter(() => chance(0.8))
              .map((name): [string, Json] => [name, json(1)]),
          ),
    rawInput: () => `${chance(0.5) ? JSON.stringify(json()).slice(0, below(40)) : text()}`,
    modelText: () => several(1, 8, () => one(MARKS)).join(''),
    tools: () => TOOLS,
  }
}

function riskOf(
  riskFor: ((options: JsonObject) => EntryInit['risk']) | undefined,
  options: JsonObject,
): EntryInit['risk'] {
  try {
    return riskFor?.(options)
  } catch {
    return undefined
  }
}
