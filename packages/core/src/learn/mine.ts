import { hash } from 'node:crypto'
import { builtinClassifiers } from '../classifiers/index.ts'
import { failureMessage } from '../classify.ts'
import type { Category, Classifier, Failure } from '../failure.ts'
import { rememberMany } from '../remember.ts'
import { maskMessage } from '../signature.ts'
import type { Tool, ToolContract, ToolFacts } from '../tool.ts'
import type { ToolCall, Trajectory } from '../trajectory.ts'
import { type Drift, type DriftWatch, driftsAfter, openWatch, watchCall, watchedEpisode } from './drift.ts'
import type { CallRecord, FailedCall, Pair } from './evidence.ts'
import { addImpact, type Impact, noImpact, type WastedSpan, wastedBy } from './impact.ts'
import { episodeJudge, type JudgedStep, type JudgeOptions } from './judge.ts'
import { newlyCalled, sourcesOf } from './pair-surroundings.ts'
import { findPairs, findSwitch, type StepPair, waitBetween } from './pairs.ts'
import { addToProfile, emptyProfile, mergeProfiles, type ToolProfile } from './profile.ts'
import { type KeyPrefix, keyPrefix, mergeSamples, offerUnder, openSample, type Sample } from './sample.ts'
import { FAILURES, keepWithin, PAIRS, SUCCESSES } from './sample-budget.ts'
import { isSmall } from './small-call.ts'

/** Re-iterable: each call starts over. Trajectories are read once and let go. */
export type TrajectorySource = () => AsyncIterable<Trajectory>

/** Episodes are divided into this many folds; what was induced without a fold is validated on it. */
export const FOLDS = 10

/** The fold an episode belongs to, from 0: depends on its id alone. */
export function foldOf(episode: string): number {
  return Math.floor((Number.parseInt(hash('sha256', `fold ${episode}`).slice(0, 12), 16) / 2 ** 48) * FOLDS)
}

export type MineOptions = Omit<JudgeOptions, 'classifiers'> & {
  /** Default: those that come with the library. */
  classifiers?: readonly Classifier[]
  /** What is known to have changed in tools, see `driftsIn`: what succeeded only before is kept apart. */
  drifts?: readonly Drift[]
}

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
  /** Failures of the recording, of whatever signature, before its first one. */
  first: number
  count: number
  /** Episodes in which it occurred. */
  episodes: number
  dead: number
  /** Failures of which the same intent later succeeded, by the same call and by an edited one. */
  recovered: { same: number; edited: number }
  /** Failures by model family. */
  families: Record<string, number>
  impact: Impact
  /** By variant of the tool (see `ToolVariant`), then by fold. */
  variants: ReadonlyMap<string, readonly SignatureFold[]>
}

/** One tool in the episodes of one fold. */
export type ToolFold = { profile: ToolProfile; successes: Sample<CallRecord> }

/**
 * A tool under one input schema. Servers change, and different agents know different tools by one name: what holds
 * under one schema says nothing about another. The key is a hash of the schema without its descriptions; calls that
 * the tool accepted only before it drifted have variants of their own.
 */
export type ToolVariant = { contract: ToolContract | undefined; facts: ToolFacts; folds: readonly ToolFold[] }

export type ToolStats = {
  tool: Tool
  /** The last contract that the recording shows. */
  contract: ToolContract | undefined
  variants: ReadonlyMap<string, ToolVariant>
  calls: number
  successes: number
  failures: number
  watch: DriftWatch
  /** By fold, all variants together. */
  folds: readonly ToolFold[]
}

/** What one source of recordings holds; `unknown` are failures of which no cause is known. */
export type SourceStats = { episodes: number; steps: number; failures: number; unknown: number }

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
  /** By the source that a trajectory names; `''` where it names none. */
  sources: ReadonlyMap<string, SourceStats>
  /** As given. */
  drifts: readonly Drift[]
}

/** Steps after which the samples are made to fit again: so many, or as large a part of all, as they fill ever slower. */
const FITTED_EVERY = 20_000
const FITTED_SHARE = 1 / 16

type Mining = {
  -readonly [Key in keyof Mined]: Mined[Key]
} & {
  signatures: Map<string, SignatureStats>
  tools: Map<string, ToolStats>
  sources: Map<string, SourceStats>
}

/** Pass one over a recording: counts, profiles, pairs and samples, kept apart by fold. */
export async function mine(source: TrajectorySource, options: MineOptions = {}): Promise<Mined> {
  rememberMany()
  const judge = episodeJudge({ classifiers: builtinClassifiers, ...options })
  const mined: Mining = {
    episodes: 0,
    steps: 0,
    failures: 0,
    pairs: { same: 0, edited: 0 },
    signatures: new Map(),
    tools: new Map(),
    sources: new Map(),
    drifts: options.drifts ?? [],
  }
  let fitted = 0
  for await (const trajectory of source()) {
    mineEpisode(mined, trajectory, judge(trajectory))
    if (mined.steps - fitted < Math.max(FITTED_EVERY, FITTED_SHARE * fitted)) continue
    keepWithin(mined)
    fitted = mined.steps
  }
  keepWithin(mined)
  for (const stats of mined.tools.values()) stats.folds = foldsOf([...stats.variants.values()])
  return mined
}

export function foldsOf(variants: readonly ToolVariant[]): readonly ToolFold[] {
  const [only, ...others] = variants
  if (only && others.length === 0) return only.folds
  return Array.from({ length: FOLDS }, (_, fold) => ({
    profile: mergeProfiles(variants.map(({ folds }) => (folds[fold] as ToolFold).profile)),
    successes: mergeSamples(
      variants.map(({ folds }) => (folds[fold] as ToolFold).successes),
      SUCCESSES,
    ),
  }))
}

function mineEpisode(mined: Mining, trajectory: Trajectory, judged: readonly JudgedStep[]): void {
  const episode = { trajectory, judged, fold: foldOf(trajectory.id), keys: keyPrefix(`${trajectory.id} `) }
  const pairs = findPairs(judged)
  let pairsSeen = 0
  const spans = new Map<string, WastedSpan[]>()
  const watched = watchedEpisode(trajectory)
  mined.episodes++
  mined.steps += judged.length
  const source = sourceStatsOf(mined, trajectory.source ?? '')
  source.episodes++
  source.steps += judged.length
  for (let position = 0; position < judged.length; position++) {
    const one = judged[position] as JudgedStep
    const stats = toolStatsOf(mined, one)
    stats.calls++
    watchCall(stats.watch, watched, one)
    const variant = variantOf(stats, one, one.succeeded ? driftsAfter(mined.drifts, one.step) : [])
    if (one.succeeded) addSuccess(stats, variant, episode, one)
    if (!one.failure || !one.failed) continue
    stats.failures++
    source.failures++
    if (one.failure.category === 'unknown') source.unknown++
    // In the order of their failures, as the steps are.
    while (pairsSeen < pairs.length && (pairs[pairsSeen] as StepPair).failed < position) pairsSeen++
    const pair = pairs[pairsSeen]?.failed === position ? pairs[pairsSeen] : undefined
    if (pair) mined.pairs[pair.relation]++
    const signature = signatureStatsOf(mined, one, one.failure)
    const earlier = spans.get(signature.signature)
    addFailure(signature, episode, { one, failure: one.failure, pair, first: !earlier })
    mined.failures++
    const end = pair && judged[pair.succeeded]?.index
    const span = end === undefined ? { from: one.index } : { from: one.index, to: end }
    if (earlier) earlier.push(span)
    else spans.set(signature.signature, [span])
  }
  for (const [signature, wasted] of spans)
    addImpact((mined.signatures.get(signature) as SignatureStats).impact, wastedBy(wasted, trajectory.steps))
}

function sourceStatsOf(mined: Mining, source: string): SourceStats {
  const known = mined.sources.get(source)
  if (known) return known
  const made = { episodes: 0, steps: 0, failures: 0, unknown: 0 }
  mined.sources.set(source, made)
  return made
}

function toolStatsOf(mined: Mining, { step, key, contract }: JudgedStep): ToolStats {
  const { tool } = step.executed
  let stats = mined.tools.get(key)
  if (!stats) {
    const counts = { calls: 0, successes: 0, failures: 0 }
    stats = { tool, contract, variants: new Map(), ...counts, watch: openWatch(), folds: [] }
    mined.tools.set(key, stats)
  }
  if (contract) stats.contract = contract
  return stats
}

function variantOf(
  { variants }: ToolStats,
  { contract, variant: ofContract, settings }: JudgedStep,
  later: readonly Drift[],
): ToolVariant {
  let key = ofContract
  for (const { refusedFrom } of later) key += ` before ${refusedFrom}`
  let variant = variants.get(key)
  if (!variant) {
    const folds = Array.from({ length: FOLDS }, () => ({
      profile: emptyProfile(),
      successes: openSample<CallRecord>(SUCCESSES),
    }))
    variant = { contract, facts: settings.facts, folds }
    ;(variants as Map<string, ToolVariant>).set(key, variant)
  }
  return variant
}

function addSuccess(
  stats: ToolStats,
  variant: ToolVariant,
  { trajectory, fold, keys }: SeenEpisode,
  { step, index }: JudgedStep,
): void {
  stats.successes++
  const { input } = step.executed
  if (input === undefined) return
  const { profile, successes } = variant.folds[fold] as ToolFold
  addToProfile(profile, input)
  if (isSmall(step.executed))
    offerUnder(successes, keys, String(index), () => recordOf(trajectory, step.executed, index))
}

function signatureStatsOf(mined: Mining, { step }: JudgedStep, failure: Failure): SignatureStats {
  const { signature, category } = failure
  const known = mined.signatures.get(signature)
  if (known) return known
  const made: SignatureStats = {
    signature,
    category,
    tool: step.executed.tool,
    // The innermost message, which is what the signature is made of.
    template: maskMessage(messageOf(failureMessage(step), failure), step.executed.input).slice(0, 200),
    ...{ first: mined.failures, count: 0, episodes: 0, dead: 0 },
    recovered: { same: 0, edited: 0 },
    families: {},
    impact: noImpact(),
    variants: new Map(),
  }
  mined.signatures.set(signature, made)
  return made
}

function signatureFold({ variants }: SignatureStats, variant: string, fold: number): SignatureFold {
  let folds = variants.get(variant)
  if (!folds) {
    folds = Array.from({ length: FOLDS }, () => ({
      ...{ count: 0, episodes: 0, dead: 0 },
      failures: openSample<FailedCall>(FAILURES),
      pairs: openSample<Pair>(PAIRS),
    }))
    ;(variants as Map<string, readonly SignatureFold[]>).set(variant, folds)
  }
  return folds[fold] as SignatureFold
}

type SeenEpisode = {
  trajectory: Trajectory
  judged: readonly JudgedStep[]
  fold: number
  /** What the keys of its steps begin with. */
  keys: KeyPrefix
}

type SeenFailure = {
  one: JudgedStep
  failure: Failure
  pair: StepPair | undefined
  /** The first of its signature in this episode. */
  first: boolean
}

function addFailure(stats: SignatureStats, episode: SeenEpisode, seen: SeenFailure): void {
  const { trajectory, judged, keys } = episode
  const { one, failure, pair } = seen
  const fold = signatureFold(stats, one.variant, episode.fold)
  countFailure(stats, seen)
  countFailure(fold, seen)
  stats.families[trajectory.family] = (stats.families[trajectory.family] ?? 0) + 1
  if (pair) stats.recovered[pair.relation]++
  const { executed, result } = one.step
  if (!isSmall(executed)) return
  const failed = (): FailedCall => ({
    ...recordOf(trajectory, executed, one.index),
    failure,
    message: messageOf(result.error?.message, failure),
  })
  offerUnder(fold.failures, keys, String(one.index), failed)
  const success = pair && judged[pair.succeeded]
  if (!pair && failure.category === 'resolve.unknown_tool') addSwitch(fold, episode, one, failed)
  if (!success || !isSmall(success.step.executed)) return
  const { relation, between, confidence } = pair
  offerUnder(fold.pairs, keys, String(one.index), () => ({
    failed: failed(),
    succeeded: recordOf(trajectory, success.step.executed, success.index),
    ...{ relation, between, confidence },
    newlyCalled: newlyCalled(judged, pair),
    ...waitBetween(one.step, success.step),
    ...sourcesOf(judged, pair),
  }))
}

function countFailure(counted: SignatureStats | SignatureFold, { failure, first }: SeenFailure): void {
  counted.count++
  if (first) counted.episodes++
  if (failure.dead) counted.dead++
}

/** A tool that does not exist, and the one that took its arguments soon after. */
function addSwitch(
  fold: SignatureFold,
  { trajectory, judged, keys }: SeenEpisode,
  one: JudgedStep,
  failed: () => FailedCall,
): void {
  const position = judged.indexOf(one)
  const found = findSwitch(judged, position)
  if (!found) return
  const { step, index } = judged[found.succeeded] as JudgedStep
  offerUnder(fold.pairs, keys, String(one.index), () => ({
    failed: failed(),
    succeeded: recordOf(trajectory, step.executed, index),
    relation: 'switched' as const,
    tool: step.executed.tool,
    between: found.succeeded - position - 1,
    confidence: found.confidence,
    newlyCalled: [],
  }))
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
