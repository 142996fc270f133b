// The other processes of processes.test.ts: `node processes.test.child.ts <command> <path> …`; each prints JSON lines.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { createLifeHarness } from '../../runtime.ts'
import { sqliteStore } from '../../sqlite/index.ts'
import { measureGaps } from '../../sqlite/processes.test.child.ts'
import type { Store } from '../../store.ts'
import { createLearner } from '../learner.ts'
import { playBooking } from './booking.test.support.ts'
import { workerLearner } from './index.ts'

/** Longest gaps while `work` is under way: of this thread, and of one that does nothing (what the machine itself did). */
async function gapsDuring(
  work: () => Promise<unknown>,
): Promise<{ gap: number; machine: number; ms: number }> {
  const bystander = new Worker(`(${measureGaps})(require('node:worker_threads').parentPort)`, { eval: true })
  await once(bystander, 'online')
  const gaps = measureGaps()
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  const gap = gaps.longest()
  bystander.postMessage('enough')
  const [machine] = await once(bystander, 'message')
  return { gap, machine, ms }
}

async function record(store: Store, steps: number): Promise<number> {
  const harness = await createLifeHarness({ store, mode: 'observe' })
  let recorded = 0
  for (let index = 0; recorded < steps; index++) {
    recorded += await playBooking(harness, 'episode', index)
    if (index % 50 === 0) await harness.flush()
  }
  await harness.flush()
  return recorded
}

const COMMANDS: Record<string, (path: string, ...rest: string[]) => Promise<void>> = {
  /** Records steps, then learns from them on a thread and on this one, and measures how long this one stood still. */
  async gaps(path, steps) {
    const store = sqliteStore(path)
    const recorded = await record(store, Number(steps))
    const threaded = workerLearner({ store: { sqlite: path } })
    // The thread's first run compiles it; then a new learner begins with the log again.
    const beside = await gapsDuring(() => threaded.run(store))
    await threaded.close()
    const own = createLearner()
    const inProcess = await gapsDuring(() => own.run(store))
    await store.close()
    print({ recorded, beside, inProcess })
  },

  /** Serves traffic and learns from everybody's, as often as it is told; waits while another learns. */
  async learn(path, name = 'a', runs = '1') {
    const learner = workerLearner({ store: { sqlite: path }, growth: 0 })
    const store = sqliteStore(path)
    const harness = await createLifeHarness({ store, mode: 'progressive', learner, learnEveryMs: 0 })
    for (let run = 0; run < Number(runs); run++) {
      for (let index = 0; index < 5; index++) await playBooking(harness, name, 5 * run + index)
      await harness.flush()
      for (;;) {
        const report = await learner.run(store)
        print(report)
        if (!report.busy) break
        await sleep(10)
      }
    }
    await learner.close()
    await harness.close()
  },

  /** Takes the learner's turn, and is killed. */
  async hold(path) {
    const store = sqliteStore(path)
    print(await store.lease?.('learner', 'a process that dies', 120_000))
    await sleep(60_000)
  },
}

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

if (import.meta.main) {
  const [command = '', path = '', ...rest] = process.argv.slice(2)
  await COMMANDS[command]?.(path, ...rest)
}
