import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Learner } from '../../learner.ts'
import { sqliteStore } from '../../sqlite/sqlite-store.ts'
import { createLearner } from '../learner.ts'
import { loadConfigFile } from './load-config.ts'
import type { LearnerMessage, LearnerRequest, LearnerSettings, LostError } from './protocol.ts'

// The learner's thread: it may compute for as long as it likes.

const settings = workerData as LearnerSettings
const port = parentPort as MessagePort
const store = sqliteStore(settings.path, settings.store)
let learner: Learner | undefined
/** Runs must not overlap. */
let line: Promise<void> = Promise.resolve()

async function openLearner(): Promise<Learner> {
  const { config, limits, idleMs, growth } = settings
  return createLearner({
    config: 'url' in config ? await loadConfigFile(config.url) : config.data,
    ...(limits === undefined ? {} : { limits }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(growth === undefined ? {} : { growth }),
    fault: (where, error) => tell({ fault: { where, error: lostError(error) } }),
    onHealth: (health) => tell({ health }),
  })
}

async function run(id: number): Promise<void> {
  try {
    learner ??= await openLearner()
    tell({ done: id, report: await learner.run(store) })
  } catch (error) {
    tell({ failed: id, error: lostError(error) })
  }
}

/** What is thrown may hold anything; its texts cross. */
function lostError(error: unknown): LostError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, stack } = error
  const { code } = error as { code?: unknown }
  return {
    ...{ name, message },
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' ? { code } : {}),
  }
}

function tell(message: LearnerMessage): void {
  port.postMessage(message)
}

port.on('message', (request: LearnerRequest) => {
  line = line.then(async () => {
    if ('run' in request) return run(request.run)
    await store.close()
    port.close()
  })
})
