import { describe, expect, test } from 'vitest'
import { memoryStore } from '../memory-store.ts'
import type { RegistryState, Transition } from '../registry.ts'
import type { Store } from '../store.ts'
import type { Trajectory } from '../trajectory.ts'
import { type Learnt, learn } from './learn.ts'
import { promoteByPerson, retireByPerson } from './person.ts'
import { episode, failed, ok } from './recording.test.support.ts'
import { registerLearnt } from './register.ts'

const NOW = 1_800_000_000_000

/** An agent that forgets the `#` and mends it. */
function trajectories(number: number): Trajectory[] {
  return Array.from({ length: number }, (_, index) => {
    const id = `W${1_000_000 + index * 7_919}`
    const calls = [failed({ id }, 'order not found'), ok({ id: `#${id}` })]
    return episode(`e${index}`, calls, { subject: `s${index % 5}` })
  })
}

function learnt(number = 20): Promise<Learnt> {
  const recorded = trajectories(number)
  return learn(async function* () {
    yield* recorded
  })
}

function stagesOf({ entries }: RegistryState): Record<string, string> {
  return Object.fromEntries(
    entries.map(({ intervention, stages }) => [intervention.kind, String(stages.default?.stage)]),
  )
}

test('what replay validated stands in shadow, however much of it was seen', async () => {
  const store = memoryStore()
  const { state } = await registerLearnt(store, await learnt(60), { now: NOW })
  expect(stagesOf(state)['affix-value']).toBe('shadow')
  const reached = state.entries.flatMap(({ stages }) => Object.values(stages).map(({ stage }) => stage))
  expect(reached.length).toBeGreaterThan(0)
  expect(reached).not.toContain('canary')
  expect(reached).not.toContain('active')
  expect((await store.load()).entries).toEqual(state.entries)
  expect(Object.values(state.templates)).toContain('order not found')
})

test('entering the same twice changes nothing', async () => {
  const store = memoryStore()
  const found = await learnt()
  const first = await registerLearnt(store, found, { now: NOW })
  expect(first.changes.length).toBeGreaterThan(0)
  const second = await registerLearnt(store, found, { now: NOW + 1_000 })
  expect(second.changes).toEqual([])
  expect(second.state.version).toBe(first.state.version)
})

describe('what people decided stands', () => {
  async function affixIn(store: Store): Promise<string> {
    const { state } = await registerLearnt(store, await learnt(), { now: NOW })
    return state.entries.find(({ intervention }) => intervention.kind === 'affix-value')?.intervention
      .id as string
  }

  test('active stays active, and old age is not seen in recordings', async () => {
    const store = memoryStore()
    const id = await affixIn(store)
    const before = await store.load()
    await store.commit(before.version, promoteByPerson(before, id, 'active', 'agreed', { now: NOW }))
    const { state } = await registerLearnt(store, await learnt(), { now: NOW + 400 * 86_400_000 })
    expect(stagesOf(state)['affix-value']).toBe('active')
  })

  test('what is retired does not come back', async () => {
    const store = memoryStore()
    const id = await affixIn(store)
    const before = await store.load()
    await store.commit(before.version, retireByPerson(before, id, 'never again', { now: NOW }))
    const { state } = await registerLearnt(store, await learnt(), { now: NOW })
    expect(stagesOf(state)['affix-value']).toBeUndefined()
  })
})

test('another writer in between is taken into account; one who never stops is an error', async () => {
  const store = memoryStore()
  let others = 1
  const contested: Store = {
    ...store,
    async commit(expected, changes) {
      if (others-- > 0) {
        const settings: Transition = {
          type: 'settings',
          settings: {},
          by: 'person',
          at: NOW,
          reason: 'other',
        }
        await store.commit(expected, [settings])
      }
      return store.commit(expected, changes)
    },
  }
  const { state } = await registerLearnt(contested, await learnt(), { now: NOW })
  expect(state.version).toBe(2)
  others = Number.POSITIVE_INFINITY
  const more = await learnt(30)
  await expect(registerLearnt(contested, more, { now: NOW })).rejects.toThrow(
    /changed by others all the time/,
  )
})
