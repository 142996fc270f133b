import { describe, expect, test } from 'vitest'
import type { Action, Applied } from './action.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import type { Json } from './json.ts'
import { memoryStore } from './memory-store.ts'
import { executedAs } from './plan.ts'
import type { RegistryState } from './registry.ts'
import { createLifeHarness, type LifeHarness } from './runtime.ts'
import { type EntryInit, registryEntry, registryWith } from './testing/registry-entry.ts'
import { anchorOf, type Tool, type ToolContract } from './tool.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

const BOOK: ToolContract = {
  tool: { origin: 'local', name: 'book' },
  inputSchema: {
    type: 'object',
    properties: { destination: { type: 'string' }, nights: { type: 'integer' } },
    required: ['destination', 'nights'],
    additionalProperties: false,
  },
}

function renames(from: string, to: string, stage: EntryInit['stage'] = 'canary'): EntryInit {
  const controlShare = stage === 'canary' ? 0.5 : 0
  return { kind: 'rename-argument', options: { from, to }, tool: 'book', stage, controlShare }
}

/** What is recorded when a host refuses the call that is still dead after emission, in each of 40 episodes. */
async function refused(input: Json, ...entries: EntryInit[]): Promise<(readonly Applied[])[]> {
  const store = memoryStore(registryWith(...entries))
  const harness = await createLifeHarness({ store, mode: 'progressive', learnEveryMs: 0, onFault: () => {} })
  for (let index = 0; index < 40; index++) {
    const episode = harness.episode({ id: `episode-${index}` })
    episode.presentTools([BOOK])
    const emitted: ToolCall = {
      id: 'call',
      tool: BOOK.tool,
      ...{ turn: 0, index: 0, attempt: 1, approved: false, input },
    }
    const { call } = episode.repairEmitted(emitted)
    if (Object.hasOwn(call.input as object, 'destination') && Object.hasOwn(call.input as object, 'nights'))
      await episode.run(call, () => 'booked')
    else episode.observe(call, toolResult('error', 'Invalid arguments'))
    episode.end()
  }
  await harness.flush()
  const recorded: (readonly Applied[])[] = []
  for await (const { event } of store.read(0, 1_000)) if (event.type === 'tool') recorded.push(event.applied)
  expect(recorded).toHaveLength(40)
  return recorded
}

function armsOf(recorded: (readonly Applied[])[], to: string): Record<string, number> {
  const arms: Record<string, number> = {}
  for (const { arm, after } of recorded.flat())
    if (after === undefined || Object.hasOwn(after as object, to)) arms[arm] = (arms[arm] ?? 0) + 1
  return arms
}

test('a repair that leaves a call dead is recorded in neither arm', async () => {
  expect(armsOf(await refused({ city: 'Lima' }, renames('/city', '/destination')), 'destination')).toEqual({})
})

test('one that revives it is recorded in both', async () => {
  const arms = armsOf(
    await refused({ city: 'Lima', nights: 2 }, renames('/city', '/destination')),
    'destination',
  )
  expect(arms.applied).toBeGreaterThan(10)
  expect(arms.control).toBeGreaterThan(10)
  expect((arms.applied as number) + (arms.control as number)).toBe(40)
})

test('where two are needed, each is recorded in the episodes in which the other acts, in both of its arms', async () => {
  const two = [renames('/city', '/destination'), renames('/days', '/nights')]
  const recorded = await refused({ city: 'Lima', days: 2 }, ...two)
  const together = { applied: 0, control: 0 }
  for (const applied of recorded) {
    const arms = applied.map(({ arm }) => arm).sort()
    // Neither acts: neither would have done anything alone. One acts: it is withheld, and the other is the control.
    expect(['', 'control', 'applied applied']).toContain(arms.join(' '))
    if (arms.length === 2) together.applied++
    if (arms.length === 1) together.control++
  }
  expect(together.applied).toBeGreaterThan(3)
  expect(together.control).toBeGreaterThan(8)
  expect(together.applied + together.control).toBeLessThan(38)
})

test('what is only in shadow is computed whether it suffices or not', async () => {
  const recorded = await refused({ city: 'Lima' }, renames('/city', '/destination', 'shadow'))
  expect(armsOf(recorded, 'destination')).toEqual({ shadow: 40 })
})

function harnessWith(registry: RegistryState, kinds: readonly Kind[] = builtinKinds): Promise<LifeHarness> {
  return createLifeHarness({
    store: memoryStore(registry),
    kinds,
    mode: 'progressive',
    learnEveryMs: 0,
    onFault: () => {},
  })
}

function callOf(tool: Tool, input: Json, turn = 0): ToolCall {
  return { id: `call-${turn}`, tool, ...{ turn, index: 0, attempt: 1, approved: false }, input }
}

describe('whatever a kind proposes', () => {
  const local = (name: string): Tool => ({ origin: 'local', name })
  const REMOTE: ToolContract = { tool: { origin: 'remote', name: 'book' } }

  /** A kind that sends every call to another tool. */
  function sends(to: Tool, renamesTool: boolean): Kind {
    return defineIntervention({
      ...{ kind: 'send', layer: 'action', risk: 'form', phase: 'call', validation: 'edit', renamesTool },
      actions: ['replace-call'],
      options: { type: 'object' },
      compile:
        () =>
        ({ call }): Action | undefined =>
          call.tool.name === to.name && call.tool.origin === to.origin
            ? undefined
            : { type: 'replace-call', call: { ...call, tool: to } },
    })
  }

  test.each<[string, boolean, string, Tool, boolean]>([
    ['a renaming may give a name that no tool has the one that is meant', true, 'bok', local('book'), true],
    ['a renaming may not lead to another origin', true, 'bok', REMOTE.tool, false],
    ['a renaming may not lead to a tool that was not shown', true, 'bok', local('cancel'), false],
    ['a renaming may not lead away from a tool that exists', true, 'look', local('book'), false],
    ['an edit may not lead to another tool', false, 'look', local('book'), false],
  ])('%s', async (_, renames, name, to, follows) => {
    const entry: EntryInit = { kind: 'send', tool: name, stage: 'active' }
    const harness = await harnessWith(registryWith(entry), [sends(to, renames)])
    const episode = harness.episode()
    episode.presentTools([BOOK, REMOTE, { tool: local('look') }])
    const call = callOf(local(name), { destination: 'Lima', nights: 2 })
    const { executed, applied } = await episode.run(call, () => 'done')
    expect(executed.tool).toEqual(follows ? to : local(name))
    expect(applied).toHaveLength(follows ? 1 : 0)
    // One fault is that nobody learns.
    expect(harness.health().faults).toBe(follows ? 1 : 2)
  })
})

describe('caps hold over an episode', () => {
  const LOOK: Tool = { origin: 'local', name: 'look' }

  test('a block acts as often as it may, then the call is executed again', async () => {
    const block: EntryInit = {
      kind: 'break-loop',
      options: { after: 2, max: 1 },
      tool: 'look',
      stage: 'active',
    }
    const harness = await harnessWith(registryWith(block))
    const episode = harness.episode()
    let executed = 0
    for (let turn = 0; turn < 7; turn++)
      await episode.run(callOf(LOOK, { at: 1 }, turn), () => {
        executed++
        return 'nothing new'
      })
    expect(executed).toBe(6)
  })

  test('a hint is given once', async () => {
    const hint: EntryInit = {
      kind: 'explain-error',
      options: { advice: 'missing-argument', slots: { argument: 'filter' } },
      tool: 'look',
      stage: 'active',
      category: 'unknown',
      layer: 'trajectory',
    }
    const harness = await harnessWith(registryWith(hint))
    const episode = harness.episode()
    const edits: boolean[] = []
    for (let turn = 0; turn < 3; turn++) {
      const result = await episode.run(callOf(LOOK, { at: turn }, turn), () => {
        throw new Error(`the glass is dark today, says number ${turn}`)
      })
      edits.push(result.edited !== undefined)
    }
    expect(edits).toEqual([true, false, false])
  })
})

describe('only computed, though active', () => {
  const call = callOf(BOOK.tool, { city: 'Lima', nights: 2 })
  const rename: EntryInit = {
    kind: 'rename-argument',
    options: { from: '/city', to: '/destination' },
    tool: 'book',
    stage: 'active',
  }

  async function armsIn(registry: RegistryState, contract: ToolContract): Promise<string[]> {
    const harness = await harnessWith(registry)
    const episode = harness.episode()
    episode.presentTools([contract])
    const { applied, executed } = await episode.run(call, () => 'booked')
    expect(Object.hasOwn(executed.input as object, 'destination')).toBe(applied[0]?.arm === 'applied')
    return applied.map(({ arm }) => arm)
  }

  test.each<[string, ToolContract, string]>([
    ['the one it was validated under', BOOK, 'applied'],
    [
      'one that has changed where it acts',
      { ...BOOK, inputSchema: { ...BOOK.inputSchema, required: ['nights'] } },
      'shadow',
    ],
  ])('under a contract: %s', async (_, contract, arm) => {
    const entry = registryEntry(rename)
    const anchor = { path: '/destination', hash: anchorOf(BOOK, '/destination') }
    const anchored = { ...entry, intervention: { ...entry.intervention, anchor } }
    expect(await armsIn({ ...registryWith(), entries: [anchored] }, contract)).toEqual([arm])
  })

  test.each([
    ['dead', BOOK, 'applied'],
    ['live', { tool: BOOK.tool }, 'shadow'],
  ] as const)('on the evidence of dead calls, at one that is %s', async (_, contract, arm) => {
    const entry = registryEntry(rename)
    const stages = { default: { ...entry.stages.default!, deadOnly: true } }
    expect(await armsIn({ ...registryWith(), entries: [{ ...entry, stages }] }, contract)).toEqual([arm])
  })
})

test('the line about what ran holds no half of a character', () => {
  const note = executedAs({ a: `${'x'.repeat(293)}😀${'y'.repeat(50)}` })
  expect(note).toMatch(/…$/)
  expect(note.isWellFormed()).toBe(true)
})
