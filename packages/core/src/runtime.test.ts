import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Episode } from './episode.ts'
import type { Classifier } from './failure.ts'
import type { Fault } from './fault.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { isJsonObject, type Json } from './json.ts'
import { memoryStore } from './memory-store.ts'
import type { RegistryState } from './registry.ts'
import type { RunOptions } from './run.ts'
import { createLifeHarness, type LifeHarness, type LifeHarnessOptions } from './runtime.ts'
import type { Store } from './store.ts'
import { fakeClock } from './testing/fake-clock.ts'
import { registryWith } from './testing/registry-entry.ts'
import { throwingStore } from './testing/throwing-store.ts'
import type { ToolContract } from './tool.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

const CONTRACT: ToolContract = {
  tool: { origin: 'local', name: 'add' },
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
    additionalProperties: false,
  },
}

let serial = 0
function call(input: Json, more: Partial<ToolCall> = {}): ToolCall {
  return {
    id: `call-${serial++}`,
    tool: CONTRACT.tool,
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
    input,
    ...more,
  }
}

/** Renames `x` to `a`. */
const rename: Kind = defineIntervention<{ from: string; to: string }>({
  kind: 'test-rename',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  options: {},
  compile:
    ({ from, to }) =>
    ({ call }) => {
      if (!isJsonObject(call.input) || !(from in call.input) || to in call.input) return undefined
      const { [from]: value, ...rest } = call.input
      return { type: 'replace-call', call: { ...call, input: { [to]: value as Json, ...rest } } }
    },
})

const retry: Kind = defineIntervention({
  kind: 'test-retry',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'retry',
  actions: ['retry'],
  options: {},
  compile:
    () =>
    ({ call }) =>
      call.attempt < 4 ? { type: 'retry', afterMs: 100 } : undefined,
})

const hint: Kind = defineIntervention({
  kind: 'test-hint',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['replace-result'],
  options: {},
  compile: () => () => ({ type: 'replace-result', edit: (view) => `${String(view)} (use /a)` }),
})

const broken: Kind = defineIntervention({
  ...hint,
  kind: 'test-broken',
  phase: 'call',
  actions: ['replace-call'],
  compile: () => () => {
    throw new Error('a bug in a kind')
  },
})

const everything: Classifier = {
  name: 'everything',
  categories: ['exec.unavailable'],
  on: 'step',
  classify: ({ result }) =>
    result.outcome === 'error'
      ? {
          category: 'exec.unavailable',
          rank: 'typed',
          attribution: 'environment',
          retryable: 'same',
          effect: 'none',
          evidence: result.error?.message ?? '',
        }
      : undefined,
}

const RENAME = { kind: 'test-rename', options: { from: 'x', to: 'a' }, tool: 'add', stage: 'active' } as const
const RETRY = {
  kind: 'test-retry',
  tool: 'add',
  stage: 'active',
  layer: 'trajectory',
  category: 'exec.unavailable',
} as const
const HINT = { ...RETRY, kind: 'test-hint' } as const

async function harness(
  registry: RegistryState | undefined,
  more: LifeHarnessOptions = {},
): Promise<{ lifeHarness: LifeHarness; store: Store; faults: Fault[] }> {
  const store = more.store ?? memoryStore(registry)
  const faults: Fault[] = []
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    kinds: [rename, retry, hint, broken],
    classifiers: [everything],
    onFault: (fault) => faults.push(fault),
    store,
    ...more,
  })
  return { lifeHarness, store, faults }
}

async function toolEvents(lifeHarness: LifeHarness, store: Store) {
  await lifeHarness.flush()
  const events = []
  for await (const { event } of store.read(0, 1_000)) if (event.type === 'tool') events.push(event)
  return events
}

const add = ({ input }: ToolCall): number => {
  const { a, b } = input as { a: number; b: number }
  if (typeof a !== 'number' || typeof b !== 'number') throw new TypeError('a and b must be numbers')
  return a + b
}

afterEach(() => vi.unstubAllEnvs())

describe('a call', () => {
  it('that was right stays right, by reference', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME, RETRY, HINT))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const emitted = call({ a: 1, b: 2 })
    const value = { sum: 3 }
    const ran = await episode.run(emitted, (executed) => {
      expect(executed).toBe(emitted)
      return value
    })
    expect(ran.result.value).toBe(value)
    expect(ran).toMatchObject({ thrown: false, applied: [], notes: [] })
  })

  it('is edited, and the application is recorded with before and after', async () => {
    const { lifeHarness, store } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const ran = await episode.run(call({ x: 1, b: 2 }), add)
    expect(ran.result.value).toBe(3)
    const [event] = await toolEvents(lifeHarness, store)
    expect(event?.call.input).toEqual({ x: 1, b: 2 })
    expect(event?.executed?.input).toEqual({ a: 1, b: 2 })
    expect(event?.applied).toMatchObject([
      { arm: 'applied', dead: true, before: { x: 1, b: 2 }, after: { a: 1, b: 2 }, action: 'replace-call' },
    ])
  })

  it('begins before its later siblings, edited or not, unless its host is asked first', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const inputs: Json[] = [
      { x: 1, b: 2 },
      { a: 3, b: 4 },
    ]
    const begun = async (options?: RunOptions) => {
      const first: Json[] = []
      const run = (input: Json) => episode.run(call(input), (sent) => first.push(sent.input ?? null), options)
      await Promise.all(inputs.map(run))
      return first.map((input) => (input as { a: number }).a)
    }
    expect(await begun()).toEqual([1, 3])
    expect(await begun({ accepts: async () => true })).toEqual([3, 1])
  })

  it('that throws comes back as what was thrown', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME))
    const thrown = new Error('boom')
    const ran = await lifeHarness.episode().run(call({}), () => {
      throw thrown
    })
    expect(ran).toMatchObject({ thrown: true, result: { outcome: 'error', error: { message: 'boom' } } })
    expect(ran.result.value).toBe(thrown)
  })

  it('a person approved is executed byte for byte (law 10)', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME, RETRY))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const approved = call({ x: 1, b: 2 }, { approved: true })
    let executions = 0
    const ran = await episode.run(approved, (executed) => {
      executions++
      expect(executed).toBe(approved)
      throw new Error('503')
    })
    expect(executions).toBe(1)
    expect(ran.applied).toEqual([])
  })

  it('is refused an edit that would break the schema or change the tool', async () => {
    const worse = registryWith({ ...RENAME, options: { from: 'a', to: 'z' } })
    const { lifeHarness, faults } = await harness(worse)
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const ran = await episode.run(call({ a: 1, b: 2 }), add)
    expect(ran.result.value).toBe(3)
    expect(ran.applied).toEqual([])
    expect(String(faults[0]?.error)).toContain('break the schema')
  })
})

describe('a dead call at emission', () => {
  it('is repaired once, and the run knows what it began from', async () => {
    const { lifeHarness, store } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const emitted = call({ x: 1, b: 2 })
    const repaired = episode.repairEmitted(emitted)
    expect(repaired.call.input).toEqual({ a: 1, b: 2 })
    const ran = await episode.run({ ...emitted, input: repaired.call.input as Json }, add)
    expect(ran.result.value).toBe(3)
    const [event] = await toolEvents(lifeHarness, store)
    expect(event?.call.input).toEqual({ x: 1, b: 2 })
    expect(event?.applied).toHaveLength(1)
  })

  it('is reported when the host did not take the rewrite over (law 8)', async () => {
    const { lifeHarness, faults } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const emitted = call({ x: 1, b: 2 })
    episode.repairEmitted(emitted)
    await episode.run({ ...emitted, input: { a: 5, b: 5 } }, add)
    expect(String(faults[0]?.error)).toContain('was not executed')
  })

  it('leaves a live call to execution', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    const emitted = call({ x: 1, b: 2 })
    expect(episode.repairEmitted(emitted)).toEqual({ call: emitted, applied: [] })
  })
})

describe('after a failure', () => {
  it('a retry waits and sends the same call, and one step is recorded', async () => {
    const clock = fakeClock()
    const { lifeHarness, store } = await harness(registryWith(RETRY), { clock })
    let executions = 0
    const running = lifeHarness.episode().run(call({ a: 1, b: 2 }), () => {
      if (++executions < 3) throw new Error('503')
      return 'ok'
    })
    await vi.waitFor(() => expect(executions).toBe(1))
    await clock.advance(100)
    await vi.waitFor(() => expect(executions).toBe(2))
    await clock.advance(100)
    const ran = await running
    expect(ran.result.value).toBe('ok')
    expect(ran.executed.attempt).toBe(3)
    const events = await toolEvents(lifeHarness, store)
    expect(events).toHaveLength(1)
    expect(events[0]?.applied).toMatchObject([{ arm: 'applied', action: 'retry' }])
  })

  it('no retry begins after the deadline', async () => {
    const { lifeHarness } = await harness(registryWith(RETRY))
    let executions = 0
    const ran = await lifeHarness.episode().run(
      call({}),
      () => {
        executions++
        throw new Error('503')
      },
      { deadlineMs: 50 },
    )
    expect(executions).toBe(1)
    expect(ran.applied).toEqual([])
  })

  it('a hint edits what the model sees, and only that', async () => {
    const { lifeHarness } = await harness(registryWith(HINT))
    const thrown = new Error('no such path')
    const ran = await lifeHarness.episode().run(call({}), () => {
      throw thrown
    })
    expect(ran.edited).toBe('no such path (use /a)')
    expect(ran.result.value).toBe(thrown)
  })
})

describe('control flow of the host', () => {
  it('passes through untouched and is no failure', async () => {
    const { lifeHarness, store } = await harness(registryWith(RETRY, HINT))
    const abort = new DOMException('stop', 'AbortError')
    const episode = lifeHarness.episode()
    await expect(
      episode.run(call({}), () => {
        throw abort
      }),
    ).rejects.toBe(abort)
    const interrupt = { interrupt: true }
    await expect(
      episode.run(
        call({}),
        () => {
          throw interrupt
        },
        { host: { isControlFlow: (thrown) => thrown === interrupt } },
      ),
    ).rejects.toBe(interrupt)
    const events = await toolEvents(lifeHarness, store)
    expect(events.map(({ outcome, failure }) => ({ outcome, failure }))).toEqual([
      { outcome: 'interrupted', failure: undefined },
      { outcome: 'interrupted', failure: undefined },
    ])
  })
})

describe('modes and stages', () => {
  const dead = () => call({ x: 1, b: 2 })

  it.each(['observe', 'progressive'] as const)('%s: shadow only computes', async (mode) => {
    const { lifeHarness } = await harness(registryWith({ ...RENAME, stage: 'shadow' }), { mode })
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    const ran = await episode.run(dead(), () => 'as emitted')
    expect(ran.executed.input).toEqual({ x: 1, b: 2 })
    expect(ran.applied).toMatchObject([{ arm: 'shadow', after: { a: 1, b: 2 } }])
  })

  it('observe alters nothing even where the registry is active', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME), { mode: 'observe' })
    const ran = await lifeHarness.episode().run(dead(), () => 'as emitted')
    expect(ran.executed.input).toEqual({ x: 1, b: 2 })
    expect(ran.applied).toMatchObject([{ arm: 'shadow' }])
  })

  it('frozen applies what is active and nothing else', async () => {
    const { lifeHarness } = await harness(registryWith({ ...RENAME, stage: 'canary', controlShare: 0.5 }))
    const ran = await lifeHarness.episode().run(dead(), () => 'as emitted')
    expect(ran.applied).toEqual([])
  })

  it('canary draws episodes, sticky, into both arms', async () => {
    const registry = registryWith({ ...RENAME, stage: 'canary', controlShare: 0.5 })
    const { lifeHarness } = await harness(registry, { mode: 'progressive' })
    const arms = new Map<string, Set<string | undefined>>()
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 200; index++) {
        const episode = lifeHarness.episode({ id: `episode-${index}` })
        const ran = await episode.run(dead(), () => 'result')
        const seen = arms.get(episode.id) ?? new Set()
        arms.set(episode.id, seen.add(ran.applied[0]?.arm))
      }
    }
    expect([...arms.values()].every((seen) => seen.size === 1)).toBe(true)
    const treated = [...arms.values()].filter((seen) => seen.has('applied')).length
    expect(treated).toBeGreaterThan(70)
    expect(treated).toBeLessThan(130)
  })

  it('an episode keeps its snapshot, also at a tool that it calls only later; the next one has the new one', async () => {
    const { lifeHarness, store } = await harness(registryWith({ ...RENAME, stage: 'shadow' }))
    const inFlight = lifeHarness.episode()
    const { version, entries } = lifeHarness.registry()
    const entry = entries[0]!
    const stages = { default: { ...entry.stages.default!, stage: 'active' as const } }
    const promoted = { type: 'stage', entry: { ...entry, stages }, family: 'default' } as const
    const moved = { from: 'shadow', to: 'active', reason: 'test', by: 'person', at: 0 } as const
    expect(await store.commit(version, [{ ...promoted, ...moved }])).not.toBe('stale')
    await lifeHarness.refresh()
    const executed = async (episode: Episode) => {
      episode.presentTools([CONTRACT])
      return (await episode.run(dead(), ({ input }) => input)).result.value
    }
    expect(await executed(inFlight)).toEqual({ x: 1, b: 2 })
    expect(await executed(lifeHarness.episode())).toEqual({ a: 1, b: 2 })
  })

  it('the kill switch and its end act on the next call of an episode', async () => {
    const { lifeHarness, store } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode()
    episode.presentTools([CONTRACT])
    expect((await episode.run(dead(), add)).result.value).toBe(3)
    const before = lifeHarness.registry()
    await store.commit(before.version, [
      { type: 'settings', settings: { killed: true }, by: 'person', at: 0, reason: 'test' },
    ])
    await lifeHarness.refresh()
    expect((await episode.run(dead(), () => 'untouched')).applied).toEqual([])
    const killed = lifeHarness.registry()
    await store.commit(killed.version, [
      { type: 'settings', settings: {}, by: 'person', at: 0, reason: 'test' },
    ])
    await lifeHarness.refresh()
    expect((await episode.run(dead(), add)).result.value).toBe(3)
  })

  it('LIFEHARNESS=off is a bare call, =observe alters nothing', async () => {
    vi.stubEnv('LIFEHARNESS', 'off')
    const off = await harness(registryWith(RENAME))
    expect((await off.lifeHarness.episode().run(dead(), ({ input }) => input)).result.value).toEqual({
      x: 1,
      b: 2,
    })
    expect(await toolEvents(off.lifeHarness, off.store)).toEqual([])
    vi.stubEnv('LIFEHARNESS', 'observe')
    const observing = await harness(registryWith(RENAME))
    expect(observing.lifeHarness.mode).toBe('observe')
    expect((await observing.lifeHarness.episode().run(dead(), ({ input }) => input)).result.value).toEqual({
      x: 1,
      b: 2,
    })
  })

  it('does not give a host an intervention whose action it cannot do', async () => {
    const { lifeHarness } = await harness(registryWith(RENAME))
    const episode = lifeHarness.episode({ actions: ['respond'] })
    expect((await episode.run(dead(), () => 'x')).applied).toEqual([])
  })
})

describe('what cannot work is refused when the layer is stood up', () => {
  it.each<[string, object, RegExp]>([
    [
      'a misspelt mode',
      { mode: 'progresive' },
      /no mode progresive; the modes are observe, progressive, frozen/,
    ],
    ['a text for a registry', { registry: '{}' }, /this is no registry.*parseRegistry/],
    ['another object for one', { registry: { hello: 1 } }, /this is no registry/],
    ['nothing for one', { registry: null }, /this is no registry/],
  ])('%s', async (_, options, said) => {
    await expect(createLifeHarness(options as LifeHarnessOptions)).rejects.toThrow(said)
  })
})

describe('faults', () => {
  it('a classifier, an intervention and a store that throw on every call change no result, each reported once', async () => {
    const boom: Classifier = {
      ...everything,
      name: 'boom',
      classify: () => {
        throw new Error('a bug in a classifier')
      },
    }
    const { lifeHarness, faults } = await harness(undefined, { classifiers: [boom], store: throwingStore() })
    const withoutStore = await harness(registryWith({ kind: 'test-broken', tool: 'add', stage: 'active' }), {
      classifiers: [boom],
    })
    for (const { lifeHarness: one } of [{ lifeHarness }, withoutStore]) {
      const episode = one.episode()
      episode.presentTools([CONTRACT])
      for (let index = 0; index < 20; index++) {
        expect((await episode.run(call({ a: index, b: 1 }), add)).result.value).toBe(index + 1)
        const failed = await episode.run(call({ a: 'x', b: 1 }), add)
        expect(failed.result.error?.message).toBe('a and b must be numbers')
      }
      episode.end()
      await one.flush().catch(() => {})
    }
    const wheres = [...faults, ...withoutStore.faults].map(({ where }) => where)
    expect(wheres.filter((where) => where.startsWith('classifier')).length).toBe(2)
    expect(withoutStore.faults.filter(({ where }) => where.startsWith('intervention')).length).toBe(1)
    expect(faults.filter(({ where }) => where === 'store load').length).toBe(1)
    expect(faults.filter(({ where }) => where === 'store append').length).toBe(1)
  })
})

describe('events', () => {
  it('carry no secret, and keep the ids readable', async () => {
    const { lifeHarness, store } = await harness(undefined)
    const episode = lifeHarness.episode({ id: 'run-7c9e6679f3b1' })
    const secret = 'sk-proj-9aX2kQ7LmZ4vT8wYb3NcR6dF1gH5jK0p'
    await episode.run(call({ a: 1, api_key: secret, text: `Bearer ${secret}` }), () => ({ echoed: secret }))
    await episode.run(call({ a: 1 }), () => {
      throw new Error(`401 for ${secret}`)
    })
    await lifeHarness.flush()
    const kept = []
    for await (const { event } of store.read(0, 100)) kept.push(event)
    const text = JSON.stringify(kept)
    expect(text).not.toContain(secret)
    expect(text).toContain('run-7c9e6679f3b1')
    expect(kept.map(({ type }) => type)).toEqual(['episode', 'tool', 'tool'])
  })

  it('say what a host cannot do, and which faults there were, without secrets', async () => {
    const secret = 'sk-proj-9aX2kQ7LmZ4vT8wYb3NcR6dF1gH5jK0p'
    const { lifeHarness, store } = await harness(undefined)
    lifeHarness.episode({ id: 'all' }).end({})
    lifeHarness.episode({ id: 'few', actions: ['retry'] }).end({})
    for (let times = 0; times < 2; times++) lifeHarness.report('adapter', new Error(`no ${secret}`))
    await lifeHarness.flush()
    const kept = []
    for await (const { event } of store.read(0, 100)) kept.push(event)
    expect(kept).toMatchObject([
      { type: 'episode', episode: 'all' },
      { type: 'end' },
      { type: 'episode', episode: 'few', actions: ['retry'] },
      { type: 'end' },
      { type: 'fault', where: 'adapter', message: expect.stringMatching(/^no /) },
    ])
    expect(kept[0]).not.toHaveProperty('actions')
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  it('record contracts once per process, and the end of an episode with its success', async () => {
    const { lifeHarness, store } = await harness(undefined)
    for (let index = 0; index < 3; index++) {
      const episode = lifeHarness.episode()
      episode.presentTools([CONTRACT])
      episode.observeModel({ finishReason: 'tool-calls', usage: { inputTokens: 5 } })
      episode.observe(call({}), toolResult('error', null, { error: { message: 'refused' } }))
      episode.end({ success: index === 2 })
    }
    await lifeHarness.flush()
    const kept = []
    for await (const { event } of store.read(0, 100)) kept.push(event)
    expect(kept.filter((event) => event.type === 'contracts' && event.contracts).length).toBe(1)
    expect(
      kept.filter((event) => event.type === 'end').map((event) => 'success' in event && event.success),
    ).toEqual([false, false, true])
    expect(kept.filter((event) => event.type === 'tool')[0]).toMatchObject({ outcome: 'error' })
  })
})
