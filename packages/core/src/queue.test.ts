import { expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { type Event, REFUSED_EVENTS } from './event.ts'
import { faultLog } from './fault.ts'
import { memoryStore } from './memory-store.ts'
import { eventQueue } from './queue.ts'

function event(id: number): Event {
  return { type: 'end', id: String(id), at: 0, episode: 'e' }
}

function recordingStore(refusals = 0) {
  const batches: { id: string; events: readonly Event[] }[] = []
  let left = refusals
  return {
    batches,
    append: async (events: readonly Event[], id: string) => {
      if (left-- > 0) throw new Error('disk full')
      batches.push({ id, events })
    },
  }
}

const common = { clock: systemClock, faults: faultLog(undefined), processId: 'p' }

it('makes events off the path, in order, in bounded batches', async () => {
  const store = recordingStore()
  const queue = eventQueue({ ...common, store })
  let made = 0
  for (let index = 0; index < 1_200; index++) queue.push(() => event(made++))
  expect(made).toBe(0)
  await queue.flush()
  expect(store.batches.map(({ events }) => events.length)).toEqual([512, 512, 176])
  expect(store.batches.flatMap(({ events }) => events.map(({ id }) => Number(id)))).toEqual([
    ...Array(1_200).keys(),
  ])
  expect(queue.stats()).toEqual({ queued: 0, written: 1_200, refused: 0 })
})

it('keeps a refused batch, under its own id, and loses nothing', async () => {
  const store = recordingStore(2)
  const queue = eventQueue({ ...common, store })
  queue.push(() => event(1))
  await expect(queue.flush()).rejects.toThrow('disk full')
  queue.push(() => event(2))
  await expect(queue.flush()).rejects.toThrow('disk full')
  expect(queue.stats().queued).toBe(2)
  await queue.flush()
  expect(store.batches).toMatchObject([
    { id: 'p-0', events: [{ id: '1' }] },
    { id: 'p-1', events: [{ id: '2' }] },
  ])
})

it('refuses and counts when it is full, and never acknowledges what it refused', async () => {
  const store = recordingStore()
  const queue = eventQueue({ ...common, store, capacity: 3 })
  for (let index = 0; index < 5; index++) queue.push(() => event(index))
  await queue.flush()
  expect(queue.stats()).toEqual({ queued: 0, written: 3, refused: 2 })
  expect(store.batches.flatMap(({ events }) => events.map(({ id }) => id))).toEqual(['0', '1', '2'])
})

it('writes down how many it refused as soon as the store takes events again', async () => {
  const store = recordingStore(1)
  const refusedEvent = (count: number): Event => ({
    ...{ type: 'fault', id: `refused-${count}`, at: 0, where: REFUSED_EVENTS, message: 'full', count },
  })
  const queue = eventQueue({ ...common, store, capacity: 2, refusedEvent })
  for (let index = 0; index < 5; index++) queue.push(() => event(index))
  await expect(queue.flush()).rejects.toThrow('disk full')
  await queue.flush()
  queue.push(() => event(9))
  await queue.flush()
  const written = store.batches.flatMap(({ events }) => events.map(({ id }) => id))
  expect(written).toEqual(['0', '1', 'refused-3', '9'])
  expect(queue.stats()).toEqual({ queued: 0, written: 4, refused: 3 })
})

it('reports an event that cannot be made and goes on', async () => {
  const store = recordingStore()
  const faults = faultLog(undefined)
  const queue = eventQueue({ ...common, faults, store })
  queue.push(() => {
    throw new Error('a getter of the host')
  })
  queue.push(() => event(1))
  await queue.flush()
  expect(queue.stats().written).toBe(1)
  expect(faults.count).toBe(1)
})

it('flushes what is pushed while a write is under way', async () => {
  const batches: string[] = []
  let release: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const queue = eventQueue({
    ...common,
    store: {
      append: async (_, id) => {
        await gate
        batches.push(id)
      },
    },
  })
  queue.push(() => event(1))
  const first = queue.flush()
  queue.push(() => event(2))
  const second = queue.flush()
  release()
  await Promise.all([first, second])
  expect(queue.stats()).toMatchObject({ queued: 0, written: 2 })
})

it('shows each event to an observer when it is made; one that throws loses nothing', async () => {
  const store = recordingStore()
  const seen: string[] = []
  const faults = faultLog(undefined)
  const observe = ({ id }: Event): void => {
    seen.push(id)
    if (id === '1') throw new Error('deaf')
  }
  const queue = eventQueue({ ...common, faults, store, observe })
  for (let index = 0; index < 3; index++) queue.push(() => event(index))
  expect(seen).toEqual([])
  await queue.flush()
  expect(seen).toEqual(['0', '1', '2'])
  expect(faults.count).toBe(1)
  expect(store.batches.flatMap(({ events }) => events.map(({ id }) => id))).toEqual(['0', '1', '2'])
})

it('ends a flush though a call is recorded just before the write under way returns', async () => {
  // A store that takes time, and a call that comes in while it does: waiting for the queue to be empty would wait
  // without ever letting the timer run that empties it.
  const { queue, release } = slowQueue()
  queue.push(() => event(1))
  const flushed = queue.flush()
  await tick()
  queue.push(() => event(2))
  release()
  await flushed
  expect(queue.stats().written).toBe(1)
  await queue.flush()
  expect(queue.stats()).toMatchObject({ queued: 0, written: 2 })
})

it('drops an event that can never be stored, counts it, and stores what came with it and after it', async () => {
  const faults = faultLog(undefined)
  const queue = eventQueue({ ...common, faults, store: memoryStore() })
  const poison = { ...event(2), success: () => true } as unknown as Event
  for (const one of [event(1), poison, event(3)]) queue.push(() => one)
  await queue.flush()
  queue.push(() => event(4))
  await queue.flush()
  expect(queue.stats()).toEqual({ queued: 0, written: 3, refused: 1 })
  expect(faults.count).toBe(1)
})

const tick = () => new Promise((resolve) => setImmediate(resolve))

function slowQueue() {
  let release: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  return { queue: eventQueue({ ...common, store: { append: () => gate } }), release: () => release() }
}
