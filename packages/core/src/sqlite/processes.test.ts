import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Event } from '../event.ts'
import { sqliteStore } from './index.ts'
import { BATCH, callEvent, type RecorderName } from './processes.test.child.ts'

// Real processes, really killed: no double can show what a file looks like afterwards.

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-processes-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
const newPath = (): string => join(folder, `${++files}.db`)

const CHILD = fileURLToPath(new URL('./processes.test.child.ts', import.meta.url))
const NODE = [process.execPath, '--conditions=lifeharness-source', '--no-warnings', CHILD]

function start(...args: string[]): {
  child: ChildProcess
  lines: AsyncIterable<string>
  exited: Promise<unknown[]>
} {
  return startCommand([...NODE, ...args])
}

function startCommand([command = '', ...args]: string[]): ReturnType<typeof start> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  const exited = once(child, 'exit')
  return { child, lines: createInterface(child.stdout as NodeJS.ReadableStream), exited }
}

async function stored(path: string): Promise<Event[]> {
  const store = sqliteStore(path)
  try {
    return (await Array.fromAsync(store.read(0, 1_000_000))).map(({ event }) => event)
  } finally {
    await store.close()
  }
}

function integrity(path: string): unknown {
  const database = new DatabaseSync(path)
  const result = database.prepare('PRAGMA integrity_check').all()
  database.close()
  return result
}

const SOUND = [{ integrity_check: 'ok' }]
const CALLS = 10_000
const BATCHES = CALLS / BATCH

/** Numbers of the calls of a run that are in the log, in its order. */
function callNumbers(events: readonly Event[]): number[] {
  return events.flatMap((event) => (event.type === 'tool' ? Number(event.call.id.split('-').at(-1)) : []))
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

describe.each<RecorderName>(['store', 'runtime'])(
  'kill -9 during 10,000 calls recorded through the %s',
  (recorder) => {
    // The kill comes while the batches after the given one are under way, at whatever point they have reached.
    test.each([1, 90, 222, 410])('after %i acknowledged batches', async (killAfter) => {
      const path = newPath()
      const { child, lines, exited } = start('record', path, recorder, 'run', String(BATCHES))
      let acknowledged = 0
      for await (const line of lines) {
        acknowledged = (JSON.parse(line) as { acknowledged: number }).acknowledged + 1
        if (acknowledged === killAfter) child.kill('SIGKILL')
      }
      expect((await exited)[1]).toBe('SIGKILL')
      expect(acknowledged).toBeGreaterThanOrEqual(killAfter)
      expect(acknowledged).toBeLessThan(BATCHES)

      expect(integrity(path)).toEqual(SOUND)
      const numbers = callNumbers(await stored(path))
      // Everything acknowledged, in order, nothing twice; beyond it whole batches only.
      expect(numbers).toEqual(upTo(numbers.length))
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged * BATCH)
      if (recorder === 'store') expect(numbers.length % BATCH).toBe(0)
    })
  },
)

test('a run that was killed can be done again with the same batch ids: each call counts once', async () => {
  const path = newPath()
  const first = start('record', path, 'store', 'run', String(BATCHES))
  for await (const line of first.lines) if (JSON.parse(line).acknowledged === 100) first.child.kill('SIGKILL')
  const again = start('record', path, 'store', 'run', String(BATCHES))
  for await (const _ of again.lines);
  expect(await again.exited).toEqual([0, null])
  expect(callNumbers(await stored(path))).toEqual(upTo(CALLS))
})

test.skipIf(process.platform === 'win32')(
  'a file that cannot grow rejects the batch and loses nothing',
  async () => {
    const path = newPath()
    const limit = 'ulimit -f 400 && exec "$@"'
    const { lines, exited } = startCommand([
      'sh',
      '-c',
      limit,
      'sh',
      ...NODE,
      'recordLimited',
      path,
      'store',
      'run',
      '200',
    ])
    const answers: { acknowledged?: number; refused?: number; fault?: string }[] = []
    for await (const line of lines) answers.push(JSON.parse(line))
    expect(await exited).toEqual([0, null])
    const acknowledged = answers.flatMap((answer) => answer.acknowledged ?? [])
    const refused = answers.filter((answer) => answer.refused !== undefined)
    expect(acknowledged.length).toBeGreaterThan(10)
    expect(refused.length).toBeGreaterThan(10)
    expect(new Set(refused.map(({ fault }) => fault))).toEqual(new Set(['io']))

    expect(integrity(path)).toEqual(SOUND)
    const kept = new Set(callNumbers(await stored(path)))
    for (const batch of acknowledged)
      for (const index of upTo(BATCH)) expect(kept).toContain(batch * BATCH + index)
    const again = start('record', path, 'store', 'run', '200')
    for await (const _ of again.lines);
    expect(callNumbers(await stored(path)).sort((a, b) => a - b)).toEqual(upTo(200 * BATCH))
  },
)

test('a lock that another process holds for 2 s makes no gap in the event loop, and no event is lost', async () => {
  // The machine may be busy with other things: what a thread without work measured at the same time is taken off,
  // and a busy round may be repeated. A wait on the host's thread would show in every round, and in that thread never.
  const gaps: number[] = []
  for (let round = 0; round < 3 && !gaps.some((gap) => gap <= 20); round++) {
    const path = newPath()
    const host = start('append', path, '2500')
    const fromHost = host.lines[Symbol.asyncIterator]()
    expect((await fromHost.next()).value).toBe('"ready"')
    const locker = start('lock', path, '2000')
    const fromLocker = locker.lines[Symbol.asyncIterator]()
    expect((await fromLocker.next()).value).toBe('"locked"')
    host.child.stdin?.end('go\n')
    const { longestGap, machineGap, longestWait, batches } = JSON.parse((await fromHost.next()).value)
    await Promise.all([host.exited, locker.exited])
    expect(longestWait).toBeGreaterThan(1_000)
    expect(batches).toBeGreaterThan(50)
    const events = (await stored(path)).filter((event) => event.id.startsWith('run-'))
    expect(callNumbers(events)).toEqual(upTo(batches * BATCH))
    gaps.push(longestGap - machineGap)
  }
  expect(Math.min(...gaps)).toBeLessThanOrEqual(20)
}, 30_000)

test('four processes append and commit at once: every event and every commit is there', async () => {
  const path = newPath()
  const [processes, batches] = [4, 40]
  const runs = await Promise.all(
    upTo(processes).map(async (run) => {
      const { lines, exited } = start('share', path, String(run), String(batches))
      const versions: number[] = []
      for await (const line of lines) versions.push(JSON.parse(line).committed)
      expect(await exited).toEqual([0, null])
      return versions
    }),
  )
  for (const versions of runs) expect(versions).toEqual([...versions].sort((a, b) => a - b))
  const committed = runs.flat().sort((a, b) => a - b)
  expect(committed).toEqual(upTo(processes * batches).map((index) => index + 1))

  const events = await stored(path)
  expect(events.length).toBe(processes * batches * BATCH)
  for (const run of upTo(processes)) {
    const own = events.filter((event) => event.id.startsWith(`${run}-`))
    expect(own).toEqual(upTo(batches * BATCH).map((number) => callEvent(String(run), number)))
  }
  const store = sqliteStore(path)
  const { version, entries, templates } = await store.load()
  expect(templates.count).toBe(String(processes * batches))
  expect([version, entries.length]).toEqual([processes * batches, processes * batches])
  expect(await Array.fromAsync(store.history())).toHaveLength(2 * processes * batches)
  await store.close()
  expect(integrity(path)).toEqual(SOUND)
}, 30_000)

test('an idle store lets its process end, but not before what is under way is written', async () => {
  const path = newPath()
  const { lines, exited } = start('leave', path)
  for await (const _ of lines);
  expect(await exited).toEqual([0, null])
  expect(callNumbers(await stored(path))).toEqual([0])
  expect(statSync(path).size).toBeGreaterThan(0)
})

test('the module can be required', async () => {
  const entry = fileURLToPath(new URL('./index.ts', import.meta.url))
  const program = `process.stdout.write(JSON.stringify(Object.keys(require(${JSON.stringify(entry)}))))`
  const { lines, exited } = startCommand([
    process.execPath,
    '--no-warnings',
    '--input-type=commonjs',
    '-e',
    program,
  ])
  expect(await Array.fromAsync(lines)).toEqual(['["sqliteStore"]'])
  expect(await exited).toEqual([0, null])
})
