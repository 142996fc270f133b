import { describe, expect, it } from 'vitest'
import type { ActionType, Arm } from './action.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness, type Mode } from './runtime.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

/** The contract and the skill layer, and the gate of final answers, through the runtime. */

const named = (name: string): ToolContract => ({
  tool: { origin: 'local', name },
  description: `Does ${name}.`,
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
})
const tools = () => [named('find'), named('cancel')]
const later: EntryInit = {
  kind: 'patch-description',
  tool: 'find',
  stage: 'active',
  options: { advice: 'try-later' },
}
const card: EntryInit = {
  ...{ kind: 'sequence-card', tool: 'cancel', stage: 'active', layer: 'skill' },
  options: { tools: ['find', 'cancel'] },
}
const text = 'These calls are made in this order: "find", "cancel".'
let serial = 0
const call = (name: string): ToolCall => ({
  ...{ id: `c${serial++}`, tool: { origin: 'local', name }, turn: serial, index: 0, attempt: 1 },
  ...{ approved: false, input: {} },
})

async function open(entries: EntryInit[], mode: Mode = 'frozen', kinds: Kind[] = [], actions?: ActionType[]) {
  const store = memoryStore(registryWith(...entries))
  const faults: string[] = []
  const lifeHarness = await createLifeHarness({
    mode,
    store,
    kinds: [...builtinKinds, ...kinds],
    onFault: ({ error }) => faults.push((error as Error).message),
  })
  const episode = lifeHarness.episode(actions ? { actions } : {})
  async function recorded(): Promise<[string, string[], Arm[]][]> {
    await lifeHarness.flush()
    const steps: [string, string[], Arm[]][] = []
    for await (const { event } of store.read(0, 100))
      if (event.type === 'tool')
        steps.push([
          event.call.tool.name,
          event.applied.map(({ action }) => action),
          event.applied.map(({ arm }) => arm),
        ])
    return steps
  }
  async function events(): Promise<string[]> {
    await lifeHarness.flush()
    const types: string[] = []
    for await (const { event } of store.read(0, 100)) types.push(event.type)
    return types
  }
  return { episode, faults, recorded, events, lifeHarness }
}

describe('tools as they are presented', () => {
  it('are the same array where nothing changes, and other tools the same objects', async () => {
    const { episode } = await open([{ ...later, options: { path: '/unknown', advice: 'try-later' } }])
    const contracts = tools()
    expect(episode.presentTools(contracts)).toBe(contracts)
    const patched = await open([later])
    const presented = patched.episode.presentTools(contracts)
    expect(presented[0]?.description).toMatch(/^Does find\.\nThe tool is not available/)
    expect(presented[1]).toBe(contracts[1])
  })

  it('are remembered once, however often they are listed before anything is called', async () => {
    const { episode, events } = await open([])
    for (let at = 0; at < 50; at++) episode.presentTools(tools())
    await episode.run(call('find'), () => 'ok')
    expect(await events()).toEqual(['episode', 'contracts', 'tool'])
  })

  it('are chosen once: the same at every turn, whatever becomes of the registry', async () => {
    const { episode, lifeHarness } = await open([later])
    const first = episode.presentTools(tools())
    const state = lifeHarness.registry()
    Object.assign(state.settings, { killed: true })
    expect(episode.presentTools(tools())).toEqual(first)
    expect(lifeHarness.episode().presentTools(tools())).toEqual(tools())
  })

  it('fold several changes, each seeing the last one’s', async () => {
    const example: EntryInit = {
      ...{ kind: 'tighten-schema', tool: 'find', stage: 'active', layer: 'contract', risk: 'form' },
      options: { path: '/n', examples: [3] },
    }
    const { episode } = await open([{ ...later, layer: 'contract' }, example])
    expect(episode.presentTools(tools())[0]).toMatchObject({
      description: expect.stringContaining('not available'),
      inputSchema: { properties: { n: { examples: [3] } } },
    })
  })

  it('are recorded with the first call of their tool, and calls are judged by the host’s own contract', async () => {
    const required: EntryInit = {
      ...{ kind: 'tighten-schema', tool: 'find', stage: 'active', layer: 'contract', risk: 'value' },
      options: { path: '/n', required: true },
    }
    const { episode, recorded } = await open([required])
    episode.presentTools(tools())
    for (const name of ['cancel', 'find', 'find']) {
      const emitted = call(name)
      expect(episode.repairEmitted(emitted, undefined).call).toBe(emitted)
      await episode.run(emitted, () => 'ok')
    }
    expect(await recorded()).toEqual([
      ['cancel', [], []],
      ['find', ['replace-tools'], ['applied']],
      ['find', [], []],
    ])
  })

  it('are only computed in shadow, and not at all for a host that cannot change them', async () => {
    for (const mode of ['observe', 'progressive'] as const) {
      const { episode, recorded } = await open([{ ...later, stage: 'shadow' }], mode)
      const contracts = tools()
      expect(episode.presentTools(contracts)).toBe(contracts)
      await episode.run(call('find'), () => 'ok')
      expect(await recorded()).toEqual([['find', ['replace-tools'], ['shadow']]])
    }
    const { episode, recorded } = await open([later], 'frozen', [], ['replace-call'])
    episode.presentTools(tools())
    await episode.run(call('find'), () => 'ok')
    expect(await recorded()).toEqual([['find', [], []]])
  })

  it.each<[string, (contract: ToolContract) => ToolContract[]]>([
    ['another tool', ({ tool }) => [{ tool: { ...tool, name: 'x' } }]],
    ['no tool', () => []],
    ['other arguments', ({ tool }) => [{ tool, inputSchema: { properties: {} } }]],
  ])('never become %s', async (_, to) => {
    const broken = defineIntervention({
      ...builtinKinds.find(({ kind }) => kind === 'patch-description')!,
      kind: 'broken',
      options: {},
      compile:
        () =>
        ({ contract }) => ({ type: 'replace-tools', tools: to(contract as ToolContract) }),
    })
    const { episode, faults } = await open([{ kind: 'broken', tool: 'find', stage: 'active' }], 'frozen', [
      broken,
    ])
    const contracts = tools()
    expect(episode.presentTools(contracts)).toBe(contracts)
    expect(faults).toHaveLength(1)
  })
})

describe('context', () => {
  it('is told once and stays, and is recorded with the next call of its tool', async () => {
    const { episode, recorded } = await open([card])
    episode.presentTools(tools())
    expect(episode.context()).toEqual([text])
    await episode.run(call('find'), () => 'ok')
    expect(episode.context()).toEqual([text])
    await episode.run(call('cancel'), () => 'ok')
    expect(await recorded()).toEqual([
      ['find', [], []],
      ['cancel', ['add-context'], ['applied']],
    ])
  })

  it('is nothing before tools are known, in shadow, and switched off', async () => {
    const { episode } = await open([card])
    expect(episode.context()).toEqual([])
    const shadow = await open([{ ...card, stage: 'shadow' }], 'progressive')
    shadow.episode.presentTools(tools())
    expect([shadow.episode.context(), shadow.episode.context()]).toEqual([[], []])
    await shadow.episode.run(call('cancel'), () => 'ok')
    expect(await shadow.recorded()).toEqual([['cancel', ['add-context'], ['shadow']]])
  })
})

describe('a final answer', () => {
  const gate: EntryInit = { kind: 'gate-answer', tool: 'cancel', stage: 'active', options: { needs: 'find' } }

  it('is held where something is missing, as often as the cap says', async () => {
    const { episode } = await open([gate])
    episode.presentTools(tools())
    expect(episode.holdAnswer()).toBeUndefined()
    await episode.run(call('cancel'), () => 'ok')
    expect(episode.holdAnswer()).toBe('Before you finish, call "find".')
    expect(episode.holdAnswer()).toBeUndefined()
  })
})

it('a loop is told, then blocked, then stopped; its call and its results stay what they are', async () => {
  const { episode, recorded } = await open([
    { kind: 'break-loop', tool: 'find', stage: 'active', layer: 'trajectory', risk: 'effect' },
  ])
  const said: unknown[] = []
  for (let at = 0; at < 7; at++) {
    const ran = await episode.run(call('find'), () => 'locked')
    said.push(ran.edited ?? ran.result.value)
  }
  expect(said).toEqual([
    ...['locked', 'locked', 'locked'],
    expect.stringMatching(/^locked\nThis call has given the same result 3 times\. Change/),
    expect.stringMatching(/^Not executed\. This call/),
    expect.stringMatching(/^Not executed, and not to be called again/),
    'locked',
  ])
  const actions = (await recorded()).map(([, action]) => action)
  expect(actions).toEqual([[], [], [], ['replace-result'], ['respond'], ['stop'], []])
})

describe('recoveries', () => {
  it('are told one a turn, whatever fails in it; what blocks still blocks', async () => {
    const hints = ['find', 'cancel'].map(
      (tool): EntryInit => ({
        ...{ kind: 'explain-error', tool, stage: 'active', category: 'exec.timeout', layer: 'trajectory' },
        options: { advice: 'try-later' },
      }),
    )
    const block: EntryInit = {
      kind: 'gate',
      tool: 'find',
      stage: 'active',
      options: { advice: 'not-permitted' },
    }
    const timeout = () =>
      toolResult('error', 'no', { error: { message: 'timed out', code: 'ETIMEDOUT' }, view: () => 'no' })
    const { episode } = await open([...hints, block])
    episode.presentTools(tools())
    const inTurn = (name: string, turn: number) => ({ ...call(name), turn })
    expect(episode.observe(inTurn('cancel', 1), timeout(), { tells: true }).edited).toBeDefined()
    expect(episode.observe(inTurn('find', 1), timeout(), { tells: true }).edited).toBeUndefined()
    expect((await episode.run(inTurn('find', 1), () => 1)).result.error).toMatchObject({ code: 'GATE' })
    expect(episode.observe(inTurn('find', 2), timeout(), { tells: true }).edited).toBeDefined()
  })

  it('end at the cap: a gate lets the third call through', async () => {
    const { episode } = await open([
      { kind: 'gate', tool: 'cancel', stage: 'active', options: { needs: 'find' } },
    ])
    episode.presentTools(tools())
    const values = []
    for (let at = 0; at < 3; at++)
      values.push((await episode.run(call('cancel'), () => 'ran')).result.outcome)
    expect(values).toEqual(['error', 'error', 'ok'])
  })
})
