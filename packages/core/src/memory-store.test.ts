import { describe, expect, it, test } from 'vitest'
import { memoryStore } from './memory-store.ts'
import { sampleEntry, sampleEvents, sampleMove } from './testing/samples.ts'
import { testStore } from './testing/test-store.ts'

testStore({ name: 'memory', describe, it, create: () => memoryStore() })

test('begins with the registry it was given, as a copy', async () => {
  const initial = { version: 7, entries: [sampleEntry(1, 'active')], templates: {}, settings: {} }
  const store = memoryStore(initial)
  initial.entries.pop()
  expect(await store.load()).toEqual({ ...initial, entries: [sampleEntry(1, 'active')] })
  expect(await store.commit(7, [sampleMove(2)])).toBe(8)
})

test('keeps the newest events only, and cursors stay valid', async () => {
  const store = memoryStore(undefined, { maxEvents: 100 })
  for (let batch = 0; batch < 30; batch++) await store.append(sampleEvents(batch * 10, 10), `batch-${batch}`)
  const kept = await Array.fromAsync(store.read(0, 1_000))
  expect(kept.at(-1)).toEqual({ seq: 300, event: sampleEvents(299, 1)[0] })
  expect(kept.length).toBeGreaterThanOrEqual(100)
  expect(kept.length).toBeLessThanOrEqual(125)
  const late = await Array.fromAsync(store.read(295, 2))
  expect(late.map(({ seq }) => seq)).toEqual([296, 297])
})

test('tells its watchers of every commit; one that throws harms nobody', async () => {
  const store = memoryStore()
  const { promise, resolve } = Promise.withResolvers<void>()
  store.watch?.(() => {
    throw new Error('a fault of the watcher')
  })
  store.watch?.(resolve)
  expect(await store.commit(0, [sampleMove(1)])).toBe(1)
  await promise
})

test('refuses what is not JSON, and the same batch can come again', async () => {
  const store = memoryStore()
  const bad = { ...sampleEvents(3, 1)[0], view: () => {} } as never
  await expect(store.append([bad], 'batch')).rejects.toMatchObject({ fault: 'invalid' })
  await store.append(sampleEvents(0, 1), 'batch')
  expect((await Array.fromAsync(store.read(0, 9))).length).toBe(1)
})
