import type { Failure } from '../failure.ts'
import type { Draft } from '../intervention.ts'
import type { Json } from '../json.ts'
import type { Tool, ToolContract, ToolFacts } from '../tool.ts'
import type { ToolProfile } from './profile.ts'
import type { ValueSource } from './value-sources.ts'

/** A recorded call, reduced to what induction needs: its arguments as they were executed. */
export type CallRecord = {
  episode: string
  subject?: string
  /** The tenant the episode ran for. */
  scope?: string
  family: string
  /** Index of the step in its episode. */
  step: number
  input?: Json
  rawInput?: string
}

export type FailedCall = CallRecord & { failure: Failure; message: string }

export type CalledTool = { tool: Tool; input?: Json }

/** A failed call and the later call that succeeded at the same intent: the raw material of induction. */
export type Pair = {
  failed: FailedCall
  succeeded: CallRecord
  /**
   * `same`: the identical call succeeded later. `edited`: its arguments were changed. `switched`: the tool did not exist,
   * and another one took just these arguments.
   */
  relation: 'same' | 'edited' | 'switched'
  /** Of `switched`: the tool that was called instead. */
  tool?: Tool
  /** Tool calls that lie between the two. */
  between: number
  /** From the end of the failed call to the start of the success, in milliseconds; absent where a recording says no times. */
  afterMs?: number
  /** Tools that succeeded between the two for the first time in the episode, each with the arguments of its last call. */
  newlyCalled: readonly CalledTool[]
  /** Where arguments that the success has in addition had stood before it in the episode. */
  sources?: readonly ValueSource[]
  /** How sure it is that both had the same intent, in (0, 1]. */
  confidence: number
}

/**
 * All that is known about the failures of one tool when the inducers are asked. Signatures and categories are pooled,
 * because one cause often has several messages, and one call several faults; each failed call names its own. Samples
 * are bounded.
 */
export type Evidence = {
  tool: Tool
  /** Most frequent first. */
  signatures: readonly string[]
  contract: ToolContract | undefined
  facts: ToolFacts
  /** How often they were seen, in how many episodes (at most: one may show several), and how many calls were dead. */
  count: number
  episodes: number
  dead: number
  /** Sample of the failed calls. */
  failures: readonly FailedCall[]
  pairs: readonly Pair[]
  /** What successful calls of the tool look like. */
  profile: ToolProfile
  /** Sample of successful calls of the tool. */
  successes: readonly CallRecord[]
  /** What is known of the tool's kin: tools of one server, or local ones whose names begin with the same word. */
  siblings?: () => readonly Evidence[]
}

/** Open: one file each. Proposes the smallest edit that covers the most pairs; never decides whether it is safe. */
export type Inducer = { name: string; propose(evidence: Evidence): Iterable<Draft> }

export function defineInducer(inducer: Inducer): Inducer {
  return inducer
}
