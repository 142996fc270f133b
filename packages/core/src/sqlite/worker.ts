import type { DatabaseSync } from 'node:sqlite'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { StageError } from '../registry.ts'
import { fileIdentity, isBusy, openDatabase } from './database.ts'
import { faultMessage, faultOf, SqliteFault } from './faults.ts'
import type {
  FailureMessage,
  RequestMessage,
  WorkerMessage,
  WorkerReply,
  WorkerRequest,
  WorkerSettings,
} from './protocol.ts'
import { prepareStatements, type Statements } from './statements.ts'

// The only thread that touches the file. It may wait for locks as long as it likes: the host goes on meanwhile.

const settings = workerData as WorkerSettings
const port = parentPort as MessagePort
/** Between two tries at a lock, for polls to run. SQLite has waited before that on its own. */
const RETRY_PAUSE_MS = 10

let open: { database: DatabaseSync; statements: Statements; identity: string | undefined } | undefined
let watching: ReturnType<typeof setInterval> | undefined
/** The version that the host knows of: what it loaded, committed itself, or was told of. */
let knownVersion: number | undefined
let seenDataVersion: number | undefined
/** Calls are served one after the other, so that what was appended first is first in the log. */
let line: Promise<void> = Promise.resolve()

function statements(): Statements {
  const identity = fileIdentity(settings.path)
  if (open && open.identity !== identity) closeQuietly()
  if (!open) {
    const database = openDatabase(settings)
    open = { database, statements: prepareStatements(database), identity: fileIdentity(settings.path) }
  }
  return open.statements
}

function closeDatabase(): void {
  open?.database.close()
  open = undefined
  seenDataVersion = undefined
}

function serve(request: WorkerRequest): WorkerReply[WorkerRequest['op']] {
  switch (request.op) {
    case 'load': {
      const state = statements().load()
      knownVersion = state.version
      return state
    }
    case 'append':
      return statements().append(request.batchId, request.bodies) as undefined
    case 'read':
      return statements().read(request.after, request.limit)
    case 'history':
      return statements().history(request.after)
    case 'commit': {
      const result = statements().commit(request.expected, request.changes)
      // Only who knew of the version before knows all there is to know now.
      if (result !== 'stale' && (knownVersion === undefined || knownVersion === request.expected))
        knownVersion = result
      return result
    }
    case 'lease':
      return statements().lease(request.name, request.holder, request.ms)
    case 'watch':
      watch()
      return undefined
    case 'unwatch':
      clearInterval(watching)
      watching = undefined
      return undefined
    case 'close':
      clearInterval(watching)
      closeDatabase()
      return undefined
  }
}

function watch(): void {
  watching ??= setInterval(poll, settings.watchEveryMs)
  // What was committed between the host's `load` and its `watch` is still news.
  knownVersion ??= statements().version()
}

/** `data_version` is a comparison in memory; the table is read only when another connection wrote. */
function poll(): void {
  try {
    // Only the file that is open: a poll never creates one.
    if (!open || open.identity !== fileIdentity(settings.path)) return
    const dataVersion = open.statements.dataVersion()
    if (dataVersion === seenDataVersion) return
    const version = open.statements.version()
    seenDataVersion = dataVersion
    if (version === knownVersion) return
    knownVersion = version
    tell({ changed: true })
  } catch {
    // The next call reports what is wrong with the file; the next poll looks again.
  }
}

async function answer({ id, request }: RequestMessage): Promise<void> {
  const deadline = performance.now() + settings.lockTimeoutMs
  for (;;) {
    try {
      tell({ id, ok: true, value: serve(request) })
      return
    } catch (error) {
      const retry = isBusy(error) && performance.now() < deadline
      if (!retry) {
        tell({ id, ok: false, failure: failureOf(error) })
        return
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS))
    }
  }
}

function failureOf(error: unknown): FailureMessage {
  const what = error instanceof Error ? error.message : String(error)
  if (error instanceof StageError) return { fault: 'illegal-transition', message: what }
  const fault = error instanceof SqliteFault ? error.fault : faultOf(error)
  // A damaged or vanished file is opened anew by the next call, so that a repaired one is found.
  if (fault !== 'busy' && fault !== 'full') closeQuietly()
  return { fault, message: faultMessage(fault, settings.path, what) }
}

function closeQuietly(): void {
  try {
    closeDatabase()
  } catch {
    open = undefined
  }
}

function tell(message: WorkerMessage): void {
  port.postMessage(message)
}

port.on('message', (message: RequestMessage) => {
  line = line.then(() => answer(message))
})
