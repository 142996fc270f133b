import { describe, expect, test } from 'vitest'
import { helps } from '../activation.ts'
import { onlineLevel, priceOf } from '../false-discovery.ts'
import type { Json } from '../json.ts'
import { memoryStore } from '../memory-store.ts'
import type { RegistryEntry, StageRecord } from '../registry.ts'
import { createLifeHarness, type LifeHarness } from '../runtime.ts'
import type { Store } from '../store.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import type { ToolContract } from '../tool.ts'
import { type ToolCall, toolResult } from '../trajectory.ts'
import { STAGE_LIMITS } from './decide.ts'
import { createLearner, type LearnerOptions } from './learner.ts'

const BOOK: ToolContract = {
  tool: { origin: 'local', name: 'book' },
  inputSchema: {
    type: 'object',
    properties: { destination: { type: 'string' }, nights: { type: 'integer' } },
    required: ['destination', 'nights'],
    additionalProperties: false,
  },
}
/** No contract is known of it: its calls are never dead. */
const MEASURE: ToolContract = { tool: { origin: 'local', name: 'measure' } }

const CITIES = [
  'Lima',
  'Oslo',
  'Rome',
  'Kyiv',
  'Quito',
  'Dakar',
  'Hanoi',
  'Turin',
  'Bonn',
  'Graz',
  'Nice',
  'Lyon',
]

type World = Awaited<ReturnType<typeof world>>

async function world(options: LearnerOptions = {}, store: Store = memoryStore()) {
  const clock = fakeClock()
  const newLearner = () => createLearner({ clock, growth: 0, ...options })
  const faults: unknown[] = []
  const harness: LifeHarness = await createLifeHarness({
    store,
    clock,
    mode: 'progressive',
    learnEveryMs: 0,
    learner: newLearner(),
    onFault: (fault) => faults.push(fault),
  })
  return { clock, newLearner, harness, store, faults }
}

let serial = 0

/** One episode of a scripted agent: it writes each input until one works, then goes on to the next task. */
async function play(
  { harness }: World,
  contract: ToolContract,
  tasks: readonly (readonly Json[])[],
  execute: (call: ToolCall) => unknown,
  { end = true, repair = true } = {},
): Promise<string> {
  const episode = harness.episode({ id: `episode-${serial++}`, model: { modelId: 'some-model' } })
  episode.presentTools([contract])
  let turn = 0
  for (const attempts of tasks) {
    for (const input of attempts) {
      const emitted: ToolCall = {
        id: `call-${serial++}`,
        tool: contract.tool,
        ...{ turn: turn++, index: 0, attempt: 1, approved: false },
        input,
      }
      if (!repair) {
        episode.observe(emitted, toolResult('ok', await execute(emitted)))
        break
      }
      const { call } = episode.repairEmitted(emitted)
      const { thrown } = await episode.run(call, execute)
      if (!thrown) break
    }
  }
  if (end) episode.end()
  return episode.id
}

/** The host validates arguments, as hosts do. */
function book({ input }: ToolCall): string {
  const { city } = input as Record<string, Json>
  if (city !== undefined) throw new Error("Invalid arguments: 'destination' is a required property")
  return 'booked'
}

/** It writes `city` where the contract says `destination`, finds out, and then does a few things right. */
function misnaming(index: number): Json[][] {
  const destination = CITIES[index % CITIES.length] as string
  const right = Array.from({ length: 12 }, (_, n): Json[] => [
    { destination: CITIES[(index + n) % CITIES.length] as string, nights: 1 + (n % 5) },
  ])
  return [
    [
      { city: destination, nights: 2 },
      { destination, nights: 2 },
    ],
    ...right,
  ]
}

async function entries(store: Store): Promise<readonly RegistryEntry[]> {
  return (await store.load()).entries
}

async function entryOf(store: Store, kind: string): Promise<RegistryEntry> {
  const found = (await entries(store)).filter(({ intervention }) => intervention.kind === kind)
  expect(found.map(({ intervention }) => intervention.options)).toHaveLength(1)
  return found[0] as RegistryEntry
}

async function familyRecord(store: Store, kind: string): Promise<StageRecord> {
  const { stages } = await entryOf(store, kind)
  expect(Object.keys(stages)).toEqual(['default', 'some-model'])
  return stages['some-model'] as StageRecord
}

async function stagesSeen(store: Store, kind: string): Promise<string[]> {
  const seen: string[] = []
  for await (const change of store.history())
    if (change.type === 'stage' && change.entry.intervention.kind === kind)
      seen.push(`${change.family}: ${change.from ?? ''} → ${change.to}`)
  return seen
}

describe('form on dead calls', () => {
  test('goes from the first failures to active, and then repairs the call before it is executed', async () => {
    const it = await world()
    for (let index = 0; index < 28; index++) await play(it, BOOK, misnaming(index), book)
    await it.harness.learn()
    await it.harness.learn()
    const rename = await entryOf(it.store, 'rename-argument')
    expect(rename.intervention).toMatchObject({
      options: { from: '/city', to: '/destination' },
      risk: 'form',
    })
    expect(rename.stages.default?.stage).toBe('shadow')
    const record = rename.stages['some-model'] as StageRecord
    expect(record).toMatchObject({ stage: 'active', controlShare: 0.1, deadOnly: true })
    expect(record.reason).toMatch(
      /^would have fixed 2\d dead calls in 2\d episodes, and changed 0 of \d+ successes$/,
    )
    expect(await stagesSeen(it.store, 'rename-argument')).toEqual([
      'default:  → proposed',
      'default: proposed → shadow',
      'some-model: shadow → active',
    ])
    const executed: Json[] = []
    for (let index = 0; index < 20; index++)
      await play(it, BOOK, [[{ city: 'Lima', nights: 3 }]], (call) => {
        executed.push(call.input as Json)
        return book(call)
      })
    const repaired = executed.filter((input) => Object.hasOwn(input as object, 'destination'))
    expect(repaired.length).toBeGreaterThan(12)
    expect(repaired.length).toBeLessThan(20)
    expect(it.faults).toEqual([])
  })

  test('stays in shadow while the evidence is thin, and in a tool marked destructive goes to canary', async () => {
    const it = await world({ config: { tools: { book: { destructive: true } } } })
    for (let index = 0; index < 10; index++) await play(it, BOOK, misnaming(index), book)
    await it.harness.learn()
    expect((await familyRecord(it.store, 'rename-argument')).stage).toBe('shadow')
    for (let index = 0; index < 20; index++) await play(it, BOOK, misnaming(index), book)
    await it.harness.learn()
    const record = await familyRecord(it.store, 'rename-argument')
    expect(record).toMatchObject({ stage: 'canary', controlShare: 0.5 })
    expect(record.account.level).toBeGreaterThan(0)
  })
})

describe('a contract that changes', () => {
  const changed = (name: string): ToolContract => ({
    ...BOOK,
    inputSchema: {
      ...BOOK.inputSchema,
      properties: { [name]: { type: 'string' }, nights: { type: 'integer' } },
      required: [name, 'nights'],
    },
  })

  async function active(): Promise<World> {
    const it = await world()
    for (let index = 0; index < 28; index++) await play(it, BOOK, misnaming(index), book)
    await it.harness.learn()
    await it.harness.learn()
    expect((await familyRecord(it.store, 'rename-argument')).stage).toBe('active')
    return it
  }

  test('at the anchor stops what was validated under it at once, and the learner suspends it', async () => {
    const it = await active()
    const executed: Json[] = []
    for (let index = 0; index < 5; index++)
      await play(it, changed('place'), [[{ city: 'Lima', nights: 3 }]], ({ input }) =>
        executed.push(input as Json),
      )
    expect(executed).toEqual(Array(5).fill({ city: 'Lima', nights: 3 }))
    await it.harness.learn()
    const found = (await entries(it.store)).filter(
      ({ intervention }) => intervention.options.to === '/destination',
    )
    expect(found.map(({ stages }) => Object.values(stages).map(({ stage }) => stage))).toEqual([
      ['suspended', 'suspended'],
    ])
  })

  test('in a way that its fixtures do not mind sends it to shadow, under the new contract', async () => {
    const it = await active()
    const before = (await entryOf(it.store, 'rename-argument')).intervention
    const stricter: ToolContract = {
      ...BOOK,
      inputSchema: {
        ...BOOK.inputSchema,
        properties: { destination: { type: 'string', pattern: '^[A-Z]' }, nights: { type: 'integer' } },
      },
    }
    await play(it, stricter, [[{ destination: 'Lima', nights: 3 }]], book)
    await it.harness.learn()
    const { stages, intervention } = await entryOf(it.store, 'rename-argument')
    expect(stages['some-model']).toMatchObject({
      stage: 'shadow',
      reason: expect.stringMatching(/contract changed/),
    })
    expect(intervention.version).toBeGreaterThan(before.version)
    expect(intervention.anchor?.hash).not.toBe(before.anchor?.hash)
  })
})

/** Live calls: the tool alone knows that units are written in lower case. */
function measure({ input }: ToolCall): string {
  const { unit } = input as { unit: string }
  if (unit !== unit.toLowerCase()) throw new Error(`unit ${unit} is not one of the known units`)
  return '21'
}

function shouting(index: number, recovers: boolean): Json[][] {
  const city = CITIES[index % CITIES.length] as string
  return [
    recovers
      ? [
          { city, unit: 'Celsius' },
          { city, unit: 'celsius' },
        ]
      : [{ city, unit: 'Celsius' }],
    [{ city, unit: 'kelvin' }],
  ]
}

describe('live calls', () => {
  test('pass canary: half of the episodes are the control, and what helps is promoted on that evidence', async () => {
    const it = await world()
    for (let index = 0; index < 20; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    for (let index = 0; index < 4; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    expect((await familyRecord(it.store, 'map-value')).stage).toBe('canary')
    let episodes = 0
    for (; episodes < 80; episodes++) {
      await play(it, MEASURE, shouting(episodes, episodes % 7 === 0), measure)
      if (episodes % 10 === 9) await it.harness.learn()
      if ((await familyRecord(it.store, 'map-value')).stage !== 'canary') break
    }
    const { stage, controlShare, reason, account, deadOnly } = await familyRecord(it.store, 'map-value')
    expect({ stage, controlShare, deadOnly }).toEqual({ stage: 'active', controlShare: 0.1 })
    expect(reason).toMatch(/^helps: (\d+) of \1 with it, 0 of \d+ without$/)
    expect(helps(account)).toBe(true)
    expect(episodes).toBeLessThan(60)
  })

  test('what harms in canary is suspended', async () => {
    const it = await world()
    for (let index = 0; index < 20; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    await play(it, MEASURE, shouting(0, true), measure)
    await it.harness.learn()
    // The tool changes its mind: now only capital letters are units.
    const moody = ({ input }: ToolCall) => {
      const { unit } = input as { unit: string }
      if (unit === unit.toLowerCase()) throw new Error(`unit ${unit} is out of order today`)
      return '21'
    }
    for (let index = 0; index < 60; index++)
      await play(it, MEASURE, shouting(index, false).slice(0, 1), moody)
    await it.harness.learn()
    const { stage, reason } = await familyRecord(it.store, 'map-value')
    expect(stage).toBe('suspended')
    expect(reason).toMatch(/recorded successes|that succeeded as they were|^harms/)
  })
})

test('a call that takes back what was done is a guardrail that did not hold, where that is declared', async () => {
  const undo: ToolContract = { tool: { origin: 'local', name: 'discard' } }
  const held = async (config: LearnerOptions['config']) => {
    const it = await world({ ...(config ? { config } : {}) })
    for (let index = 0; index < 21; index++) {
      await play(it, MEASURE, shouting(index, true), measure)
      if (index > 18) await it.harness.learn()
    }
    for (let index = 0; index < 6; index++) {
      const episode = it.harness.episode({ id: `undone-${index}`, model: { modelId: 'some-model' } })
      episode.presentTools([MEASURE, undo])
      const run = (turn: number, { tool }: ToolContract, unit: string) =>
        episode.run(
          {
            id: `${index}-${turn}`,
            tool,
            ...{ turn, index: 0, attempt: 1, approved: false },
            input: { city: 'Lima', unit },
          },
          (call) => (call.tool.name === 'measure' ? measure(call) : 'gone'),
        )
      const { thrown } = await run(0, MEASURE, 'Celsius')
      if (thrown) await run(1, MEASURE, 'celsius')
      await run(2, undo, 'celsius')
      episode.end()
    }
    await it.harness.learn()
    const { treated, control } = (await familyRecord(it.store, 'map-value')).account.guardrail
    expect(treated.episodes + control.episodes).toBe(6)
    return treated.successes + control.successes
  }
  expect(await held({ tools: { discard: { compensates: ['measure'] } } })).toBe(0)
  expect(await held(undefined)).toBe(6)
})

describe('each episode counts once', () => {
  async function inCanary(): Promise<World> {
    const it = await world()
    for (let index = 0; index < 20; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    for (let index = 0; index < 2; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    for (let index = 0; index < 8; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    return it
  }

  const count = ({ account }: StageRecord) => account.treated.episodes + account.control.episodes

  test('however many learners read the log from the beginning, one after another or at once', async () => {
    const it = await inCanary()
    const before = await familyRecord(it.store, 'map-value')
    expect(count(before)).toBe(8)
    await it.newLearner().run(it.store)
    await Promise.all([it.newLearner().run(it.store), it.newLearner().run(it.store)])
    expect((await familyRecord(it.store, 'map-value')).account).toEqual(before.account)
  })

  test('an episode without an end counts when a later event shows that it was quiet', async () => {
    const it = await inCanary()
    await play(it, MEASURE, shouting(1, true), measure, { end: false })
    await it.harness.learn()
    expect(count(await familyRecord(it.store, 'map-value'))).toBe(8)
    await it.clock.advance(31 * 60_000)
    await play(it, MEASURE, [[{ city: 'Lima', unit: 'kelvin' }]], measure)
    await it.harness.learn()
    expect(count(await familyRecord(it.store, 'map-value'))).toBe(9)
  })

  test('a run in which nothing happened commits nothing', async () => {
    const it = await inCanary()
    const { version } = await it.store.load()
    expect(await it.newLearner().run(it.store)).toMatchObject({ proposed: 0, moved: 0 })
    expect((await it.store.load()).version).toBe(version)
  })

  test('when others commit in between, the same follows from their state', async () => {
    const it = await inCanary()
    await play(it, MEASURE, shouting(1, true), measure)
    await it.harness.flush()
    let interfered = 0
    const contested: Store = {
      ...it.store,
      async commit(expected, changes) {
        if (interfered++ === 0) {
          const at = it.clock.now()
          await it.store.commit(expected, [{ type: 'templates', templates: { other: 'x' }, at }])
        }
        return it.store.commit(expected, changes)
      },
    }
    await it.newLearner().run(contested)
    expect(interfered).toBe(2)
    expect(count(await familyRecord(it.store, 'map-value'))).toBe(9)
  })
})

describe('what is registered from elsewhere', () => {
  const pack = registryEntry({
    kind: 'map-value',
    options: { path: '/unit', map: { Celsius: 'celsius' } },
    tool: 'measure',
    stage: 'proposed',
    origin: {
      inducer: 'pack:weather',
      trust: 'observed',
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      prediction: { removes: 0.8 },
      fixtures: { fixes: [], leaves: [] },
    },
  })

  async function withPack(): Promise<World> {
    const entry = { ...pack, pinned: false }
    const state = { version: 0, entries: [entry], templates: {}, settings: {} }
    return world({ inducers: [] }, memoryStore(state))
  }

  test('is validated on the own log, and gets its fixtures there', async () => {
    const it = await withPack()
    for (let index = 0; index < 6; index++) await play(it, MEASURE, shouting(index, true), measure)
    await it.harness.learn()
    const { stages, intervention } = await entryOf(it.store, 'map-value')
    expect(stages.default).toMatchObject({ stage: 'shadow', reason: expect.stringMatching(/^fixed 6 of 6/) })
    expect(intervention.origin.fixtures.fixes).not.toEqual([])
  })

  test('stays a draft where it would change what is right here', async () => {
    const it = await withPack()
    for (let index = 0; index < 6; index++) await play(it, MEASURE, shouting(index, true), () => '21')
    await it.harness.learn()
    const { stages } = await entryOf(it.store, 'map-value')
    expect(stages.default).toMatchObject({ stage: 'proposed', reason: 'changed 6 of 12 recorded successes' })
  })
})

test('an active one that is no longer induced is suspended when it would change a success', async () => {
  const store = memoryStore()
  const it = await world({}, store)
  for (let index = 0; index < 28; index++) await play(it, BOOK, misnaming(index), book)
  await it.harness.learn()
  await it.harness.learn()
  expect((await familyRecord(store, 'rename-argument')).stage).toBe('active')
  // The host became lenient: it takes both names, so what the model writes is right.
  for (let index = 0; index < 3; index++)
    await play(it, BOOK, [[{ city: 'Lima', nights: 3 }]], () => 'booked', { repair: false })
  await it.harness.flush()
  await createLearner({ clock: it.clock, inducers: [] }).run(store)
  const { stage, reason } = await familyRecord(store, 'rename-argument')
  expect({ stage, reason }).toEqual({
    stage: 'suspended',
    reason: expect.stringMatching(/^changed 3 of \d+ recorded/),
  })
})

test('what is retired does not come back', async () => {
  const it = await world()
  for (let index = 0; index < 12; index++) await play(it, BOOK, misnaming(index), book)
  await it.harness.learn()
  const { retireByPerson } = await import('./person.ts')
  const state = await it.store.load()
  const { intervention } = await entryOf(it.store, 'rename-argument')
  await it.store.commit(
    state.version,
    retireByPerson(state, intervention.id, 'we renamed it ourselves', { now: 0 }),
  )
  await play(it, BOOK, misnaming(1), book)
  await it.newLearner().run(it.store)
  expect((await entries(it.store)).filter((entry) => entry.intervention.id === intervention.id)).toEqual([])
})

test('levels follow the order in which hypotheses enter canary, over the whole registry', async () => {
  const it = await world()
  const second: ToolContract = { tool: { origin: 'local', name: 'weigh' } }
  const both = async (index: number) => {
    await play(it, MEASURE, shouting(index, true), measure)
    await play(it, second, shouting(index, true), measure)
  }
  for (let index = 0; index < 20; index++) await both(index)
  await it.harness.learn()
  await both(0)
  await it.harness.learn()
  const levels = (await entries(it.store))
    .filter(({ intervention }) => intervention.kind === 'map-value')
    .map(({ stages }) => stages['some-model']?.account.level)
  const { benefit } = STAGE_LIMITS
  const first = onlineLevel(benefit, { spent: 0, discoveries: 0 })
  expect(levels.sort()).toEqual([onlineLevel(benefit, { spent: priceOf(first), discoveries: 0 }), first])
})

test('in frozen mode nothing is drawn, so nothing is counted in the test', async () => {
  const { pinned: _, ...entry } = registryEntry({
    kind: 'map-value',
    options: { path: '/unit', map: { Celsius: 'celsius' } },
    tool: 'measure',
    stage: 'active',
    controlShare: 0.1,
  })
  const stages = { ...entry.stages, 'some-model': entry.stages.default as StageRecord }
  const store = memoryStore({ version: 0, entries: [{ ...entry, stages }], templates: {}, settings: {} })
  const it = await world({ inducers: [] }, store)
  const harness = await createLifeHarness({ store, clock: it.clock, mode: 'frozen' })
  const executed: Json[] = []
  for (let index = 0; index < 30; index++)
    await play({ ...it, harness }, MEASURE, shouting(index, false), (call) => {
      executed.push((call.input as Record<string, Json>).unit as Json)
      return measure(call)
    })
  await harness.flush()
  expect(executed).not.toContain('Celsius')
  await it.newLearner().run(store)
  const { treated, control } = (await familyRecord(store, 'map-value')).account
  expect([treated.episodes, control.episodes]).toEqual([0, 0])
})
