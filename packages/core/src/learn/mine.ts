import type { Category, Failure } from '../failure.ts'
import { unitHash } from '../hash.ts'
import type { Json } from '../json.ts'
import { maskMessage } from '../signature.ts'
import { type Tool, type ToolContract, type ToolFacts, toolKey } from '../tool.ts'
import type { ToolCall, Trajectory } from '../trajectory.ts'
import type { CallRecord, FailedCall, Pair } from './evidence.ts'
import { addImpact, type Impact, noImpact, type WastedSpan, wastedBy } from './impact.ts'
import { episodeJudge, type JudgedStep, type JudgeOptions } from './judge.ts'
import { findPairs, type StepPair } from './pairs.ts'
import { addToProfile, emptyProfile, type ToolProfile } from './profile.ts'
import { offer, openSample, type Sample } from './sample.ts'

/** Re-iterable: each call starts over. Trajectories are read once and let go. */
export type TrajectorySource = () => AsyncIterable<Trajectory>

/** Episodes are divided into this many folds; what was induced without a fold is validated on it. */
export const FOLDS = 5

/** The fold an episode belongs to, from 0: depends on its id alone. */
export function foldOf(episode: string): number {
  return Math.floor(unitHash(`fold ${episode}`) * FOLDS)
}

export type MineOptions = JudgeOptions

/** One signature in the episodes of one fold. */
export type SignatureFold = {
  count: number
  episodes: number
  dead: number
  failures: Sample<FailedCall>
  pairs: Sample<Pair>
}

/** All that was seen of one signature. Expected negatives are not failures and have none. */
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

/** Members kept of each sample, per fold. */
const FAILURES = 24
const PAIRS = 32
const SUCCESSES = 48
/** Calls with longer arguments are counted, but no sample keeps them. */
const MAX_INPUT_LENGTH = 8_192

type Mining = {
  -readonly [Key in keyof Mined]: Mined[Key]
} & { signatures: Map<string, SignatureStats>; tools: Map<string, ToolStats> }

/** Pass one over a recording: counts, profiles, pairs and samples, kept apart by fold. */
export async function mine(source: TrajectorySource, options: MineOptions): Promise<Mined> {
  const judge = episodeJudge(options)
  const mined: Mining = {
    episodes: 0,
    steps: 0,
    failures: 0,
    pairs: { same: 0, edited: 0 },
    signatures: new Map(),
    tools: new Map(),
  }
  for await (const trajectory of source()) mineEpisode(mined, trajectory, judge(trajectory))
  return mined
}

function mineEpisode(mined: Mining, trajectory: Trajectory, judged: readonly JudgedStep[]): void {
  const fold = foldOf(trajectory.id)
  const pairs = new Map(findPairs(judged).map((pair) => [pair.failed, pair]))
  const spans = new Map<string, WastedSpan[]>()
  mined.episodes++
  mined.steps += judged.length
  for (const [position, one] of judged.entries()) {
    const stats = toolStatsOf(mined, one)
    stats.calls++
    if (one.succeeded) addSuccess(stats, fold, trajectory, one)
    if (!one.failure || !one.failed) continue
    stats.failures++
    mined.failures++
    const pair = pairs.get(position)
    if (pair) mined.pairs[pair.relation]++
    const signature = signatureStatsOf(mined, one, one.failure)
    const earlier = spans.get(signature.signature) ?? []
    addFailure(signature, {
      fold,
      trajectory,
      judged,
      one,
      failure: one.failure,
      pair,
      first: earlier.length === 0,
    })
    const end = pair && judged[pair.succeeded]?.index
    spans.set(signature.signature, [
      ...earlier,
      { from: one.index, ...(end === undefined ? {} : { to: end }) },
    ])
  }
  for (const [signature, wasted] of spans)
    addImpact((mined.signatures.get(signature) as SignatureStats).impact, wastedBy(wasted, trajectory.steps))
}

function toolStatsOf(mined: Mining, { step, contract, settings }: JudgedStep): ToolStats {
  const { tool } = step.executed
  const key = toolKey(tool)
  let stats = mined.tools.get(key)
  if (!stats) {
    const folds = Array.from({ length: FOLDS }, () => ({
      profile: emptyProfile(),
      successes: openSample<CallRecord>(SUCCESSES),
    }))
    stats = { tool, contract, facts: settings.facts, calls: 0, successes: 0, failures: 0, folds }
    mined.tools.set(key, stats)
  }
  if (contract) {
    stats.contract = contract
    stats.facts = settings.facts
  }
  return stats
}

function addSuccess(
  stats: ToolStats,
  fold: number,
  trajectory: Trajectory,
  { step, index }: JudgedStep,
): void {
  stats.successes++
  const { input } = step.executed
  if (input === undefined) return
  const { profile, successes } = stats.folds[fold] as ToolFold
  addToProfile(profile, input)
  if (isSmall(step.executed))
    offer(successes, `${trajectory.id} ${index}`, () => recordOf(trajectory, step.executed, index))
}

function signatureStatsOf(mined: Mining, { step }: JudgedStep, failure: Failure): SignatureStats {
  const { signature, category } = failure
  const known = mined.signatures.get(signature)
  if (known) return known
  const folds = Array.from({ length: FOLDS }, () => ({
    count: 0,
    episodes: 0,
    dead: 0,
    failures: openSample<FailedCall>(FAILURES),
    pairs: openSample<Pair>(PAIRS),
  }))
  const made: SignatureStats = {
    signature,
    category,
    tool: step.executed.tool,
    template: maskMessage(messageOf(step.result.error?.message, failure), step.executed.input).slice(0, 200),
    ...{ count: 0, episodes: 0, dead: 0 },
    recovered: { same: 0, edited: 0 },
    families: {},
    impact: noImpact(),
    folds,
  }
  mined.signatures.set(signature, made)
  return made
}

type SeenFailure = {
  fold: number
  trajectory: Trajectory
  judged: readonly JudgedStep[]
  one: JudgedStep
  failure: Failure
  pair: StepPair | undefined
  /** The first of its signature in this episode. */
  first: boolean
}

function addFailure(stats: SignatureStats, seen: SeenFailure): void {
  const { trajectory, one, failure, pair } = seen
  const fold = stats.folds[seen.fold] as SignatureFold
  for (const counter of [stats, fold]) {
    counter.count++
    if (seen.first) counter.episodes++
    if (failure.dead) counter.dead++
  }
  stats.families[trajectory.family] = (stats.families[trajectory.family] ?? 0) + 1
  if (pair) stats.recovered[pair.relation]++
  const { executed, result } = one.step
  if (!isSmall(executed)) return
  const failed = (): FailedCall => ({
    ...recordOf(trajectory, executed, one.index),
    failure,
    message: messageOf(result.error?.message, failure),
  })
  const key = `${trajectory.id} ${one.index}`
  offer(fold.failures, key, failed)
  const success = pair && seen.judged[pair.succeeded]
  if (!success || !isSmall(success.step.executed)) return
  const { relation, between, confidence } = pair
  offer(fold.pairs, key, () => ({
    failed: failed(),
    succeeded: recordOf(trajectory, success.step.executed, success.index),
    ...{ relation, between, confidence },
    newlyCalled: newlyCalled(seen.judged, pair),
  }))
}

/** Tools that succeeded between failure and success and not before: what may have been missing. */
function newlyCalled(judged: readonly JudgedStep[], { failed, succeeded }: StepPair): string[] {
  const keys = (steps: readonly JudgedStep[]) =>
    steps.filter((step) => step.succeeded).map(({ step }) => toolKey(step.executed.tool))
  const before = new Set(keys(judged.slice(0, failed)))
  return [...new Set(keys(judged.slice(failed + 1, succeeded)))].filter((key) => !before.has(key))
}

const MAX_MESSAGE_LENGTH = 1_000

/** Soft failures have no error of their own; there the evidence says what is wrong. */
function messageOf(message: string | undefined, failure: Failure): string {
  return (message || failure.evidence.bytes).slice(0, MAX_MESSAGE_LENGTH)
}

function recordOf({ id, subject, scope, family }: Trajectory, call: ToolCall, step: number): CallRecord {
  return {
    episode: id,
    ...(subject === undefined ? {} : { subject }),
    ...(scope === undefined ? {} : { scope }),
    family,
    step,
    ...(call.input === undefined ? {} : { input: call.input }),
    ...(call.rawInput === undefined ? {} : { rawInput: call.rawInput }),
  }
}

function isSmall({ input, rawInput }: ToolCall): boolean {
  return (rawInput?.length ?? 0) + roughLength(input, MAX_INPUT_LENGTH) <= MAX_INPUT_LENGTH
}

/** Characters of the texts in a value, roughly; stops when it has more than `enough`. */
function roughLength(value: Json | undefined, enough: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 4
  let length = 2
  for (const member of Object.values(value)) {
    length += 8 + roughLength(member, enough - length)
    if (length > enough) break
  }
  return length
}
