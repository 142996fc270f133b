import type { Mined } from '@lifeharness/core/learn'
import { mine } from '@lifeharness/core/learn'
import { recordedEpisodes } from './recordings.ts'
import { syntheticSource } from './synthetic.ts'

/** What one process is asked to do: only to generate the steps, or to mine them too. */
export type Task = { data: string; steps: number; mine: boolean }

export type Measured = {
  steps: number
  failures: number
  signatures: number
  tools: number
  /** Processor time of all threads (collector and compiler included), in seconds, without reading the recordings. */
  seconds: number
  /** Wall-clock time of the same. */
  elapsed: number
  /** Peak resident set of the whole process, and just before the measured part began, in bytes. */
  peakBytes: number
  readBytes: number
  /** What the result holds on to, after a collection. */
  heldBytes: number
}

/** Runs in a process of its own, so that peaks are its own. */
export async function measure({ data, steps, mine: mines }: Task): Promise<Measured> {
  const recorded = await recordedEpisodes(data)
  if (!recorded) throw new Error(`no recordings in ${data}`)
  const source = syntheticSource(recorded, { steps })
  const held = heapUsed()
  const readBytes = process.resourceUsage().maxRSS * 1024
  const elapsedBefore = performance.now()
  const before = process.cpuUsage()
  const mined = mines ? await mine(source) : await generate(source)
  const { user, system } = process.cpuUsage(before)
  const elapsed = (performance.now() - elapsedBefore) / 1e3
  const peakBytes = process.resourceUsage().maxRSS * 1024
  return {
    steps: mined.steps,
    failures: mined.failures,
    signatures: mined.signatures.size,
    tools: mined.tools.size,
    seconds: (user + system) / 1e6,
    elapsed,
    peakBytes,
    readBytes,
    heldBytes: heapUsed() - held,
  }
}

/** In bytes, without what is garbage: the process runs with `--expose-gc`. */
function heapUsed(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

type Counted = Pick<Mined, 'steps' | 'failures'> & Record<'signatures' | 'tools', { size: number }>

async function generate(source: ReturnType<typeof syntheticSource>): Promise<Counted> {
  let steps = 0
  for await (const episode of source()) for (const step of episode.steps) if (step.type === 'tool') steps++
  return { steps, failures: 0, signatures: { size: 0 }, tools: { size: 0 } }
}
