import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Event } from '../event.ts'
import type { RegistryEntry, Transition } from '../registry.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { type WorkerClient, workerClient } from './client.ts'
import { faultMessage } from './faults.ts'
import type { Durability, Page, WorkerRequest } from './protocol.ts'
import { mapInSlices } from './slices.ts'

export type SqliteStoreOptions = {
  /**
   * What an acknowledged write survives. `process` (default): the death of the process, `kill -9` included; after a
   * loss of power the last writes may be missing, and the file is whole. `full`: loss of power too, at an fsync for
   * each batch.
   */
  durability?: Durability
  /**
   * How long a call waits for a lock that another process holds, in milliseconds, before it rejects with the fault
   * `busy`; default 10,000. The host's thread goes on meanwhile.
   */
  lockTimeoutMs?: number
  /** How often other writers are looked for while somebody watches, in milliseconds; default 250. */
  watchEveryMs?: number
}

/**
 * A store in one SQLite file, which several processes on one machine may share. The database is opened by a worker
 * thread at the first call; the host's thread only posts and awaits. The folder is created, the file is readable by
 * its owner only. An idle store does not keep the process alive; a call under way does.
 *
 * Every method rejects with a `StoreError`: a locked, full or damaged file is never acknowledged, never repaired and
 * never deleted.
 */
export function sqliteStore(path: string | URL, options: SqliteStoreOptions = {}): Store {
  const { durability = 'process', lockTimeoutMs = 10_000, watchEveryMs = 250 } = options
  if (path === ':memory:' || path === '')
    throw new StoreError(
      'unusable',
      'sqliteStore needs the path of a file; for a store in memory use memoryStore()',
    )
  const file = typeof path === 'string' ? resolve(path) : fileURLToPath(path)
  return storeOver(workerClient({ path: file, durability, lockTimeoutMs, watchEveryMs }), file)
}

/** The store over a worker; apart from `sqliteStore` so that a test can end the worker. */
export function storeOver(client: WorkerClient, path: string): Store {
  const watchers = new Set<() => void>()
  /** Writes are posted in the order of the calls, though a large one is turned into JSON in several slices. */
  let line: Promise<unknown> = Promise.resolve()
  let closed: Promise<void> | undefined

  client.onChanged = () => {
    for (const changed of watchers) Promise.resolve().then(changed).catch(ignore)
  }
  // A new thread knows nothing of the watchers, and what happened since the old one died went unseen.
  client.onRestarted = () => {
    if (watchers.size === 0) return
    client.call({ op: 'watch' }).catch(ignore)
    client.onChanged?.()
  }

  async function call<R extends WorkerRequest>(request: R): ReturnType<typeof client.call<R>> {
    assertOpen()
    return client.call(request)
  }

  function assertOpen(): void {
    if (closed) throw new StoreError('closed', faultMessage('closed', path, 'it is closed'))
  }

  /** What was called before `close` is still written. */
  async function inOrder<T>(write: () => Promise<T>): Promise<T> {
    assertOpen()
    const turn = line.then(write)
    line = turn.catch(ignore)
    return turn
  }

  function toBodies(items: readonly (Event | Transition)[]): Promise<string[]> {
    return mapInSlices(items, body, (_, text) => text.length)
  }

  function body(item: Event | Transition): string {
    try {
      return JSON.stringify(item)
    } catch (cause) {
      throw new StoreError('invalid', faultMessage('invalid', path, `${item.type}: ${String(cause)}`), {
        cause,
      })
    }
  }

  async function* pages(
    next: (after: number) => Promise<Page>,
    from: number,
  ): AsyncGenerator<Page['rows'][number]> {
    for (let after = from; ; ) {
      const { rows, done } = await next(after)
      yield* rows
      after = rows.at(-1)?.seq ?? after
      if (done) return
    }
  }

  return {
    async load() {
      const { version, settings, entries, templates } = await call({ op: 'load' })
      const parsed = await mapInSlices(
        entries,
        (text) => JSON.parse(text) as RegistryEntry,
        (text) => text.length,
      )
      return {
        version,
        entries: parsed,
        templates: Object.fromEntries(templates),
        settings: JSON.parse(settings),
      }
    },
    append: (batch, batchId) =>
      inOrder(async () => {
        const bodies = await toBodies(batch)
        await client.call({ op: 'append', batchId, bodies })
      }),
    async *read(after, limit) {
      let left = limit
      if (left <= 0) return
      for await (const { seq, body } of pages(
        (from) => call({ op: 'read', after: from, limit: left }),
        after,
      )) {
        left--
        yield { seq, event: JSON.parse(body) as Event }
      }
    },
    commit: (expected, changes) =>
      inOrder(async () => client.call({ op: 'commit', expected, changes: await toBodies(changes) })),
    async *history() {
      for await (const { body } of pages((after) => call({ op: 'history', after }), 0))
        yield JSON.parse(body) as Transition
    },
    lease: (name, holder, ms) => call({ op: 'lease', name, holder, ms }),
    watch(changed) {
      // A wrapper, so that the same function may watch twice.
      const watcher = () => changed()
      watchers.add(watcher)
      if (watchers.size === 1) call({ op: 'watch' }).catch(ignore)
      return () => {
        if (watchers.delete(watcher) && watchers.size === 0) call({ op: 'unwatch' }).catch(ignore)
      }
    },
    close() {
      closed ??= line
        .then(() => (client.running ? client.call({ op: 'close' }) : undefined))
        .catch(ignore)
        .then(client.stop)
      return closed
    },
  }
}

function ignore(): void {}
