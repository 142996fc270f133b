import assert from 'node:assert/strict'
import type { Event } from '../event.ts'
import { emptyRegistry, StageError, type Transition } from '../registry.ts'
import type { Store, StoredEvent } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { sampleEntry, sampleEvents, sampleMove, sampleStage } from './samples.ts'

export type TestStoreOptions = {
  /** The store, e.g. `sqlite`. */
  name: string
  /** From the test runner (vitest, node:test, …). */
  describe(name: string, body: () => void): void
  it(name: string, body: () => Promise<void>): void
  /** A new, empty store. */
  create(): Store | Promise<Store>
  /**
   * A second store over the data of the one that was created last, as another process would open it. It is called
   * while the first is open and after it was closed. Absent for stores that nobody can share.
   */
  reopen?(): Store | Promise<Store>
}

type StoreCase = (context: { store: Store; reopen: () => Promise<Store> }) => Promise<void>

/** The conformance suite of stores: what `Store` promises. Registers its tests with the runner. */
export function testStore({ name, describe, it, create, reopen }: TestStoreOptions): void {
  describe(`store ${name}`, () => {
    for (const [title, check] of Object.entries(CASES)) it(title, () => run(check))
    if (reopen) for (const [title, check] of Object.entries(SHARED_CASES)) it(title, () => run(check))
  })

  async function run(check: StoreCase): Promise<void> {
    const opened: Store[] = [await create()]
    try {
      await check({
        store: opened[0] as Store,
        reopen: async () => {
          const other = await (reopen as () => Store | Promise<Store>)()
          opened.push(other)
          return other
        },
      })
    } finally {
      for (const store of opened) await store.close()
    }
  }
}

const CASES: Record<string, StoreCase> = {
  'begins empty': async ({ store }) => {
    assert.deepEqual(await store.load(), emptyRegistry())
    assert.deepEqual(await events(store), [])
    assert.deepEqual(await all(store.history()), [])
  },

  'gives every event back as it was, in order, with growing positions': async ({ store }) => {
    const batch = sampleEvents(0, 60)
    await store.append(batch.slice(0, 13), 'batch-1')
    await store.append([], 'batch-2')
    await store.append(batch.slice(13), 'batch-3')
    const stored = await all(store.read(0, 1_000))
    assert.deepEqual(
      stored.map(({ event }) => event),
      batch,
    )
    assert.ok(stored.every(({ seq }, index) => seq > (stored[index - 1]?.seq ?? 0)))
  },

  'ignores a batch id that was appended before, also while the first is under way': async ({ store }) => {
    const batch = sampleEvents(0, 10)
    await Promise.all([store.append(batch, 'once'), store.append(batch, 'once')])
    await store.append(sampleEvents(50, 3), 'once')
    assert.deepEqual(await events(store), batch)
  },

  'keeps the order of appends that are not awaited': async ({ store }) => {
    const batch = sampleEvents(0, 300)
    await Promise.all([
      store.append(batch.slice(0, 250), 'long'),
      store.append(batch.slice(250, 251), 'short'),
      store.append(batch.slice(251), 'last'),
    ])
    assert.deepEqual(await events(store), batch)
  },

  'reads at most `limit` events, from any position on': async ({ store }) => {
    const batch = sampleEvents(0, 2_500)
    await store.append(batch, 'batch')
    const seen: StoredEvent[] = []
    for (
      let page = await all(store.read(0, 999));
      page.length > 0;
      page = await all(store.read(last(seen), 999))
    ) {
      assert.ok(page.length <= 999)
      seen.push(...page)
    }
    assert.deepEqual(
      seen.map(({ event }) => event),
      batch,
    )
    assert.deepEqual(await all(store.read(0, 0)), [])
    assert.deepEqual(await all(store.read(last(seen), 10)), [])
    for await (const first of store.read(0, 2_500)) {
      assert.deepEqual(first, seen[0])
      break
    }
  },

  'hands out and keeps copies': async ({ store }) => {
    const [event] = sampleEvents(3, 1) as [Event]
    await store.append([event], 'batch')
    event.id = 'changed'
    await store.commit(0, [sampleMove(1)])
    ;(await store.load()).settings.killed = true
    for await (const stored of store.read(0, 1)) stored.event.id = 'changed'
    assert.deepEqual(await events(store), sampleEvents(3, 1))
    assert.deepEqual((await store.load()).settings, {})
  },

  'commits all changes of one version at once': async ({ store }) => {
    const changes: Transition[] = [
      sampleMove(1),
      sampleMove(2),
      sampleMove(2, 'shadow', 'proposed'),
      { type: 'templates', templates: { 'sig:1': 'no <id>', __proto__key: 'x' }, at: 1 },
      { type: 'settings', settings: { disabled: ['exec.timeout'] }, by: 'person', at: 2, reason: 'noise' },
    ]
    assert.equal(await store.commit(0, changes), 1)
    assert.equal(await store.commit(1, [{ type: 'templates', templates: { 'sig:2': 'b' }, at: 3 }]), 2)
    const account = { ...sampleEntry(1), pinned: true }
    assert.equal(await store.commit(2, [{ type: 'account', entry: account, at: 4 }]), 3)
    const { entries, ...rest } = await store.load()
    assert.deepEqual(rest, {
      version: 3,
      templates: { 'sig:1': 'no <id>', __proto__key: 'x', 'sig:2': 'b' },
      settings: { disabled: ['exec.timeout'] },
    })
    assert.deepEqual(byId(entries), byId([account, sampleEntry(2, 'shadow')]))
  },

  'refuses a commit on another version than the present one, and changes nothing': async ({ store }) => {
    assert.equal(await store.commit(0, [sampleMove(1)]), 1)
    const before = await store.load()
    for (const expected of [0, 2, -1]) assert.equal(await store.commit(expected, [sampleMove(2)]), 'stale')
    assert.deepEqual(await store.load(), before)
    assert.equal((await all(store.history())).length, 1)
  },

  'lets exactly one of several commits on the same version win': async ({ store }) => {
    const results = await Promise.all([1, 2, 3, 4, 5].map((number) => store.commit(0, [sampleMove(number)])))
    assert.deepEqual(
      results.filter((result) => result !== 'stale'),
      [1],
    )
    const { version, entries } = await store.load()
    assert.deepEqual([version, entries.length], [1, 1])
  },

  'refuses an illegal move together with everything beside it': async ({ store }) => {
    const illegal = [sampleMove(1), sampleMove(2, 'active', 'proposed')]
    await assert.rejects(store.commit(0, illegal), (error) => error instanceof StageError)
    assert.deepEqual(await store.load(), emptyRegistry())
    assert.deepEqual(await all(store.history()), [])
    assert.equal(await store.commit(0, [sampleMove(1)]), 1)
  },

  'leaves what is retired out of `load` and keeps it in `history`': async ({ store }) => {
    const changes = [[sampleMove(1), sampleMove(2)], [sampleMove(1, 'retired', 'proposed')]]
    assert.equal(await store.commit(0, changes[0]!), 1)
    assert.equal(await store.commit(1, changes[1]!), 2)
    const { entries } = await store.load()
    assert.deepEqual(entries, [sampleEntry(2)])
    assert.deepEqual(await all(store.history()), changes.flat())
    const again = sampleMove(1)
    await assert.rejects(store.commit(2, [again]), (error) => error instanceof StageError)

    const family = 'qwen3-4b'
    const apart = {
      ...sampleEntry(2),
      stages: { default: sampleStage('proposed'), [family]: sampleStage('retired') },
    }
    const ofFamily = { ...sampleMove(2, 'retired', 'proposed'), entry: apart, family }
    assert.equal(await store.commit(2, [ofFamily]), 3)
    assert.deepEqual((await store.load()).entries, [apart])
    const over = { ...apart, stages: { ...apart.stages, default: sampleStage('retired') } }
    assert.equal(await store.commit(3, [{ ...sampleMove(2, 'retired', 'proposed'), entry: over }]), 4)
    assert.deepEqual((await store.load()).entries, [])
  },

  'takes a large commit and gives a long history back in order': async ({ store }) => {
    const changes = Array.from({ length: 1_500 }, (_, number) => sampleMove(number))
    assert.equal(await store.commit(0, changes), 1)
    assert.deepEqual(await all(store.history()), changes)
    assert.deepEqual(
      byId((await store.load()).entries),
      byId(changes.map((_, number) => sampleEntry(number))),
    )
  },

  'closes once, refuses everything afterwards': async ({ store }) => {
    await store.append(sampleEvents(0, 1), 'batch')
    await Promise.all([store.close(), store.close()])
    await store.close()
    const isClosed = (error: unknown) => error instanceof StoreError && error.fault === 'closed'
    await assert.rejects(store.load(), isClosed)
    await assert.rejects(store.append(sampleEvents(1, 1), 'late'), isClosed)
    await assert.rejects(store.commit(0, [sampleMove(1)]), isClosed)
    await assert.rejects(all(store.read(0, 1)), isClosed)
  },
}

/** For stores that several processes can share. */
const SHARED_CASES: Record<string, StoreCase> = {
  'finds everything again when it is opened anew': async ({ store, reopen }) => {
    const batch = sampleEvents(0, 30)
    await store.append(batch, 'batch')
    await store.commit(0, [sampleMove(1), { type: 'templates', templates: { a: 'b' }, at: 1 }])
    const before = await store.load()
    await store.close()
    const again = await reopen()
    assert.deepEqual(await again.load(), before)
    await again.append(sampleEvents(100, 5), 'batch')
    assert.deepEqual(await events(again), batch)
    assert.equal(await again.commit(0, [sampleMove(2)]), 'stale')
    assert.equal(await again.commit(1, [sampleMove(2)]), 2)
  },

  'shows one writer what the other wrote': async ({ store, reopen }) => {
    const other = await reopen()
    await store.append(sampleEvents(0, 2), 'a')
    await other.append(sampleEvents(2, 2), 'b')
    await store.append(sampleEvents(2, 2), 'b')
    assert.deepEqual(await events(store), sampleEvents(0, 4))
    assert.equal(await other.commit(0, [sampleMove(1)]), 1)
    assert.equal(await store.commit(0, [sampleMove(2)]), 'stale')
    assert.equal(await store.commit(1, [sampleMove(2)]), 2)
    assert.deepEqual(await other.load(), await store.load())
  },

  'gives a lease to one holder at a time, until it runs out or is given back': async ({ store, reopen }) => {
    if (!store.lease) return
    const other = await reopen()
    const lease = (of: Store, holder: string, ms: number) => of.lease?.('work', holder, ms)
    const both = await Promise.all([lease(store, 'a', 60_000), lease(other, 'b', 60_000)])
    assert.deepEqual([...both].sort(), [false, true])
    const [holder, rival] = both[0] ? ['a', 'b'] : ['b', 'a']
    assert.equal(await lease(store, holder, 60_000), true)
    assert.equal(await store.lease('other work', rival, 60_000), true)
    assert.equal(await lease(other, rival, 0), false)
    assert.equal(await lease(other, rival, 60_000), false)
    assert.equal(await lease(store, holder, 0), true)
    assert.equal(await lease(other, rival, 1), true)
    while (!(await lease(store, holder, 60_000)));
    assert.equal(await lease(other, rival, 60_000), false)
  },

  'calls a watcher back when another writer commits, until it stops watching': async ({ store, reopen }) => {
    if (!store.watch) return
    const other = await reopen()
    const { promise, resolve } = Promise.withResolvers<void>()
    let stopped = 0
    const stop = store.watch(() => void stopped++)
    const stopOther = store.watch(resolve)
    stop()
    await store.load()
    assert.equal(await other.commit(0, [sampleMove(1)]), 1)
    await promise
    stopOther()
    stopOther()
    assert.equal(stopped, 0)
    assert.equal((await store.load()).version, 1)
  },
}

async function events(store: Store): Promise<Event[]> {
  return (await all(store.read(0, 1_000_000))).map(({ event }) => event)
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

function last(seen: readonly StoredEvent[]): number {
  return seen.at(-1)?.seq ?? 0
}

function byId<T extends { intervention: { id: string } }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.intervention.id, entry]))
}
