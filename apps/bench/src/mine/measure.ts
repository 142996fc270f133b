import { performance } from 'node:perf_hooks'
import type { Trajectory } from '@lifeharness/core'
import { mine, type TrajectorySource } from '@lifeharness/core/learn'
import { recordedEpisodes } from './recordings.ts'
import { syntheticSource } from './synthetic.ts'

/** What one process is asked to do. */
export type Task = { data: string; steps: number }

export type Measured = {
  steps: number
  failures: number
  signatures: number
  tools: number
  /** Processor time of all threads (collector and compiler included), in seconds: of mining, and of making the steps. */
  seconds: number
  generating: number
  /** Wall-clock time of both. */
  elapsed: number
  /** Peak resident set of the whole process, and just before the measured part began, in bytes. */
  peakBytes: number
  readBytes: number
  /** What the mining held on to when most, and what its result does, in bytes without what is garbage. */
  mostHeldBytes: number
  heldBytes: number
}

/**
 * Steps that are made before they are mined: few, as who reads a recording has only the episode that he mines. More of
 * them outlive the young generation, and a fifth of the time goes into collecting what only the bench held on to.
 */
const BATCH = 100
/** How often it is looked what is held. */
const LOOKS = 4

/**
 * Runs in a process of its own, so that peaks are its own. Steps are made and mined by turns, and each turn has its time:
 * what making them takes when nothing else happens is less than what it takes between the turns of the miner. Looking what
 * is held counts as mining: it collects what would have been collected anyway, if later.
 */
export async function measure({ data, steps }: Task): Promise<Measured> {
  const recorded = await recordedEpisodes(data)
  if (!recorded) throw new Error(`no recordings in ${data}`)
  const synthetic = syntheticSource(recorded, { steps })
  const before = heapUsed()
  const readBytes = process.resourceUsage().maxRSS * 1024
  let generating = 0
  let mostHeld = 0

  async function* source(): AsyncGenerator<Trajectory> {
    let made = 0
    for await (const batch of batches(synthetic)) {
      generating += batch.seconds
      // One by one: to delegate would wait once more for each.
      for (const episode of batch.episodes) yield episode
      const looks = Math.floor((made * LOOKS) / steps)
      made += batch.steps
      if (Math.floor((made * LOOKS) / steps) > looks) mostHeld = Math.max(mostHeld, heapUsed() - before)
    }
  }

  const [from, started] = [performance.now(), cpuSeconds()]
  const mined = await mine(source)
  const seconds = cpuSeconds() - started - generating
  const elapsed = (performance.now() - from) / 1e3
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const heldBytes = heapUsed() - before
  return {
    steps: mined.steps,
    failures: mined.failures,
    signatures: mined.signatures.size,
    tools: mined.tools.size,
    ...{ seconds, generating, elapsed, peakBytes, readBytes, heldBytes },
    mostHeldBytes: Math.max(mostHeld, heldBytes),
  }
}

type Batch = { episodes: Trajectory[]; steps: number; seconds: number }

/** Episodes in batches, each with what it took to make it. */
async function* batches(source: TrajectorySource): AsyncGenerator<Batch> {
  const episodes = source()[Symbol.asyncIterator]()
  for (;;) {
    const started = cpuSeconds()
    const batch: Batch = { episodes: [], steps: 0, seconds: 0 }
    while (batch.steps < BATCH) {
      const { value, done } = await episodes.next()
      if (done) break
      batch.episodes.push(value)
      batch.steps += value.steps.filter(({ type }: { type: string }) => type === 'tool').length
    }
    if (batch.episodes.length === 0) return
    batch.seconds = cpuSeconds() - started
    yield batch
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** In bytes, without what is garbage: the process runs with `--expose-gc`. */
function heapUsed(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
