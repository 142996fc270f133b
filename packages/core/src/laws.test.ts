import { describe, expect, it, vi } from 'vitest'
import type { Action } from './action.ts'
import type { LifeHarnessConfig } from './config.ts'
import type { EpisodeInit } from './episode.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import type { Json, JsonObject } from './json.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

/** The laws of docs/design.md §4 that the fast loop holds, through the runtime and with the built-in kinds. */

let serial = 0
function call(input: Json | undefined, more: Partial<ToolCall> = {}): ToolCall {
  const base = { id: `call-${serial++}`, tool: { origin: 'local', name: 't' }, turn: 0, index: 0 }
  return { ...base, attempt: 1, approved: false, ...(input === undefined ? {} : { input }), ...more }
}

function contract(properties: JsonObject, more: JsonObject = {}, name = 't'): ToolContract {
  return { tool: { origin: 'local', name }, inputSchema: { type: 'object', properties, ...more } }
}

type Setting = {
  entries: (Partial<EntryInit> & { kind: string })[]
  contracts?: ToolContract[]
  config?: LifeHarnessConfig
  kinds?: Kind[]
  episode?: EpisodeInit
}

async function open({ entries, contracts, config = {}, kinds = [], episode: init = {} }: Setting) {
  const faults: string[] = []
  const registry = registryWith(
    ...entries.map((entry): EntryInit => ({ tool: 't', stage: 'active', ...entry })),
  )
  const store = memoryStore(registry)
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    store,
    config,
    kinds: [...builtinKinds, ...kinds],
    onFault: ({ where, error }) => faults.push(`${where}: ${(error as Error).message}`),
  })
  const episode = lifeHarness.episode(init)
  if (contracts) episode.presentTools(contracts)
  async function recorded() {
    await lifeHarness.flush()
    const events = []
    for await (const { event } of store.read(0, 1_000)) if (event.type === 'tool') events.push(event)
    return events
  }
  /** What a tool that gives back its arguments was called with, and what became of the call. */
  const executed = async (emitted: ToolCall) => {
    const ran = await episode.run(emitted, ({ input, rawInput }) => input ?? rawInput)
    return ran.result.value
  }
  return { episode, faults, recorded, executed, store, lifeHarness }
}

const INTEGER = { kind: 'coerce-argument', options: { path: '/n', to: 'integer' } }
const N = contract({ n: { type: 'integer' } }, { additionalProperties: false })

describe('law 1: a call that was right stays right', () => {
  it.each<[string, Setting, Json]>([
    [
      'a tool that nothing may ever touch',
      { entries: [INTEGER], config: { tools: { t: { never: true } } } },
      { n: '5' },
    ],
    [
      'a value that the contract lists as allowed, in a union',
      {
        entries: [{ kind: 'map-value', options: { path: '/c', map: { Economy: 'economy' } } }],
        contracts: [contract({ c: { anyOf: [{ enum: ['Economy', 'economy'] }, { type: 'null' }] } })],
      },
      { c: 'Economy' },
    ],
    [
      'an element that the contract lists as allowed, beside one that it does not',
      {
        entries: [{ kind: 'map-value', options: { path: '/c/*', map: { A: 'a' } } }],
        contracts: [contract({ c: { type: 'array', items: { enum: ['A', 'a'] } } })],
      },
      { c: ['A', 'z'] },
    ],
    [
      'a value of a type that all parts of the contract allow',
      {
        entries: [{ kind: 'coerce-argument', options: { path: '/n', to: 'integer' } }],
        contracts: [contract({ n: { allOf: [{ type: ['string', 'integer'] }] } })],
      },
      { n: '5' },
    ],
    [
      'an element that the guard does not mean, beside one that it does',
      {
        entries: [
          {
            kind: 'affix-value',
            options: { path: '/c/*', op: 'add', prefix: '#' },
            when: { path: '/c/*', test: 'shape', shapes: ['U1D3'] },
          },
        ],
      },
      { c: ['W123', 'plain'] },
    ],
    ['a text that happens to be JSON', { entries: [{ kind: 'repair-json' }] }, '{"a":1}'],
    ['an empty text', { entries: [{ kind: 'repair-json' }] }, ''],
  ])('%s', async (_, setting, input) => {
    const { executed, recorded } = await open(setting)
    const emitted = call(input)
    expect(await executed(emitted)).toBe(emitted.input)
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
  })

  describe('is not called dead, and so not repaired silently,', () => {
    const deadOf = async (setting: Setting, emitted: ToolCall) => {
      const { episode, recorded } = await open(setting)
      expect(episode.repairEmitted(emitted).call).toBe(emitted)
      await episode.run(emitted, () => 1)
      return (await recorded()).flatMap(({ applied }) => applied.map(({ dead }) => dead))
    }
    const map = { kind: 'map-value', options: { path: '/u', map: { 'http://ü.example/ß': 'x:y' } } }
    const uri = contract({ u: { type: 'string', format: 'uri' } })

    it('for a format that the host may not check', async () => {
      expect(await deadOf({ entries: [map], contracts: [uri] }, call({ u: 'http://ü.example/ß' }))).toEqual([
        false,
      ])
    })

    it('for a tool that a meta-tool may know', async () => {
      const meta = { tool: { origin: 'local', name: 'exec' } }
      const config = { metaTools: [{ tool: 'exec', name: '/name', input: '/args' }] }
      const emitted = call({ name: 't', args: { n: '5' } }, { tool: meta.tool })
      expect(await deadOf({ entries: [INTEGER], contracts: [meta], config }, emitted)).toEqual([false])
    })

    it('for arguments that a host may leave out', async () => {
      const drop = { kind: 'drop-argument', options: { path: '/why' } }
      const setting = { entries: [drop], contracts: [N] }
      const emitted = () => call({ n: 1, why: '' })
      expect(await deadOf({ ...setting, episode: { strips: true } }, emitted())).toEqual([false])
      await expect(deadOf(setting, emitted())).rejects.toThrow()
    })
  })

  it.each<[string, { kind: string; options: JsonObject }, Json]>([
    [
      'with an argument that it strips',
      { kind: 'drop-argument', options: { path: '/why' } },
      { n: 1, why: '' },
    ],
    ['with a name that it strips', { kind: 'rename-argument', options: { from: '/m', to: '/n' } }, { m: 1 }],
    ['with a type that it takes', INTEGER, { n: '5' }],
    [
      'with a unit that it takes',
      { kind: 'strip-unit', options: { path: '/n', units: ['km'] } },
      { n: '5 km' },
    ],
    [
      'with a literal that it takes',
      { kind: 'coerce-argument', options: { path: '/n', to: 'absent' } },
      { n: null },
    ],
  ])('a call that its host has accepted, %s', async (_, entry, input) => {
    const { episode, recorded } = await open({ entries: [entry], contracts: [N] })
    const emitted = call(input)
    const ran = await episode.run(emitted, (executed) => executed, { accepted: true })
    expect(ran.result.value).toBe(emitted)
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
    // It is the host's word that makes the difference.
    expect((await episode.run(call(input), (executed) => executed)).applied).toHaveLength(1)
  })

  it('a call that only its host refuses is dead where that is said', async () => {
    const { episode } = await open({ entries: [INTEGER], episode: { strips: true } })
    expect(episode.repairEmitted(call({ n: '5' })).applied).toEqual([])
    expect(episode.repairEmitted(call({ n: '5' }), 'refused').applied).toMatchObject([{ dead: true }])
  })

  it('a poll that moves is no loop, nor is one that comes back to where it was', async () => {
    const { executed, episode } = await open({ entries: [{ kind: 'break-loop' }] })
    const results = ['queued', 'queued', 'queued', 'running', 'running', 'queued', 'running', 'done']
    for (const [at, result] of results.entries()) {
      if (at === 3) await executed(call({ wait: at }))
      expect((await episode.run(call({ job: 1 }), () => result)).result.value).toBe(result)
    }
  })
})

describe('law 2: tool names', () => {
  it('are not changed where a meta-tool may know them', async () => {
    const rename = { kind: 'rename-tool', options: { from: 'getX', to: 'get_x' }, tool: 'getX' }
    const exec = { tool: { origin: 'local', name: 'exec' } }
    const { episode, recorded } = await open({
      entries: [rename],
      contracts: [exec, contract({}, {}, 'get_x')],
      config: { metaTools: [{ tool: 'exec', name: '/name', input: '/args' }] },
    })
    const emitted = call({ name: 'getX', args: {} }, { tool: exec.tool })
    const ran = await episode.run(emitted, (executed) => executed)
    expect(ran.result.value).toBe(emitted)
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
  })
})

describe('law 3: what would lose data fails closed', () => {
  const explain = {
    kind: 'explain-error',
    options: { advice: 'try-later' },
    category: 'result.soft_failure' as const,
  }
  const failing = { tools: { t: { succeeded: () => false } } }

  it.each<[string, unknown]>([
    ['is cut in its view', { text: 'x'.repeat(40_000) }],
    ['holds what is no JSON', { at: new Date(0) }],
    ['holds what cannot be seen', { bytes: new Uint8Array(2) }],
    ['is a list', [1, 2]],
    ['is a number', 5],
  ])('a hint leaves a result alone that %s', async (_, value) => {
    const { episode, recorded } = await open({ entries: [explain], config: failing })
    const ran = await episode.run(call({}), () => value)
    expect(ran.edited).toBeUndefined()
    expect(ran.result.value).toBe(value)
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
  })

  it('a hint goes into a result that can be written back, in its own form', async () => {
    for (const [value, edited] of [
      [{ ok: false }, { ok: false, advice: expect.any(String) }],
      [
        { content: ['a.txt'], ok: false },
        { content: ['a.txt'], ok: false, advice: expect.any(String) },
      ],
      [
        { content: [{ type: 'text', text: 'no' }] },
        { content: [{ type: 'text' }, { type: 'text', text: expect.any(String) }] },
      ],
      ['no', expect.stringMatching(/^no\n/)],
    ]) {
      const { episode } = await open({ entries: [explain], config: failing })
      expect((await episode.run(call({}), () => value)).edited).toMatchObject(edited as object)
    }
  })
})

describe('law 4: what was cut short', () => {
  it.each(['{"n": 5', '{"n": [5', '{"n": "5', '"{\\"n\\": 5}', '```json\n{"n": 5}\n'])(
    'is never completed: %s',
    async (rawInput) => {
      const { episode } = await open({
        entries: [{ kind: 'repair-json', options: { around: true } }],
        contracts: [N],
      })
      const emitted = call(undefined, { rawInput })
      expect(episode.repairEmitted(emitted).call).toBe(emitted)
      expect((await episode.run(emitted, (executed) => executed)).result.value).toBe(emitted)
    },
  )
})

describe('law 7: caps', () => {
  it('hold for all interventions together: a failing call is sent six times at most', async () => {
    const forever = (kind: string): Kind =>
      defineIntervention({
        ...builtinKinds[0]!,
        kind,
        phase: 'result',
        layer: 'trajectory',
        actions: ['retry'],
        compile: () => (): Action => ({ type: 'retry', afterMs: 0 }),
      })
    const kinds = [forever('again'), forever('and-again')]
    const entries = kinds.map(({ kind }) => ({ kind, category: 'exec.unavailable' as const }))
    const { episode } = await open({ entries, kinds })
    let executions = 0
    await episode.run(call({}), () => {
      executions++
      throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' })
    })
    expect(executions).toBe(6)
  })
})

describe('law 9: what was taken back', () => {
  it.each(['suspended', 'retired'] as const)('is %s from the next call on', async (to) => {
    const { episode, executed, store, lifeHarness } = await open({ entries: [INTEGER] })
    expect(await executed(call({ n: '5' }))).toEqual({ n: 5 })
    const [entry] = lifeHarness.registry().entries
    const stages = { default: { ...entry!.stages.default!, stage: to } }
    const change = {
      ...{ type: 'stage' as const, entry: { ...entry!, stages }, family: 'default' },
      ...{ from: 'active' as const, to, reason: 'test', by: 'person' as const, at: 0 },
    }
    expect(await store.commit(lifeHarness.registry().version, [change])).not.toBe('stale')
    await lifeHarness.refresh()
    const emitted = call({ n: '5' })
    expect((await episode.run(emitted, (planned) => planned)).result.value).toBe(emitted)
  })
})

it('switched off, neither calls nor results are touched, and nothing is kept', async () => {
  vi.stubEnv('LIFEHARNESS', 'off')
  const explain = {
    kind: 'explain-error',
    options: { advice: 'try-later' },
    category: 'exec.timeout',
  } as const
  const { episode, recorded } = await open({ entries: [INTEGER, explain] })
  vi.unstubAllEnvs()
  const emitted = call({ n: '5' })
  expect(episode.repairEmitted(emitted, 'refused').call).toBe(emitted)
  const thrown = Object.assign(new Error('no'), { code: 'ETIMEDOUT' })
  const ran = await episode.run(emitted, (executed) => {
    expect(executed).toBe(emitted)
    throw thrown
  })
  expect(ran).toEqual({ result: ran.result, thrown: true, executed: emitted, notes: [], applied: [] })
  expect(ran.result.value).toBe(thrown)
  expect(await recorded()).toEqual([])
})

describe('law 8: what is recorded as applied was executed', () => {
  it('not where the host kept the call and refused it', async () => {
    const { episode, recorded, faults } = await open({ entries: [INTEGER], contracts: [N] })
    const emitted = call({ n: '5' })
    expect(episode.repairEmitted(emitted).call.input).toEqual({ n: 5 })
    episode.observe(emitted, toolResult('error', 'no', { error: { message: 'no' } }))
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
    expect(faults).toEqual(['adapter: tool t: the rewritten call was not executed'])
  })

  it('not where the host took the arguments over and not the name', async () => {
    const rename = { kind: 'rename-tool', options: { from: 'T', to: 't' }, tool: 'T' }
    const { episode, recorded, faults } = await open({ entries: [rename], contracts: [contract({})] })
    const emitted = call({ n: 1 }, { tool: { origin: 'local', name: 'T' } })
    expect(episode.repairEmitted(emitted).call.tool.name).toBe('t')
    episode.observe(emitted, toolResult('error', 'no', { error: { message: 'no' } }))
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
    expect(faults).toHaveLength(1)
  })

  it('not where the host refuses what the layer made of a call; that goes through as it was', async () => {
    for (const accepts of [() => false, () => Promise.reject(new Error('broken check'))]) {
      const { episode, recorded, faults } = await open({ entries: [INTEGER] })
      const emitted = call({ n: '5' })
      const ran = await episode.run(emitted, (executed) => executed, { accepts })
      expect(ran.result.value).toBe(emitted)
      expect(ran).toMatchObject({ applied: [], notes: [] })
      expect((await recorded())[0]).not.toHaveProperty('executed')
      expect(faults.length).toBeGreaterThan(0)
    }
  })

  it('not for an earlier call of the same id', async () => {
    const { episode, recorded, faults } = await open({ entries: [INTEGER], contracts: [N] })
    episode.repairEmitted(call({ n: '5' }, { id: 'call_0' }))
    const good = call({ n: 5 }, { id: 'call_0' })
    expect(episode.repairEmitted(good).call).toBe(good)
    await episode.run(good, () => 1)
    expect((await recorded()).flatMap(({ applied }) => applied)).toEqual([])
    expect(faults).toEqual([])
  })

  it('a call that the host itself repaired is no fault', async () => {
    const { episode, faults } = await open({ entries: [INTEGER], contracts: [N] })
    const emitted = call({ n: 'five' })
    expect(episode.repairEmitted(emitted).call).toBe(emitted)
    await episode.run({ ...emitted, input: { n: 5 } }, () => 1)
    expect(faults).toEqual([])
  })

  it('nothing of what was edited before an answer', async () => {
    const answer: Kind = defineIntervention({
      ...builtinKinds[0]!,
      kind: 'answer',
      actions: ['respond'],
      compile: () => (): Action => ({ type: 'respond', result: toolResult('error', 'no') }),
    })
    const affix = {
      kind: 'affix-value',
      options: { path: '/c', op: 'add', prefix: '#' },
      risk: 'value',
    } as const
    const { episode, recorded } = await open({ entries: [affix, { kind: 'answer' }], kinds: [answer] })
    const ran = await episode.run(call({ c: 'a' }), () => 1)
    expect(ran.notes).toEqual([])
    const [event] = await recorded()
    expect(event?.applied.map(({ action }) => action)).toEqual(['respond'])
  })
})

describe('what the model is told', () => {
  const affix = {
    kind: 'affix-value',
    options: { path: '/c', op: 'add', prefix: '#' },
    risk: 'value',
  } as const

  it.each([false, true])(
    'of a live call that ran with other values, also where it failed: %s',
    async (fails) => {
      const { episode } = await open({ entries: [affix] })
      const ran = await episode.run(call({ c: 'a' }), () => {
        if (fails) throw new Error('no')
      })
      expect(ran.notes).toEqual([expect.stringContaining('{"c":"#a"}')])
    },
  )

  it('a hint of a refused call, where the host can still tell', async () => {
    const explain = {
      kind: 'explain-error',
      options: { advice: 'try-later' },
      category: 'contract.type' as const,
    }
    const { episode } = await open({ entries: [explain], contracts: [N] })
    const refused = () => toolResult('error', 'no', { error: { message: 'no' }, view: () => 'no' })
    expect(episode.observe(call({ n: '5' }), refused())).toMatchObject({ applied: [] })
    expect(episode.observe(call({ n: '5' }), refused(), { tells: true })).toMatchObject({
      edited: expect.stringMatching(/^no\n/),
      applied: [{ arm: 'applied', action: 'replace-result' }],
    })
  })
})
