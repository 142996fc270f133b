import { builtinClassifiers, builtinKinds, type LifeHarnessConfig, type Trajectory } from '@lifeharness/core'
import {
  builtinInducers,
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
  /** Nothing the files say may support an intervention by itself. */
  untrusted: boolean
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
  const source: TrajectorySource = async function* () {
    const first = passes++ === 0
    progress.phase(first ? 'reading' : 'replaying', first ? undefined : episodes)
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
    for await (const trajectory of read) yield untrusted ? withoutAnnotations(trajectory) : trajectory
    if (first) episodes = read.summary.trajectories
  }
  const started = performance.now()
  try {
    const learnt = await learn(source, {
      inducers: builtinInducers,
      kinds: builtinKinds,
      classifiers: builtinClassifiers,
      config: untrusted ? distrusting(options.config) : trusting(options.config),
      fault: onFault,
    })
    return { learnt, problems, seconds: (performance.now() - started) / 1_000 }
  } finally {
    progress.stop()
  }
}

/** What the configuration says of a tool goes before. */
export function trusting(config: LifeHarnessConfig): LifeHarnessConfig {
  return { ...config, tools: { ...config.tools, '*': { trusted: true, ...config.tools?.['*'] } } }
}

function distrusting(config: LifeHarnessConfig): LifeHarnessConfig {
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
