// A process that serves traffic in `progressive` mode, and others that learn and decide: nothing is ever restarted.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { createLearner } from './learn/learner.ts'
import { suspendByPerson } from './learn/person.ts'
import type { Answer, Order } from './live.test.child.ts'
import type { RegistryState } from './registry.ts'
import { sqliteStore } from './sqlite/index.ts'
import type { Store } from './store.ts'

// A thread or process of its own compiles all it needs; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-live-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const CHILD = fileURLToPath(new URL('./live.test.child.ts', import.meta.url))

/** A process that serves traffic from a store. */
function serve(path: string) {
  const options = ['--conditions=lifeharness-source', '--no-warnings']
  const child = spawn(process.execPath, [...options, CHILD, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  const exited = once(child, 'exit')
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()

  async function ask<A extends Answer>(order: Order): Promise<A> {
    child.stdin.write(`${JSON.stringify(order)}\n`)
    const { value, done } = await answers.next()
    if (done) throw new Error('the process has ended')
    return JSON.parse(value) as A
  }

  return {
    ask,
    open: (id: string, model?: string) => ask({ open: id, ...(model === undefined ? {} : { model }) }),
    /** The arguments with which a call written by habit was executed. */
    call: async (id: string) => (await ask<{ executed: object }>({ call: id })).executed,
    /** Until it has seen, by its own watching, what others committed. */
    async until(version: number): Promise<void> {
      await expect
        .poll(async () => (await ask<{ version: number }>({ registry: true })).version, { timeout: 10_000 })
        .toBe(version)
    },
    async end(): Promise<unknown> {
      child.stdin.end()
      return (await exited)[0]
    },
  }
}

/** Learns until `rename-argument` is active for the model that is served; what a process of its own would do. */
async function learnUntilActive(store: Store): Promise<RegistryState> {
  const learner = createLearner({ growth: 0 })
  await learner.run(store)
  await learner.run(store)
  const state = await store.load()
  expect(renaming(state)?.stages['some-model']).toMatchObject({ stage: 'active' })
  return state
}

function renaming({ entries }: RegistryState) {
  return entries.find(({ intervention }) => intervention.kind === 'rename-argument')
}

async function commit(
  store: Store,
  change: (state: RegistryState) => Parameters<Store['commit']>[1],
): Promise<number> {
  const state = await store.load()
  const version = await store.commit(state.version, change(state))
  if (version === 'stale') throw new Error('nobody else should have committed')
  return version
}

const MISNAMED = expect.objectContaining({ city: expect.any(String) })
const REPAIRED = expect.objectContaining({ destination: expect.any(String) })

/** A hold-out of 10 % is drawn by the name of the episode: one that is treated, and one that was begun before. */
async function treated(server: ReturnType<typeof serve>, prefix: string): Promise<string> {
  for (let index = 0; index < 20; index++) {
    const id = `${prefix}-${index}`
    await server.open(id)
    if ('destination' in (await server.call(id))) return id
  }
  throw new Error('no episode of 20 was treated')
}

test('a serving process gets what another learns, suspension and the kill switch, without restart', async () => {
  const path = join(folder, 'live.db')
  const server = serve(path)
  const other = sqliteStore(path)
  try {
    await server.open('before')
    expect(await server.call('before')).toEqual(MISNAMED)
    expect(await server.ask({ play: 28 })).toEqual({ calls: 28 * 14 })

    // Another process learns; the serving one hears of it by watching the file.
    await server.until((await learnUntilActive(other)).version)
    const after = await treated(server, 'after')
    expect(await server.call(after)).toEqual(REPAIRED)
    // An episode in flight keeps the snapshot it began with, though the process has the new one.
    expect(await server.call('before')).toEqual(MISNAMED)
    // The model that it was proven for, and no other.
    await server.open('another model', 'other-model')
    expect(await server.call('another model')).toEqual(MISNAMED)

    // The kill switch acts on the next call, in flight too, and its end as well.
    const settings = (killed: boolean) => () =>
      [{ type: 'settings', settings: { killed }, by: 'person', at: 0, reason: 'test' }] as const
    await server.until(await commit(other, settings(true)))
    expect(await server.call(after)).toEqual(MISNAMED)
    await server.until(await commit(other, settings(false)))
    expect(await server.call(after)).toEqual(REPAIRED)

    // So does suspension.
    const { id } = renaming(await other.load())?.intervention ?? { id: '' }
    await server.until(await commit(other, (state) => suspendByPerson(state, id, 'test')))
    expect(await server.call(after)).toEqual(MISNAMED)
    expect(await server.call('before')).toEqual(MISNAMED)
    for (const ended of [after, 'before']) await server.ask({ end: ended })
    expect(await server.end()).toBe(0)
  } finally {
    await other.close()
  }
})

test('the kill switch reaches every process of the machine', async () => {
  const path = join(folder, 'two.db')
  const [a, b] = [serve(path), serve(path)]
  const other = sqliteStore(path)
  try {
    await a.ask({ play: 28 })
    const { version } = await learnUntilActive(other)
    await Promise.all([a.until(version), b.until(version)])
    const [inA, inB] = [await treated(a, 'a'), await treated(b, 'b')]
    const killed = [
      { type: 'settings', settings: { killed: true }, by: 'person', at: 0, reason: 'test' },
    ] as const
    const at = await commit(other, () => killed)
    // Every process of the machine.
    await Promise.all([a.until(at), b.until(at)])
    expect(await a.call(inA)).toEqual(MISNAMED)
    expect(await b.call(inB)).toEqual(MISNAMED)
    expect([await a.end(), await b.end()]).toEqual([0, 0])
  } finally {
    await other.close()
  }
})
