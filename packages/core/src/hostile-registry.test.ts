import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Guard } from './guard.ts'
import type { Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import { type Json, type JsonObject, valuesAt } from './json.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { schemaCheck } from './schema.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

/**
 * Random contracts, calls and registries in which every built-in kind is active at once, with options and guards that no
 * inducer would make. A call that was right must reach the tool as it is, and nothing may ever throw.
 */

// Fixed, because what came up is asserted and must not be left to luck.
const RUNS = { seed: 1, numRuns: 400 }
const NAMES = ['a', 'b', 'query', 'order_id', 'orderId', 'items', 'constructor', 'a/b', '~', '*', '__proto__']
const WORDS = [
  'Economy',
  'economy',
  '#W1',
  'W1',
  '5',
  '5 km',
  '042',
  '1,234.50',
  'null',
  'None',
  'true',
  'a|b',
  '',
]
const TEXTS = [
  '5/13/2024',
  '2024-05-13',
  'python3 x 2>/dev/null',
  'ls 2>&1',
  '["a"]',
  '{"a":1}',
  'Order Status',
]
const SQL = 'SELECT id FROM shops'

const name = fc.constantFrom(...NAMES)
const text = fc.oneof(fc.constantFrom(...WORDS, ...TEXTS, SQL), fc.string({ maxLength: 6 }))
const scalar: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
)
const anyValue = fc.jsonValue({ maxDepth: 3, depthSize: 'small' }) as fc.Arbitrary<Json>
const pointer = (...segments: string[]) =>
  segments.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Paths to the arguments that a contract has, and to some that it has not. */
function pathsOf(names: readonly string[]): fc.Arbitrary<string> {
  const own = fc.constantFrom(...names)
  return fc.oneof(
    { weight: 6, arbitrary: own.map((one) => pointer(one)) },
    { weight: 2, arbitrary: fc.tuple(own, fc.constantFrom('*', 'a')).map((both) => pointer(...both)) },
    { weight: 1, arbitrary: name.map((one) => pointer(one)) },
  )
}

/** The schema of one argument, with values that it accepts. It states a type wherever a value may stand. */
type Argument = { schema: JsonObject; value: fc.Arbitrary<Json> }
const typed = (schema: JsonObject, value: fc.Arbitrary<Json>): Argument => ({ schema, value })
const listed: Json[] = ['Economy', 'economy', '5', 5, true, null]

const argument: fc.Arbitrary<Argument> = fc.constantFrom(
  typed({ type: 'string' }, text),
  typed({ type: 'integer' }, fc.integer()),
  typed({ type: ['number', 'string'] }, fc.oneof(fc.integer(), text)),
  typed({ type: 'boolean' }, fc.boolean()),
  typed({ enum: listed }, fc.constantFrom(...listed)),
  typed({ anyOf: [{ enum: listed }, { type: 'null' }] }, fc.constantFrom(...listed)),
  typed({ allOf: [{ type: ['string', 'integer'] }] }, fc.oneof(fc.integer(), text)),
  typed({ type: 'array', items: { type: 'string' } }, fc.array(text, { maxLength: 3 })),
  typed(
    { type: ['array', 'string'], items: { type: 'string' } },
    fc.oneof(fc.array(text, { maxLength: 3 }), text),
  ),
  typed({ type: 'array', items: { enum: listed } }, fc.array(fc.constantFrom(...listed), { maxLength: 3 })),
  typed({ type: ['string', 'null'], format: 'uri' }, fc.constantFrom('http://ü.example/ß', 'no uri', null)),
  typed(
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      additionalProperties: false,
    },
    fc.record({ a: text, b: fc.integer() }, { requiredKeys: [] }),
  ),
)

type World = { contract: ToolContract; calls: JsonObject[] }

/** A closed contract, and calls that fit it. */
const world: fc.Arbitrary<World> = fc
  .uniqueArray(fc.tuple(name, argument), { minLength: 1, maxLength: 4, selector: ([own]) => own })
  .chain((members) => {
    const record = fc.record(Object.fromEntries(members.map(([own, { value }]) => [own, value])), {
      requiredKeys: [],
      noNullPrototype: true,
    })
    return fc.record({
      contract: fc.constant({
        tool: { origin: 'local', name: 't' },
        inputSchema: {
          type: 'object',
          properties: Object.fromEntries(members.map(([own, { schema }]) => [own, schema])),
          additionalProperties: false,
        },
      }),
      calls: fc.array(record as fc.Arbitrary<JsonObject>, { minLength: 1, maxLength: 4 }),
    })
  })

const literal = fc.constantFrom('#', 'W', 'e', 'km', '/', 'x', 'K', 'null')
const numbers = fc.record({ from: fc.constant('#,###.#'), to: fc.constantFrom('number', 'text') })
const dates = fc.record({ from: fc.constant('M/D/YYYY'), to: fc.constant('YYYY-MM-DD') })

/** Options of each kind, about the arguments that a contract has. */
function optionsOf(path: fc.Arbitrary<string>): Readonly<Record<string, fc.Arbitrary<JsonObject>>> {
  const withPath = (more: Record<string, fc.Arbitrary<Json>> = {}) => fc.record({ path, ...more })
  const types = ['integer', 'number', 'boolean', 'string', 'json', 'array', 'element', 'absent']
  return {
    'rename-argument': fc.record({ from: path, to: path }),
    'unwrap-argument': withPath(),
    'wrap-argument': withPath(),
    'coerce-argument': withPath({ to: fc.constantFrom(...types) }),
    'strip-unit': withPath({ units: fc.constant(['km', '%']) }),
    'repair-json': fc.record({ around: fc.boolean() }),
    'rescue-text-call': fc.constant({}),
    'rename-tool': fc.record({ from: fc.constantFrom('t', 'T'), to: fc.constantFrom('t', 'u') }),
    'drop-argument': withPath(),
    'join-elements': withPath({ mark: fc.constantFrom('|', ',', ';') }),
    'map-value': withPath({
      map: fc.dictionary(fc.constantFrom(...WORDS), fc.constantFrom<Json>('economy', 'W1', 5, true, 'y'), {
        minKeys: 3,
        maxKeys: 9,
      }),
    }),
    'reformat-value': fc
      .tuple(withPath({ proven: fc.boolean() }), fc.oneof(numbers, dates))
      .map(([own, formats]) => ({ ...own, ...formats })),
    'affix-value': withPath({ op: fc.constantFrom('add', 'strip'), prefix: literal, suffix: literal }),
    'respell-value': withPath({
      case: fc.constantFrom('lower', 'upper'),
      mark: fc.constantFrom('_', '-', ''),
      first: fc.constant(['L', 'U', 'A']),
      rest: fc.constant(['L', 'U', 'A']),
    }),
    'rewrite-command': fc.oneof(
      withPath({ remove: fc.constantFrom('2>/dev/null', '2>&1') }),
      withPath({ command: fc.constant('python3'), by: fc.constant('python') }),
    ),
    'exclude-argument': fc.record({ keep: path, without: fc.array(name, { minLength: 1, maxLength: 2 }) }),
    'recall-correction': withPath({ corrections: fc.constant([{ from: 'a shop', to: 'the shop' }]) }),
    'rename-sql-names': withPath({ names: fc.constant([{ from: 'shops', to: 'shop' }]) }),
    'fill-argument': fc.oneof(
      withPath({ from: fc.constantFrom('only', 'default') }),
      withPath({ from: fc.constant('literal'), value: fc.constantFrom<Json>('economy', 5, true) }),
      withPath({ from: fc.constantFrom('result', 'argument'), tool: fc.constant('t'), at: path }),
    ),
    'insert-step': fc.record({
      insert: fc.constantFrom('u', 'x'),
      place: fc.constantFrom('before', 'after'),
      input: fc.dictionary(name, fc.record({ argument: path }), { maxKeys: 2 }),
    }),
    'patch-description': fc.record(
      { path, advice: fc.constantFrom('try-later', 'not-permitted') },
      { requiredKeys: ['advice'] },
    ),
    'tighten-schema': withPath({
      enum: fc.constant(['economy', 5]),
      examples: fc.constant(['x']),
      required: fc.constant(true),
    }),
    'sequence-card': fc.constant({ tools: ['t', 'u'] }),
    gate: fc.constantFrom<JsonObject>({ needs: 't' }, { needs: 'x' }, { advice: 'not-permitted' }),
    'gate-command': withPath({
      rules: fc.constant([{ name: 'a', program: ['rm'], operands: ['/'], advice: 'name-one-folder' }]),
    }),
    'gate-answer': fc.constant({ needs: 't' }),
    'move-argument': fc.record({ from: path, to: path }),
    'explain-response': fc.record({
      rule: fc.constantFrom('retry-after', 'conflict', 'sign-in', 'graphql-partial'),
    }),
    'set-header': withPath({ name: fc.constant('Api-Version'), value: fc.constant('2') }),
    'deduplicate-call': fc.constant({}),
    'circuit-break': fc.record({ after: fc.integer({ min: 2, max: 4 }), coolMs: fc.constantFrom(0, 1_000) }),
    'annotate-result': fc.record({ has: path, advice: fc.constant('same-again') }),
    'normalise-result': withPath({ op: fc.constantFrom('unwrap', 'wrap', 'parse') }),
    'bound-result': fc.oneof(fc.constant({ characters: 200 }), withPath({ items: fc.constant(1) })),
    'warn-budget': fc.constant({ calls: 3, at: 0.5 }),
    'lift-protocol-error': fc.constant({}),
    'inject-skill': fc.constant({ skills: [{ about: 'what is asked again', text: 'asked' }] }),
    retry: fc.record({ backoffMs: fc.constant(0), attempts: fc.integer({ min: 2, max: 4 }) }),
    'break-loop': fc.record({ after: fc.integer({ min: 2, max: 4 }) }),
    'explain-error': fc.constant({ advice: 'try-later' }),
    'explain-names': withPath({ tables: fc.constant({ shop: ['Shop_ID'] }) }),
  }
}

/** Kinds that change what the model meant; all others only its form, and so need no guard to leave right calls alone. */
const VALUE_KINDS = new Set([
  ...['map-value', 'reformat-value', 'affix-value', 'respell-value', 'rewrite-command', 'exclude-argument'],
  ...['rename-sql-names', 'fill-argument', 'set-header', 'move-argument'],
])

const kindOf = (kind: string): Kind => builtinKinds.find((one) => one.kind === kind) as Kind

function entriesOf(
  kinds: readonly string[],
  names: readonly string[],
  guardOf: (path: fc.Arbitrary<string>) => fc.Arbitrary<Guard | undefined>,
): fc.Arbitrary<EntryInit[]> {
  const path = pathsOf(names)
  const options = optionsOf(path)
  const entry = fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc.record({ kind: fc.constant(kind), options: options[kind] ?? fc.constant({}), when: guardOf(path) }),
    )
    .filter(({ kind, options }) => schemaCheck(kindOf(kind).options)(options).length === 0)
    .map(({ kind, options, when }): EntryInit => {
      const { layer, phase } = kindOf(kind)
      const risk = kindOf(kind).riskFor?.(options) ?? kindOf(kind).risk
      const category = phase === 'result' ? 'exec.unavailable' : 'contract.value'
      const tool = kind === 'rename-tool' ? String((options as JsonObject).from) : 't'
      return { kind, options, tool, stage: 'active', layer, risk, category, ...(when ? { when } : {}) }
    })
  return fc.array(entry, { minLength: 1, maxLength: 16 })
}

const unguarded = () => fc.constant(undefined)

function anyGuard(path: fc.Arbitrary<string>): fc.Arbitrary<Guard | undefined> {
  const { guard } = fc.letrec<{ guard: Guard }>((tie) => ({
    guard: fc.oneof(
      { maxDepth: 2 },
      fc.record({ path, test: fc.constantFrom('present', 'absent') }) as fc.Arbitrary<Guard>,
      fc.record({ path, test: fc.constant('one-of'), values: fc.array(scalar) }) as fc.Arbitrary<Guard>,
      fc.record({ path, test: fc.constant('prefix'), text }) as fc.Arbitrary<Guard>,
      fc.record({ not: tie('guard') }),
      fc.record({ all: fc.array(tie('guard'), { maxLength: 2 }) }),
      fc.record({ any: fc.array(tie('guard'), { maxLength: 2 }) }),
    ),
  }))
  return fc.option(guard, { nil: undefined })
}

let serial = 0
function call(input: Json | undefined, more: Partial<ToolCall> = {}): ToolCall {
  const base = { id: `call-${serial++}`, tool: { origin: 'local', name: 't' }, turn: 0, index: 0 }
  return { ...base, attempt: 1, approved: false, ...(input === undefined ? {} : { input }), ...more }
}

const clock = { now: () => 0, monotonic: () => 0, sleep: async () => {} }

async function open(entries: EntryInit[], contracts: ToolContract[] | undefined, readOnly = false) {
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    clock,
    store: memoryStore(registryWith(...entries)),
    config: readOnly ? { tools: { '*': { readOnly } } } : {},
  })
  const episode = lifeHarness.episode()
  if (contracts) episode.presentTools(contracts)
  return { lifeHarness, episode }
}

/** What the tool was called with, through emission and execution. */
async function executedOf(
  { episode }: Awaited<ReturnType<typeof open>>,
  emitted: ToolCall,
): Promise<ToolCall> {
  expect(episode.repairEmitted(emitted).call).toBe(emitted)
  let executed: ToolCall | undefined
  const value = { ok: true }
  const ran = await episode.run(emitted, (planned) => {
    executed = planned
    return value
  })
  expect(ran.result.value).toBe(value)
  expect(ran).toMatchObject({ thrown: false, notes: [] })
  expect(ran.edited).toBeUndefined()
  return executed as ToolCall
}

const NAMES_OF = ({ contract }: World): string[] =>
  Object.keys((contract.inputSchema?.properties ?? {}) as JsonObject)
const withEntries = (
  kinds: readonly string[],
  guardOf: (path: fc.Arbitrary<string>) => fc.Arbitrary<Guard | undefined>,
): fc.Arbitrary<[World, EntryInit[]]> =>
  world.chain((one) => fc.tuple(fc.constant(one), entriesOf(kinds, NAMES_OF(one), guardOf)))

const ALL = builtinKinds.map(({ kind }) => kind)
/** They answer calls: repetitions, and the calls here repeat each other; what needs another call first, and none is made. */
const ANSWERING = ['break-loop', 'gate', 'deduplicate-call']
const ACTING = ALL.filter((kind) => !ANSWERING.includes(kind))

describe('a call that fits its contract', () => {
  it('is changed by no kind that is about form, whatever its options and its guard', async () => {
    const form = ACTING.filter((kind) => !VALUE_KINDS.has(kind))
    await fc.assert(
      fc.asyncProperty(withEntries(form, anyGuard), async ([{ contract, calls }, entries]) => {
        const opened = await open(entries, [contract])
        for (const input of calls) {
          const emitted = call(input)
          expect(await executedOf(opened, emitted)).toBe(emitted)
        }
      }),
      RUNS,
    )
  }, 60_000)

  it('is changed by no kind at all where guards spare the values of recorded successes', async () => {
    const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(withEntries(ACTING, unguarded), picks, async ([{ contract, calls }, bare], picked) => {
        const opened = await open(
          bare.map((entry) => sparing(entry, calls)),
          [contract],
        )
        for (const input of [...calls, recombined(calls, picked)]) {
          const emitted = call(input)
          expect(await executedOf(opened, emitted)).toBe(emitted)
        }
      }),
      RUNS,
    )
  }, 60_000)

  it('would be changed without them: the registries are no straw men', async () => {
    const acted = new Set<string>()
    await fc.assert(
      fc.asyncProperty(withEntries([...VALUE_KINDS], unguarded), async ([{ contract, calls }, entries]) => {
        const { episode } = await open(entries, [contract])
        for (const input of calls)
          for (const { intervention } of (await episode.run(call(input), () => 1)).applied)
            acted.add(intervention.replace(/-[0-9a-f]{12}$/, ''))
      }),
      RUNS,
    )
    expect([...acted]).toEqual(expect.arrayContaining(['map-value', 'affix-value', 'respell-value']))
  }, 60_000)
})

/** What an inducer makes of recorded successes: the edit is for none of the values that were accepted, absence included. */
function sparing(entry: EntryInit, successes: readonly JsonObject[]): EntryInit {
  if (!VALUE_KINDS.has(entry.kind)) return entry
  const { kind, options = {} } = entry
  const path = kindOf(kind).touches?.(options) ?? String(options.path)
  const values = successes.map((input) => valuesAt(input, path))
  const unlike: Guard = { not: { path, test: 'one-of', values: values.flat() } }
  const mayLack = values.some(({ length }) => length === 0)
  return { ...entry, when: mayLack ? { all: [{ path, test: 'present' }, unlike] } : unlike }
}

/** Each argument as in some success, in a combination that need not have been seen. */
function recombined(successes: readonly JsonObject[], picked: readonly number[]): JsonObject {
  const names = [...new Set(successes.flatMap((input) => Object.keys(input)))]
  const members = names.map((own, at): [string, Json] => {
    const having = successes.filter((input) => Object.hasOwn(input, own))
    const one = having[(picked[at % picked.length] ?? 0) % having.length] as JsonObject
    return [own, one[own] as Json]
  })
  return Object.fromEntries(members)
}

const local = (own: string) => ({ tool: { origin: 'local', name: own } })
const anyCall = (calls: readonly JsonObject[]) =>
  fc.oneof(
    fc.constantFrom(...calls).map((input) => call(input)),
    fc.constantFrom(...calls).map((input) => call(input, { approved: true })),
    anyValue.map((input) => call(input)),
    fc.string({ maxLength: 20 }).map((rawInput) => call(undefined, { rawInput })),
    fc.tuple(anyValue, fc.constantFrom('T', 'u', 'x')).map(([input, own]) => call(input, local(own))),
  )
const throwing = (thrown: unknown) => () => {
  throw thrown
}
const CODES = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']
const outcome = fc.oneof(
  anyValue.map((value) => () => value),
  fc.anything().map(throwing),
  fc
    .record({ code: fc.constantFrom(...CODES), status: fc.constantFrom(undefined, 429, 503, 404) })
    .map((facts) => throwing(Object.assign(new Error('no'), facts))),
)

it('nothing throws, what was approved stays, and what may have acted never runs twice', async () => {
  // A retry comes up seldom enough among so many kinds, and it must come up.
  const arranged = withEntries([...ALL, ...Array(8).fill('retry')], anyGuard).chain(([one, entries]) =>
    fc.record({
      contracts: fc.constantFrom<ToolContract[] | undefined>([one.contract], undefined),
      entries: fc.constant(entries),
      calls: fc.array(fc.tuple(anyCall(one.calls), outcome), { minLength: 1, maxLength: 6 }),
      readOnly: fc.boolean(),
    }),
  )
  let retried = 0
  await fc.assert(
    fc.asyncProperty(arranged, async ({ contracts, entries, calls, readOnly }) => {
      const { lifeHarness, episode } = await open(entries, contracts, readOnly)
      for (const [made, act] of calls) {
        const emitted = { ...made, id: `call-${serial++}` }
        episode.context('what is asked')
        episode.holdAnswer()
        const { call: planned } = episode.repairEmitted(emitted)
        if (emitted.approved) expect(planned).toBe(emitted)
        const executed: ToolCall[] = []
        let last: unknown
        const ran = await episode.run(planned, (one) => {
          executed.push(one)
          try {
            last = act()
            return last
          } catch (thrown) {
            last = thrown
            throw thrown
          }
        })
        if (executed.length > 0) expect(Object.is(ran.result.value, last)).toBe(true)
        if (emitted.approved) expect(executed).toEqual([emitted])
        if (!readOnly) expect(executed.length).toBeLessThanOrEqual(1)
        if (executed.length > 1) retried++
      }
      await lifeHarness.flush()
      expect(lifeHarness.health().events.refused).toBe(0)
    }),
    RUNS,
  )
  expect(retried).toBeGreaterThan(0)
}, 60_000)
