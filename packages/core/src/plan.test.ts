import { expect, test } from 'vitest'
import type { Applied } from './action.ts'
import type { Json } from './json.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
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
