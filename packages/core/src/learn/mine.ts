import type { LifeHarnessConfig } from '../config.ts'
import type { Category, Classifier } from '../failure.ts'
import { unitHash } from '../hash.ts'
import type { Tool, ToolContract, ToolFacts } from '../tool.ts'
import type { Trajectory } from '../trajectory.ts'
import type { CallRecord, FailedCall, Pair } from './evidence.ts'
import type { Impact } from './impact.ts'
import type { ToolProfile } from './profile.ts'
import type { Sample } from './sample.ts'

/** Re-iterable: each call starts over. Trajectories are read once and let go. */
export type TrajectorySource = () => AsyncIterable<Trajectory>

/** Episodes are divided into this many folds; what was induced without a fold is validated on it. */
export const FOLDS = 5

/** The fold an episode belongs to, from 0: depends on its id alone. */
export function foldOf(episode: string): number {
  return Math.floor(unitHash(`fold ${episode}`) * FOLDS)
}

export type MineOptions = { classifiers: readonly Classifier[]; config?: LifeHarnessConfig }

/** One signature in the episodes of one fold. */
export type SignatureFold = {
  count: number
  episodes: number
  dead: number
  failures: Sample<FailedCall>
  pairs: Sample<Pair>
}

/** All that was seen of one signature. */
export type SignatureStats = {
  signature: string
  category: Category
  tool: Tool
  /** Masked message of the failure, for people. */
  template: string
  count: number
  /** Episodes in which it occurred. */
  episodes: number
  dead: number
  /** Failures of which the same intent later succeeded, by the same call and by an edited one. */
  recovered: { same: number; edited: number }
  /** Failures by model family. */
  families: Record<string, number>
  impact: Impact
  /** By fold. */
  folds: readonly SignatureFold[]
}

/** One tool in the episodes of one fold. */
export type ToolFold = { profile: ToolProfile; successes: Sample<CallRecord> }

export type ToolStats = {
  tool: Tool
  /** The last contract the recording shows. */
  contract: ToolContract | undefined
  facts: ToolFacts
  calls: number
  successes: number
  failures: number
  /** By fold. */
  folds: readonly ToolFold[]
}

/** What one pass over the recording leaves: memory grows with signatures and tools, not with steps. */
export type Mined = {
  episodes: number
  /** Tool steps. */
  steps: number
  failures: number
  /** Pairs found, before sampling. */
  pairs: { same: number; edited: number }
  signatures: ReadonlyMap<string, SignatureStats>
  /** By tool key. */
  tools: ReadonlyMap<string, ToolStats>
}
