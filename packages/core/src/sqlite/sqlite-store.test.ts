import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it, test } from 'vitest'
import { StoreError } from '../store-error.ts'
import { sampleEvents, sampleMove } from '../testing/samples.ts'
import { testStore } from '../testing/test-store.ts'
import { workerClient } from './client.ts'
import { migrations } from './migrations.ts'
import { sqliteStore, storeOver } from './sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function newPath(): string {
  return join(folder, `${++files}`, 'registry.db')
}

{
  let path = ''
  testStore({
    name: 'sqlite',
    describe,
    it,
    create: () => {
      path = newPath()
      return sqliteStore(path, { watchEveryMs: 5 })
    },
    reopen: () => sqliteStore(path, { watchEveryMs: 5 }),
  })
}

describe('the file', () => {
  test('is created with its folder, for its owner only, and opened at the first call', async () => {
    const path = newPath()
    const store = sqliteStore(pathToFileURL(path))
    expect(existsSync(path)).toBe(false)
    await store.append(sampleEvents(0, 3), 'batch')
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
    await store.close()
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  test('keeps the mode that its user gave it', async () => {
    const path = newPath()
    const store = sqliteStore(path)
    await store.load()
    await store.close()
    chmodSync(path, 0o640)
    const again = sqliteStore(path)
    await again.append(sampleEvents(0, 1), 'batch')
    await again.close()
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('is written through with `full` durability', async () => {
    const store = sqliteStore(newPath(), { durability: 'full' })
    await store.append(sampleEvents(0, 3), 'batch')
    expect((await Array.fromAsync(store.read(0, 9))).length).toBe(3)
    await store.close()
  })

  test('may be deleted under way: what comes later goes into a new one, not into nowhere', async () => {
    const path = newPath()
    const store = sqliteStore(path)
    await store.append(sampleEvents(0, 3), 'lost')
    rmSync(join(path, '..'), { recursive: true })
    await store.append(sampleEvents(3, 2), 'kept')
    const other = sqliteStore(path)
    expect((await Array.fromAsync(other.read(0, 9))).map(({ event }) => event)).toEqual(sampleEvents(3, 2))
    await store.close()
    expect(await Array.fromAsync(other.read(0, 9))).toHaveLength(2)
    await other.close()
  })

  test.each([':memory:', ''])('%j is no file', (path) => {
    expect(() => sqliteStore(path)).toThrow(/memoryStore\(\)/)
  })
})

/** What a store over this path says, and whether it left the file as it was. */
async function refusal(path: string): Promise<{ error: StoreError; untouched: boolean }> {
  const isFile = statSync(path).isFile()
  const before = isFile ? readFileSync(path) : undefined
  const store = sqliteStore(path, { lockTimeoutMs: 0 })
  const error = await store.append(sampleEvents(0, 1), 'batch').then(
    () => undefined,
    (cause) => cause,
  )
  await store.close()
  expect(error).toBeInstanceOf(StoreError)
  return { error, untouched: before === undefined || before.equals(readFileSync(path)) }
}

describe('a file that cannot be used is named and left as it is', () => {
  function written(content: string | Uint8Array): string {
    const path = newPath()
    mkdirSync(join(path, '..'))
    writeFileSync(path, content)
    return path
  }

  test('no database at all', async () => {
    const path = written(
      '{"this": "is a JSON file, of more than a hundred characters, which nobody wants to lose"}'.repeat(3),
    )
    const { error, untouched } = await refusal(path)
    expect([error.fault, untouched]).toEqual(['damaged', true])
    expect(error.message).toContain(path)
    expect(error.message).toMatch(/Move it aside to start afresh/)
  })

  test('a damaged database', async () => {
    const path = newPath()
    const store = sqliteStore(path)
    for (let batch = 0; batch < 20; batch++)
      await store.append(sampleEvents(batch * 100, 100), `batch-${batch}`)
    await store.close()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 4_096)
    writeFileSync(path, bytes)
    expect(await refusal(path)).toMatchObject({ error: { fault: 'damaged' } })
    // It is tried again by every call, so that a file that was put right is found.
    expect(
      readFileSync(path)
        .subarray(4_096)
        .every((byte) => byte === 0xa5),
    ).toBe(true)
  })

  test("another program's database", async () => {
    const path = written('')
    const database = new DatabaseSync(path)
    database.exec('CREATE TABLE users (name TEXT)')
    database.close()
    const { error, untouched } = await refusal(path)
    expect([error.fault, untouched]).toEqual(['foreign', true])
    expect(error.message).toMatch(/Name another path/)
  })

  test('one that a newer version wrote', async () => {
    const path = newPath()
    const store = sqliteStore(path)
    await store.load()
    await store.close()
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    database.close()
    const { error, untouched } = await refusal(path)
    expect([error.fault, untouched]).toEqual(['newer', true])
    expect(error.message).toMatch(/Upgrade @lifeharness\/core/)
  })

  test('a folder', async () => {
    expect((await refusal(folder)).error.fault).toBe('unusable')
  })

  test('a path through a file', async () => {
    const store = sqliteStore(join(written('x'), 'registry.db'))
    await expect(store.load()).rejects.toMatchObject({ fault: 'unusable' })
    await store.close()
  })

  test('what cannot be turned into JSON', async () => {
    const store = sqliteStore(newPath())
    const bad = { ...sampleEvents(3, 1)[0], ms: 1n } as never
    await expect(store.append([...sampleEvents(0, 2), bad], 'batch')).rejects.toMatchObject({
      fault: 'invalid',
    })
    await store.append(sampleEvents(0, 1), 'batch')
    expect(await Array.fromAsync(store.read(0, 9))).toHaveLength(1)
    await store.close()
  })
})

describe('a lock of another connection', () => {
  test('that lasts too long rejects, and the same batch counts once when it is appended again', async () => {
    const path = newPath()
    const store = sqliteStore(path, { lockTimeoutMs: 0 })
    await store.append(sampleEvents(0, 1), 'first')
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const refused = await store.append(sampleEvents(1, 1), 'second').catch((error: unknown) => error)
    expect(refused).toMatchObject({ fault: 'busy', message: expect.stringContaining(path) })
    await expect(store.commit(0, [sampleMove(1)])).rejects.toMatchObject({ fault: 'busy' })
    // Reading goes on meanwhile.
    expect(await Array.fromAsync(store.read(0, 9))).toHaveLength(1)
    other.exec('COMMIT')
    other.close()
    await store.append(sampleEvents(1, 1), 'second')
    await store.append(sampleEvents(1, 1), 'second')
    expect(await Array.fromAsync(store.read(0, 9))).toHaveLength(2)
    await store.close()
  })

  test('is waited for, also by what was called just before `close`', async () => {
    const path = newPath()
    const store = sqliteStore(path)
    await store.load()
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const writes = [store.append(sampleEvents(0, 5), 'batch'), store.commit(0, [sampleMove(1)])]
    const closed = store.close()
    await new Promise((resolve) => setImmediate(resolve))
    other.exec('COMMIT')
    expect(await Promise.all(writes)).toEqual([undefined, 1])
    await closed
    expect(other.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 5 })
    other.close()
  })
})

describe('the worker thread', () => {
  test('that dies rejects what waits; the next call starts another, and watchers go on', async () => {
    const path = newPath()
    const client = workerClient({ path, durability: 'process', lockTimeoutMs: 10_000, watchEveryMs: 5 })
    const store = storeOver(client, path)
    await store.append(sampleEvents(0, 1), 'first')
    let changes = 0
    store.watch?.(() => void changes++)
    const lock = new DatabaseSync(path)
    lock.exec('BEGIN IMMEDIATE')
    const waiting = store.append(sampleEvents(1, 1), 'second').catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    await client.stop()
    expect(await waiting).toMatchObject({
      fault: 'worker',
      message: expect.stringContaining('the next call starts'),
    })
    lock.exec('COMMIT')
    lock.close()

    await store.append(sampleEvents(1, 1), 'second')
    expect(await Array.fromAsync(store.read(0, 9))).toHaveLength(2)
    expect(changes).toBe(1)
    const other = sqliteStore(path)
    expect(await other.commit(0, [sampleMove(1)])).toBe(1)
    await expect.poll(() => changes).toBe(2)
    await other.close()
    await store.close()
  })

  test('that cannot be started is a rejection too', async () => {
    const settings = { path: newPath(), durability: 'process', lockTimeoutMs: 0, watchEveryMs: 5 } as const
    const store = storeOver(
      workerClient(settings, new URL('./there-is-none.ts', import.meta.url)),
      settings.path,
    )
    await expect(store.load()).rejects.toMatchObject({ fault: 'worker' })
    await expect(store.append([], 'batch')).rejects.toMatchObject({ fault: 'worker' })
    await store.close()
  })
})

test('a watcher hears of what was committed between its `load` and its `watch`, and not of its own commits', async () => {
  const path = newPath()
  const [store, other] = [sqliteStore(path, { watchEveryMs: 5 }), sqliteStore(path)]
  await store.load()
  await other.commit(0, [sampleMove(1)])
  let changes = 0
  store.watch?.(() => void changes++)
  await expect.poll(() => changes).toBe(1)
  await store.load()
  expect(await store.commit(1, [sampleMove(2)])).toBe(2)
  await other.append(sampleEvents(0, 1), 'events are no news')
  expect(await other.commit(2, [sampleMove(3)])).toBe(3)
  await expect.poll(() => changes).toBe(2)
  await Promise.all([store.close(), other.close()])
})
