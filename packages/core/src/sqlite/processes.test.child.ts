// The other processes of processes.test.ts: `node processes.test.child.ts <command> <path> …`. Each prints one line of
// JSON for each thing that is done, so that the test knows what was acknowledged before it was killed.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { Event } from '../event.ts'
import { createLifeHarness } from '../runtime.ts'
import { sampleMove } from '../testing/samples.ts'
import { sqliteStore } from './index.ts'

export const BATCH = 20

/** Call `number` of a run, as the runtime records it. */
export function callEvent(run: string, number: number): Event {
  const call = {
    id: `${run}-${number}`,
    tool: { origin: 'local', name: 'search' },
    turn: number,
    index: 0,
    attempt: 1,
  }
  return {
    type: 'tool',
    id: `${run}-${number}`,
    at: number,
    episode: run,
    call: { ...call, approved: false, input: { query: `question ${number}`, limit: 10 } },
    outcome: 'ok',
    view: { hits: Array.from({ length: 5 }, (_, hit) => ({ id: number * 5 + hit, title: `answer ${hit}` })) },
    ms: 3,
    applied: [],
  }
}

/** Records one batch of calls; resolves when it is acknowledged. */
type Recorder = { record(batch: number): Promise<void>; close(): Promise<void> }

export type RecorderName = 'store' | 'runtime'

/** What is killed. Each way of recording that must survive `kill -9` is one member. */
const RECORDERS: Record<RecorderName, (path: string, run: string) => Recorder | Promise<Recorder>> = {
  /** Against the store itself. */
  store(path, run) {
    const store = sqliteStore(path)
    return {
      record: (batch) => {
        const events = Array.from({ length: BATCH }, (_, index) => callEvent(run, batch * BATCH + index))
        return store.append(events, `${run}-${batch}`)
      },
      close: () => store.close(),
    }
  },

  /** Through the whole runtime: `flush()` is the acknowledgement. */
  async runtime(path, run) {
    const lifeHarness = await createLifeHarness({ store: sqliteStore(path), mode: 'observe' })
    const episode = lifeHarness.episode({ id: run })
    return {
      async record(batch) {
        for (let number = batch * BATCH; number < (batch + 1) * BATCH; number++) {
          const call = {
            id: `${run}-${number}`,
            tool: { origin: 'local', name: 'search' },
            turn: number,
            index: 0,
          }
          const input = { query: `question ${number}` }
          await episode.run({ ...call, attempt: 1, approved: false, input }, () => ({ hits: [number] }))
        }
        await lifeHarness.flush()
      },
      close: () => lifeHarness.close(),
    }
  },
}

const COMMANDS: Record<string, (path: string, ...rest: string[]) => Promise<void>> = {
  /** Records batches one after the other and prints the number of each when it is acknowledged. */
  async record(path, recorder, run = 'run', batches = '0') {
    const { record, close } = await RECORDERS[recorder as RecorderName](path, run)
    for (let batch = 0; batch < Number(batches); batch++) {
      await record(batch).then(
        () => print({ acknowledged: batch }),
        (error) => print({ refused: batch, fault: error.fault }),
      )
    }
    await close()
  },

  /** The same where no file may grow beyond a limit of the system; the signal for it would end the process. */
  async recordLimited(path, ...rest) {
    process.on('SIGXFSZ', () => {})
    await COMMANDS.record?.(path, ...rest)
  },

  /** Holds the lock of the database until a line comes in. */
  async lock(path, milliseconds) {
    const database = new DatabaseSync(path)
    database.exec('BEGIN EXCLUSIVE')
    print('locked')
    await sleep(Number(milliseconds))
    database.exec('COMMIT')
    database.close()
    print('free')
  },

  /**
   * Appends while another process holds the lock, and measures how long its own event loop stood still. A thread that
   * does nothing measures the same: that much the machine itself held up everybody.
   */
  async append(path, milliseconds) {
    const store = sqliteStore(path)
    await store.append([callEvent('first', 0)], 'first')
    // Everything is compiled before the measurement begins.
    for (let batch = 0; batch < 50; batch++) await store.append([callEvent('warm', batch)], `warm-${batch}`)
    print('ready')
    for await (const _ of createInterface(process.stdin)) break
    const bystander = new Worker(`(${measureGaps})(require('node:worker_threads').parentPort)`, {
      eval: true,
    })
    await once(bystander, 'online')
    const gaps = measureGaps()
    const acknowledgements: Promise<number>[] = []
    const end = performance.now() + Number(milliseconds)
    for (let batch = 0; performance.now() < end; batch++) {
      const began = performance.now()
      const events = Array.from({ length: BATCH }, (_, index) => callEvent('run', batch * BATCH + index))
      acknowledgements.push(store.append(events, `run-${batch}`).then(() => performance.now() - began))
      await sleep(5)
    }
    const waits = await Promise.all(acknowledgements)
    const longestGap = gaps.longest()
    bystander.postMessage('enough')
    const [machineGap] = await once(bystander, 'message')
    print({ longestGap, machineGap, longestWait: Math.max(...waits), batches: waits.length })
    await store.close()
  },

  /** Appends and commits at the same time as others do. */
  async share(path, run = 'run', batches = '0') {
    const store = sqliteStore(path)
    const offset = Number(run) * 1_000
    const appending = (async () => {
      for (let batch = 0; batch < Number(batches); batch++) {
        const events = Array.from({ length: BATCH }, (_, index) => callEvent(run, batch * BATCH + index))
        await store.append(events, `${run}-${batch}`)
      }
    })()
    for (let number = 0; number < Number(batches); ) {
      const { version, templates } = await store.load()
      // Each commit builds on what was there: one that was made on an older version would lose a count.
      const count = {
        type: 'templates',
        templates: { count: `${Number(templates.count ?? 0) + 1}` },
        at: 0,
      } as const
      const committed = await store.commit(version, [sampleMove(offset + number), count])
      if (committed === 'stale') continue
      print({ committed })
      number++
    }
    await appending
    await store.close()
  },

  /** Leaves an append under way and a watcher behind, and ends without a word. */
  async leave(path) {
    const store = sqliteStore(path)
    store.watch?.(() => {})
    await store.load()
    void store.append([callEvent('run', 0)], 'run-0')
  },
}

/** The longest time, in milliseconds, by which a timer of 1 ms came late. Complete in itself: a thread runs its text. */
export function measureGaps(port?: MessagePort): { longest(): number } {
  let gap = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    gap = Math.max(gap, now - last)
    last = now
  }, 1)
  const longest = (): number => {
    clearInterval(timer)
    return Math.max(gap, performance.now() - last)
  }
  port?.once('message', () => port.postMessage(longest()))
  return { longest }
}

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

if (import.meta.main) {
  const [command = '', path = '', ...rest] = process.argv.slice(2)
  await COMMANDS[command]?.(path, ...rest)
}
