import type { LifeHarnessConfig } from '../config.ts'
import type { Classifier } from '../failure.ts'
import type { Intervention, Kind } from '../intervention.ts'
import { interventionId } from '../intervention.ts'
import { toolKey } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import { collectFixtures } from './fixtures.ts'
import type { Candidate } from './induce.ts'
import { episodeJudge } from './judge.ts'
import { foldOf, type Mined, type TrajectorySource } from './mine.ts'
import { mergeProfiles, type ToolProfile } from './profile.ts'
import { type Course, courseOf, type ProfileOf, replayCourse } from './replay-course.ts'
import { openTrial, type Trial, weighElsewhere } from './trial.ts'
import { variantKey } from './variant.ts'
import { type Replay, replayOf, verdictOn } from './verdict.ts'

/** A candidate with what replay found. `reason` is one sentence, for people. */
export type Validated = {
  candidate: Candidate
  intervention: Intervention
  replay: Replay
  passes: boolean
  reason: string
}

export type ValidateOptions = {
  kinds: readonly Kind[]
  classifiers: readonly Classifier[]
  config?: LifeHarnessConfig
  /** What mining left: its profiles judge edits of calls that never succeeded later. Without it such edits prove nothing. */
  mined?: Mined
  fault?: (where: string, error: unknown) => void
}

/**
 * Pass two over a recording: replays each candidate on the episodes it was not induced from. What may be registered is
 * also held against every recorded success, whatever the fold. Memory grows with the candidates, not with the steps.
 */
export async function validate(
  source: TrajectorySource,
  candidates: readonly Candidate[],
  options: ValidateOptions,
): Promise<Validated[]> {
  const kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
  const trials = candidates.map((candidate) => openTrial(candidate, kinds.get(candidate.draft.kind)))
  const byTool = new Map<string, Trial[]>()
  for (const trial of trials) {
    if (!trial.main) continue
    const key = toolKey(trial.candidate.draft.tool)
    byTool.set(key, [...(byTool.get(key) ?? []), trial])
  }
  if (byTool.size > 0) {
    const judge = episodeJudge(options)
    const profiles = profilesWithout(options.mined)
    const drifts = options.mined?.drifts ?? []
    for await (const trajectory of source()) {
      const concerned = trialsFor(trajectory, byTool)
      if (concerned.length === 0) continue
      const course: Course = courseOf(trajectory, judge(trajectory), foldOf(trajectory.id), profiles, drifts)
      replayCourse(course, concerned, options.fault)
    }
  }
  for (const trial of trials) weighElsewhere(trial)
  return trials.map((trial): Validated => {
    const intervention = interventionOf(trial)
    return {
      candidate: trial.candidate,
      intervention,
      replay: replayOf(trial),
      ...verdictOn(trial, intervention),
    }
  })
}

function trialsFor(trajectory: Trajectory, byTool: ReadonlyMap<string, readonly Trial[]>): Trial[] {
  const concerned = new Set<Trial>()
  for (const step of trajectory.steps)
    if (step.type === 'tool')
      for (const trial of byTool.get(toolKey(step.call.tool)) ?? []) concerned.add(trial)
  return [...concerned]
}

/** The profile of a tool under one schema, from all folds but one, made once. */
function profilesWithout(mined: Mined | undefined): ProfileOf {
  const known = new Map<string, ToolProfile | undefined>()
  return (tool, contract, fold) => {
    const variant = variantKey(contract)
    const key = `${fold} ${variant} ${tool}`
    if (!known.has(key)) {
      const folds = mined?.tools.get(tool)?.variants.get(variant)?.folds
      const others = folds?.filter((_, index) => index !== fold)
      known.set(key, others && mergeProfiles(others.map(({ profile }) => profile)))
    }
    return known.get(key)
  }
}

function interventionOf(trial: Trial): Intervention {
  const { draft } = trial.candidate
  return {
    ...draft,
    id: interventionId(draft),
    version: 1,
    layer: trial.kind?.layer ?? 'action',
    risk: trial.risk,
    origin: { ...draft.origin, fixtures: collectFixtures(trial) },
  }
}
