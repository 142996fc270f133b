import type { Category, Failure } from '../failure.ts'
import type { Draft } from '../intervention.ts'
import type { Json } from '../json.ts'
import type { Tool, ToolContract, ToolFacts } from '../tool.ts'
import type { ToolProfile } from './profile.ts'

/** A recorded call, reduced to what induction needs. */
export type CallRecord = {
  episode: string
  subject?: string
  family: string
  /** Index of the step in its episode. */
  step: number
  input?: Json
  rawInput?: string
}

export type FailedCall = CallRecord & { failure: Failure; message: string }

/** A failed call and the later call that succeeded at the same intent: the raw material of induction. */
export type Pair = {
  failed: FailedCall
  succeeded: CallRecord
  /** `same`: the identical call succeeded later. `edited`: its arguments were changed. */
  relation: 'same' | 'edited'
  /** Tool calls that lie between the two. */
  between: number
  /** How sure it is that both had the same intent, in (0, 1]. */
  confidence: number
}

/** All that is known about one signature (of one tool) when its inducers are asked. Samples are bounded. */
export type Evidence = {
  tool: Tool
  signature: string
  category: Category
  contract: ToolContract | undefined
  facts: ToolFacts
  /** How often the signature was seen, in how many episodes, and how many of the calls were dead. */
  count: number
  episodes: number
  dead: number
  /** Sample of its failed calls. */
  failures: readonly FailedCall[]
  pairs: readonly Pair[]
  /** What successful calls of the tool look like. */
  profile: ToolProfile
  /** Sample of successful calls of the tool. */
  successes: readonly CallRecord[]
}

/** Open: one file each. Proposes the smallest edit that covers the most pairs; never decides whether it is safe. */
export type Inducer = { name: string; propose(evidence: Evidence): Iterable<Draft> }

export function defineInducer(inducer: Inducer): Inducer {
  return inducer
}
