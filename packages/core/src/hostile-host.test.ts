import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import type { Event } from './event.ts'
import { builtinKinds } from './interventions/index.ts'
import { memoryStore } from './memory-store.ts'
import type { RegistryState } from './registry.ts'
import { createLifeHarness, type LifeHarness, type LifeHarnessOptions } from './runtime.ts'
import type { Store } from './store.ts'
import { registryWith } from './testing/registry-entry.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

/** What hosts, users and registries may do wrong: none of it may reach the agent, and every fault is reported. */

let serial = 0
const call = (input: unknown, more: Partial<ToolCall> = {}): ToolCall => ({
  id: `call-${serial++}`,
  tool: { origin: 'local', name: 'add' },
  turn: 0,
  index: 0,
  attempt: 1,
  approved: false,
  input: input as ToolCall['input'] & object,
  ...more,
})

async function harness(options: LifeHarnessOptions & { state?: RegistryState } = {}): Promise<{
  lifeHarness: LifeHarness
  store: Store
  faults: string[]
}> {
  const { state, ...rest } = options
  const store = memoryStore(state)
  const faults: string[] = []
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    store,
    onFault: ({ where }) => faults.push(where),
    ...rest,
  })
  return { lifeHarness, store, faults }
}

async function eventsOf({
  lifeHarness,
  store,
}: {
  lifeHarness: LifeHarness
  store: Store
}): Promise<Event[]> {
  await lifeHarness.flush()
  const events: Event[] = []
  for await (const { event } of store.read(0, 1_000)) events.push(event)
  return events
}

const boom = (): never => {
  throw new Error('boom')
}
const trap = new Proxy({}, { get: boom })

describe('what a host hands over', () => {
  it('a configuration that throws when it is looked at leaves every call as it is', async () => {
    const config = Object.defineProperty({}, 'tools', { get: boom, enumerable: true })
    const { lifeHarness, faults } = await harness({ config })
    const ran = await lifeHarness.episode().run(call({}), () => 5)
    expect(ran).toMatchObject({ thrown: false, result: { value: 5 } })
    const failed = new Error('no')
    const observed = toolResult('error', failed, { error: { message: 'no' } })
    expect(lifeHarness.episode().observe(call({}), observed, { tells: true }).result).toBe(observed)
    expect(faults.length).toBeGreaterThan(0)
  })

  it('tools of which nothing can be read are presented as they are', async () => {
    const config = { metaTools: [trap] } as unknown as NonNullable<LifeHarnessOptions['config']>
    const { lifeHarness, faults } = await harness({ config })
    const tools = [{ tool: { origin: 'local', name: 'add' } }]
    expect(lifeHarness.episode().presentTools(tools)).toBe(tools)
    expect(faults).toEqual(['presentTools'])
  })

  it('a codec that throws does not turn a call that ran into one that failed', async () => {
    const { lifeHarness, faults } = await harness()
    const ran = await lifeHarness.episode().run(call({}), () => 5, { host: { read: boom } })
    expect(ran).toMatchObject({ thrown: false, result: { outcome: 'ok', value: 5 } })
    expect(faults).toEqual(['host codec'])
  })

  it.each<[string, unknown]>([
    ['a message that is no text', { message: Object.create(null) }],
    ['something that throws when it is looked at', trap],
    ['a symbol', Symbol('no')],
    ['nothing', undefined],
    ['null', null],
  ])('%s that is thrown comes back as what was thrown', async (_, thrown) => {
    for (const host of [{}, { isControlFlow: boom }]) {
      const one = await harness()
      const ran = await one.lifeHarness.episode().run(
        call({}),
        () => {
          throw thrown
        },
        { host },
      )
      expect(ran.thrown).toBe(true)
      expect(ran.result.value === thrown).toBe(true)
      expect((await eventsOf(one)).filter(({ type }) => type === 'tool')).toHaveLength(1)
    }
  })

  it('tools that are none are reported, and the same array comes back', async () => {
    const { lifeHarness, faults } = await harness()
    const presented = [undefined] as never
    expect(lifeHarness.episode().presentTools(presented)).toBe(presented)
    expect(faults).toEqual(['presentTools'])
  })

  it('arguments that are no JSON are recorded as far as they can be', async () => {
    const one = await harness()
    const input = { big: 10n, f: () => 1, u: undefined, at: new Date(0), n: 1 }
    await one.lifeHarness.episode().run(call(input), () => 5)
    const [event] = (await eventsOf(one)).filter((event) => event.type === 'tool')
    expect(event?.call.input).toEqual({
      big: '10',
      f: null,
      u: undefined,
      at: '1970-01-01T00:00:00.000Z',
      n: 1,
    })
    expect(one.lifeHarness.health().events).toMatchObject({ queued: 0, refused: 0 })
  })

  it('an inserted call lets control flow pass', async () => {
    const abort = new DOMException('stop', 'AbortError')
    const inserting = {
      ...builtinKinds[0]!,
      kind: 'inserting',
      actions: ['insert-call' as const],
      compile: () => (context: { call: ToolCall }) => ({
        type: 'insert-call' as const,
        call: { ...context.call, id: 'inserted' },
        place: 'before' as const,
        note: false,
      }),
    }
    const state = registryWith({ kind: 'inserting', tool: 'add', stage: 'active' })
    const config = { tools: { add: { readOnly: true } } }
    const { lifeHarness } = await harness({ state, kinds: [inserting], config })
    const episode = lifeHarness.episode()
    episode.presentTools([{ tool: call({}).tool }])
    const ids: string[] = []
    const running = episode.run(call({}, { id: 'own' }), ({ id }) => {
      ids.push(id)
      throw abort
    })
    await expect(running).rejects.toBe(abort)
    expect(ids).toEqual(['inserted'])
  })
})

describe('what a user configures', () => {
  it.each<[string, LifeHarnessOptions['config']]>([
    ['a meta-tool without pointers', { metaTools: [{ tool: 'add' } as never] }],
    ['a model family that throws', { modelFamily: boom }],
    ['an observer of state that throws', { observeState: boom }],
    ['a word on results that throws', { tools: { '*': { succeeded: boom, expected: boom } } }],
  ])('%s changes no call, and every step is recorded', async (_, config) => {
    const one = await harness({ config })
    const episode = one.lifeHarness.episode()
    const emitted = call({ a: 1 })
    expect(episode.repairEmitted(emitted).call).toBe(emitted)
    expect((await episode.run(emitted, (executed) => executed)).result.value).toBe(emitted)
    const failed = await episode.run(call({ a: 1 }), boom)
    expect(failed.result.error?.message).toBe('boom')
    episode.observe(call({ a: 2 }), toolResult('error', 'no', { error: { message: 'no' } }))
    expect((await eventsOf(one)).filter(({ type }) => type === 'tool')).toHaveLength(3)
    expect(one.faults.length).toBeGreaterThan(0)
  })

  it('switched off, a plan is the call itself', async () => {
    const state = registryWith({
      kind: 'coerce-argument',
      tool: 'add',
      stage: 'active',
      options: { path: '/a', to: 'integer' },
    })
    vi.stubEnv('LIFEHARNESS', 'off')
    const { lifeHarness } = await harness({ state })
    vi.unstubAllEnvs()
    const emitted = call({ a: '1' })
    expect(lifeHarness.episode().planCall(emitted).call).toBe(emitted)
  })
})

describe('a registry that is damaged', () => {
  const good = registryWith({
    kind: 'coerce-argument',
    tool: 'add',
    stage: 'active',
    options: { path: '/a', to: 'integer' },
  })
  const entryOf = (change: object) => {
    const [entry] = good.entries
    return { ...entry!, intervention: { ...entry!.intervention, id: `bad-${serial++}`, ...change } }
  }

  it.each<[string, unknown]>([
    ['an entry that is none', { intervention: { kind: 'coerce-argument' } }],
    ['nothing', null],
    ['no tool', entryOf({ tool: undefined })],
    ['a path that is no text', entryOf({ kind: 'map-value', options: { path: 5, map: { a: 'b' } } })],
    ['no options', entryOf({ kind: 'map-value', options: null })],
    ['a guard that is none', entryOf({ when: { nothing: true } })],
    ['no signatures', entryOf({ kind: 'explain-error', options: { advice: 'try-later' }, signatures: null })],
  ])('%s stops no call, and no other intervention', async (_, bad) => {
    const state = { ...good, entries: [bad as never, ...good.entries] }
    for (const options of [{ store: { ...memoryStore(), load: async () => state } }, { registry: state }]) {
      const { lifeHarness, faults } = await harness(options)
      const episode = lifeHarness.episode()
      const ran = await episode.run(call({ a: '1' }), ({ input }) => input)
      expect(ran.result.value).toEqual({ a: 1 })
      const failed = await episode.run(call({ a: 1 }), boom)
      expect(failed.result.error?.message).toBe('boom')
      expect(faults.length).toBeGreaterThan(0)
    }
  })
})

describe('a process', () => {
  it('ends when its agent does, without a rejection that nobody handles, whatever fails', async () => {
    const child = fileURLToPath(new URL('./hostile-host.test.child.ts', import.meta.url))
    const options = ['--unhandled-rejections=strict', '--conditions=lifeharness-source', child]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, options, { timeout: 60_000 })
    expect([stdout.trim(), stderr.trim()]).toEqual(['the agent is done', ''])
  }, 60_000)
})
