import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import type { LearnReport } from '../../learner.ts'
import type { Transition } from '../../registry.ts'
import { sqliteStore } from '../../sqlite/index.ts'
import { createLearner } from '../learner.ts'

// A thread or process of its own compiles all it needs; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-learners-'))
const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const CHILD = fileURLToPath(new URL('./processes.test.child.ts', import.meta.url))

function start(...args: string[]): {
  child: ChildProcess
  lines: AsyncIterable<string>
  exited: Promise<unknown[]>
} {
  const options = ['--conditions=lifeharness-source', '--no-warnings']
  const child = spawn(process.execPath, [...options, CHILD, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  return { child, lines: createInterface(child.stdout), exited: once(child, 'exit') }
}

type Gaps = { gap: number; machine: number; ms: number }

test('learning from 50,000 steps on a thread makes no gap in the event loop', async () => {
  // What a thread without work measured at the same time is taken off, and a busy round may be repeated: work on the
  // host's thread shows in every round, as the learner in this process shows.
  const rounds: { beside: Gaps; inProcess: Gaps }[] = []
  const extra = ({ gap, machine }: Gaps): number => gap - machine
  for (let round = 0; round < 3 && !rounds.some(({ beside }) => extra(beside) <= 30); round++) {
    const { lines, exited } = start('gaps', join(folder, `gaps-${round}.db`), '50000')
    const [line = ''] = await Array.fromAsync(lines)
    expect(await exited).toEqual([0, null])
    const measured = JSON.parse(line)
    expect(measured.recorded).toBeGreaterThanOrEqual(50_000)
    rounds.push(measured)
  }
  expect(Math.min(...rounds.map(({ beside }) => extra(beside)))).toBeLessThanOrEqual(30)
  // Both learnt for long enough that it would have been seen.
  for (const { beside, inProcess } of rounds) {
    expect(beside.ms).toBeGreaterThan(300)
    expect(extra(inProcess)).toBeGreaterThan(100)
  }
})

test('learners of several processes take turns; every episode counts once', async () => {
  const path = join(folder, 'turns.db')
  const processes = ['a', 'b', 'c'].map((name) => start('learn', path, name, '5'))
  const reports = await Promise.all(
    processes.map(async ({ lines, exited }) => {
      const said = (await Array.fromAsync(lines)).map((line) => JSON.parse(line) as LearnReport)
      expect(await exited).toEqual([0, null])
      return said
    }),
  )
  expect(reports.flat().some(({ busy }) => busy)).toBe(true)
  for (const said of reports) expect(said.filter(({ busy }) => !busy)).toHaveLength(5)

  const store = sqliteStore(path)
  // Whoever reads the whole log alone finds nothing left to do but what the last one's own traffic added.
  await createLearner({ growth: 0 }).run(store)
  await createLearner({ growth: 0 }).run(store)
  const before = await store.load()
  await createLearner({ growth: 0 }).run(store)
  expect((await store.load()).version).toBe(before.version)
  const history: Transition[] = await Array.fromAsync(store.history())
  const proposed = history.flatMap((change) =>
    change.type === 'stage' && change.from === undefined ? [change.entry.intervention.id] : [],
  )
  expect(proposed.length).toBeGreaterThan(0)
  expect(new Set(proposed).size).toBe(proposed.length)
  const touched = new Set<string>()
  const rename = before.entries.find(({ intervention }) => intervention.kind === 'rename-argument')
  for await (const { event } of store.read(0, 1_000_000))
    if (event.type === 'tool')
      for (const { intervention, arm } of event.applied)
        if (intervention === rename?.intervention.id && arm !== 'shadow') touched.add(event.episode)
  expect(touched.size).toBeGreaterThan(5)
  const { treated, control } = rename?.stages['some-model']?.account ?? {}
  expect((treated?.episodes ?? 0) + (control?.episodes ?? 0)).toBe(touched.size)
  await store.close()
})

test('a learner that was killed keeps the others waiting for as long as its turn lasts, not for ever', async () => {
  const path = join(folder, 'killed.db')
  const { child, lines, exited } = start('hold', path)
  for await (const line of lines) {
    expect(line).toBe('true')
    child.kill('SIGKILL')
  }
  await exited
  const store = sqliteStore(path)
  expect(await createLearner().run(store)).toMatchObject({ busy: true })
  // What runs out is the lease, by the clock of the store; a short one is waited for in the suite of stores.
  expect(await store.lease?.('learner', 'a process that dies', 0)).toBe(true)
  expect(await createLearner().run(store)).not.toMatchObject({ busy: true })
  await store.close()
})
