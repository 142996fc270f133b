import { Worker } from 'node:worker_threads'
import { StageError } from '../registry.ts'
import { StoreError } from '../store-error.ts'
import { faultMessage } from './faults.ts'
import type { RequestMessage, WorkerMessage, WorkerReply, WorkerRequest, WorkerSettings } from './protocol.ts'

/** Calls the worker thread; starts one at the first call, and another after one died. Never waits synchronously. */
export type WorkerClient = {
  call<R extends WorkerRequest>(request: R): Promise<WorkerReply[R['op']]>
  /** What to do when another writer committed. */
  onChanged: (() => void) | undefined
  /** What to do when another thread was started in place of one that died. */
  onRestarted: (() => void) | undefined
  /** Whether there is a thread. */
  readonly running: boolean
  /** Ends the thread, whatever it is doing; the next call starts another. */
  stop(): Promise<void>
}

type Pending = { resolve: (value: never) => void; reject: (error: Error) => void }

/** From source the worker is TypeScript too; Node strips the types. */
const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url)

export function workerClient(settings: WorkerSettings, url: URL = WORKER): WorkerClient {
  let worker: Worker | undefined
  let calls = 0
  const pending = new Map<number, Pending>()

  let starts = 0

  const client: WorkerClient = {
    call,
    onChanged: undefined,
    onRestarted: undefined,
    get running() {
      return worker !== undefined
    },
    stop,
  }
  return client

  function call<R extends WorkerRequest>(request: R): Promise<WorkerReply[R['op']]> {
    return new Promise((resolve, reject) => {
      try {
        const restarted = worker === undefined && starts++ > 0
        worker ??= start()
        const running = worker
        const id = ++calls
        running.postMessage({ id, request } satisfies RequestMessage)
        pending.set(id, { resolve, reject })
        // Only while an answer is awaited does the thread keep the process alive.
        running.ref()
        if (restarted) client.onRestarted?.()
      } catch (cause) {
        reject(died(`its thread cannot be started (${String(cause)})`, cause))
      }
    })
  }

  function start(): Worker {
    const started = new Worker(url, { workerData: settings, name: 'lifeharness-sqlite' })
    started.unref()
    started.on('message', (message: WorkerMessage) => {
      if ('changed' in message) client.onChanged?.()
      else settle(message)
      if (pending.size === 0) started.unref()
    })
    started.on('error', (cause) => lost(started, `its thread died (${String(cause)})`, cause))
    started.on('exit', (code) => lost(started, `its thread ended with code ${code}`))
    return started
  }

  function settle(message: Exclude<WorkerMessage, { changed: true }>): void {
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.ok) waiting?.resolve(message.value as never)
    else {
      const { fault, message: text } = message.failure
      waiting?.reject(fault === 'illegal-transition' ? new StageError(text) : new StoreError(fault, text))
    }
  }

  function lost(gone: Worker, what: string, cause?: unknown): void {
    if (worker !== gone) return
    worker = undefined
    const error = died(what, cause)
    const waiting = [...pending.values()]
    pending.clear()
    for (const { reject } of waiting) reject(error)
  }

  function died(what: string, cause: unknown): StoreError {
    return new StoreError('worker', faultMessage('worker', settings.path, what), { cause })
  }

  async function stop(): Promise<void> {
    const running = worker
    if (!running) return
    await running.terminate()
    lost(running, 'it was stopped')
  }
}
