import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { LifeHarnessConfig } from '../../config.ts'
import type { Learner, LearnReport } from '../../learner.ts'
import type { SqliteStoreOptions } from '../../sqlite/sqlite-store.ts'
import type { LearnerOptions } from '../learner.ts'
import { functionsIn } from './load-config.ts'
import type { LearnerMessage, LearnerRequest, LearnerSettings, LostError } from './protocol.ts'

export type WorkerLearnerOptions = Pick<
  LearnerOptions,
  'limits' | 'idleMs' | 'growth' | 'fault' | 'onHealth'
> & {
  /** The file of the store that the learner is run on; it has a connection of its own to it. */
  store: { sqlite: string | URL } & SqliteStoreOptions
  /**
   * The configuration, or the path of the file whose default export it is (`.json` as well). Functions (`succeeded`,
   * `expected`, …) cannot be handed to another thread: a configuration that holds any is named by its file, which the
   * thread loads for itself.
   */
  config?: string | URL | LifeHarnessConfig
}

export type WorkerLearner = Learner & {
  /** Ends the thread, after the run that is under way. Optional: an idle learner does not keep the process alive. */
  close(): Promise<void>
}

/** From source the thread's file is TypeScript too; Node strips the types. */
const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url)

type Run = { resolve: (report: LearnReport) => void; reject: (error: Error) => void }

/**
 * The slow loop on a thread of its own, so that the agent's event loop is never held up: `run()` only posts and awaits,
 * and its argument is not used, because the thread reads the file itself. Several processes may each have one: one at a
 * time is at work on a file, the others report `busy`. Runs that overlap are done one after the other. A thread that
 * dies rejects the run; the next one starts another, which reads the log anew. Own inducers, kinds and classifiers
 * cannot be handed over; they need `createLearner`, in a process of its own where it must not hold up anybody.
 * @throws TypeError where the configuration holds a function.
 */
export function workerLearner(options: WorkerLearnerOptions): WorkerLearner {
  const settings = settingsOf(options)
  const runs = new Map<number, Run>()
  let count = 0
  let worker: Worker | undefined

  function start(): Worker {
    const started = new Worker(WORKER, { workerData: settings, name: 'lifeharness-learner' })
    started.on('message', (message: LearnerMessage) => {
      receive(message)
      if (runs.size === 0) started.unref()
    })
    started.on('error', (error) => lost(started, error))
    started.on('exit', (code) => lost(started, new Error(`the learner's thread ended with code ${code}`)))
    return started
  }

  function receive(message: LearnerMessage): void {
    if ('health' in message) told(() => options.onHealth?.(message.health))
    else if ('fault' in message) options.fault?.(message.fault.where, restored(message.fault.error))
    else settle(message)
  }

  function settle(message: Extract<LearnerMessage, { done: number } | { failed: number }>): void {
    const id = 'done' in message ? message.done : message.failed
    const run = runs.get(id)
    runs.delete(id)
    if ('done' in message) run?.resolve(message.report)
    else run?.reject(restored(message.error))
  }

  function told(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      options.fault?.('onHealth', error)
    }
  }

  function lost(gone: Worker, error: unknown): void {
    if (worker !== gone) return
    worker = undefined
    const waiting = [...runs.values()]
    runs.clear()
    for (const { reject } of waiting) reject(error instanceof Error ? error : new Error(String(error)))
  }

  return {
    run: () =>
      new Promise((resolve, reject) => {
        worker ??= start()
        const id = ++count
        runs.set(id, { resolve, reject })
        worker.ref()
        worker.postMessage({ run: id } satisfies LearnerRequest)
      }),
    async close() {
      const closing = worker
      if (!closing) return
      const exited = new Promise((resolve) => closing.once('exit', resolve))
      closing.ref()
      closing.postMessage({ close: true } satisfies LearnerRequest)
      await exited
    },
  }
}

function settingsOf({ store, config = {}, limits, idleMs, growth }: WorkerLearnerOptions): LearnerSettings {
  const { sqlite, ...options } = store
  return {
    path: typeof sqlite === 'string' ? resolve(sqlite) : fileURLToPath(sqlite),
    store: options,
    config: configOf(config),
    ...(limits === undefined ? {} : { limits }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(growth === undefined ? {} : { growth }),
  }
}

function configOf(config: string | URL | LifeHarnessConfig): LearnerSettings['config'] {
  if (config instanceof URL) return { url: config.href }
  if (typeof config === 'string') return { url: pathToFileURL(resolve(config)).href }
  const [first, ...others] = functionsIn(config)
  if (first === undefined) return { data: config }
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new TypeError(
    `workerLearner: the configuration holds a function at ${first}${more}, which cannot be handed to another thread; ` +
      'put the configuration into a file of its own and give its path',
  )
}

function restored({ name, message, stack, code }: LostError): Error {
  return Object.assign(new Error(message), {
    name,
    ...(stack === undefined ? {} : { stack }),
    ...(code === undefined ? {} : { code }),
  })
}
