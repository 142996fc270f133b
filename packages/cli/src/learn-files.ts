import { statSync } from 'node:fs'
import type { Intervention, LifeHarnessConfig, Trajectory } from '@lifeharness/core'
import {
  type ImportProblem,
  importTrajectories,
  type Learnt,
  learn,
  type TrajectorySource,
} from '@lifeharness/core/learn'
import { openProgress } from './progress.ts'

export type LearntFiles = {
  learnt: Learnt
  problems: readonly ImportProblem[]
  /** Time for reading, mining, induction and replay, in seconds. */
  seconds: number
}

export type LearnFilesOptions = {
  files: readonly string[]
  config: LifeHarnessConfig
  /** What is registered already: it is held against these files as well. */
  registered: readonly Intervention[]
  /** Nothing the files say may support an intervention by itself. */
  untrusted: boolean
  /** Files that are no larger together are read once and held for the second pass, in bytes. Default 64 MB. */
  holdUpTo?: number
  onProblem(problem: ImportProblem): void
  onFault(where: string, error: unknown): void
}

/** Learns from recordings: files a user hands over are trusted, unless he says otherwise (law 13). */
export async function learnFiles(options: LearnFilesOptions): Promise<LearntFiles> {
  const { files, untrusted, onFault } = options
  const progress = openProgress('episodes')
  const problems: ImportProblem[] = []
  let passes = 0
  let episodes = 0
  const held: Trajectory[] | undefined = sizeOf(files) <= (options.holdUpTo ?? HELD_BYTES) ? [] : undefined
  const source: TrajectorySource = async function* () {
    const first = passes++ === 0
    progress.phase(first ? 'reading' : 'replaying', first ? undefined : episodes)
    if (!first && held) {
      yield* held
      return
    }
    const read = importTrajectories({
      files,
      // Every pass meets the same problems.
      onProblem: (problem) => {
        if (!first) return
        problems.push(problem)
        options.onProblem(problem)
      },
      onProgress: ({ trajectories }) => progress.update(trajectories),
    })
    for await (const trajectory of read) {
      const taken = untrusted ? withoutAnnotations(trajectory) : trajectory
      held?.push(taken)
      yield taken
    }
    if (first) episodes = read.summary.trajectories
  }
  const started = performance.now()
  try {
    const learnt = await learn(source, {
      registered: options.registered,
      config: settingsFor(options.config, untrusted),
      fault: onFault,
    })
    return { learnt: concerned(learnt), problems, seconds: (performance.now() - started) / 1_000 }
  } finally {
    progress.stop()
  }
}

/** Of more than that, memory holds one record at a time. */
const HELD_BYTES = 64 * 1_048_576

function sizeOf(files: readonly string[]): number {
  // What is no file is told of when it is read.
  const sizes = files.map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What is registered and not induced from these files counts only where they show that it would break something. */
function concerned(learnt: Learnt): Learnt {
  const validated = learnt.validated.filter(
    ({ candidate, replay }) => candidate.evidence.failures > 0 || replay.wrongRepairs > 0,
  )
  return { ...learnt, validated }
}

/** Files are trusted, but for what the configuration says of a tool; or nothing is. */
export function settingsFor(config: LifeHarnessConfig, untrusted: boolean): LifeHarnessConfig {
  if (!untrusted)
    return { ...config, tools: { ...config.tools, '*': { trusted: true, ...config.tools?.['*'] } } }
  const tools = Object.entries({ '*': {}, ...config.tools })
  return {
    ...config,
    trustedOrigins: [],
    tools: Object.fromEntries(tools.map(([key, said]) => [key, { ...said, trusted: false }])),
  }
}

const bare = new WeakMap<Trajectory['contracts'], Trajectory['contracts']>()

/** An annotation such as `readOnlyHint` is the word of whoever wrote the file. */
function withoutAnnotations(trajectory: Trajectory): Trajectory {
  const known = bare.get(trajectory.contracts)
  const contracts = known ?? trajectory.contracts.map(({ annotations: _, ...contract }) => contract)
  bare.set(trajectory.contracts, contracts)
  return { ...trajectory, contracts }
}
