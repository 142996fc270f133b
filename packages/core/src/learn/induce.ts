import type { Category } from '../failure.ts'
import { type Draft, interventionId } from '../intervention.ts'
import { canonicalJson } from '../json.ts'
import { LOCAL_ORIGIN, type Tool, toolKey } from '../tool.ts'
import { groupBy } from './draft.ts'
import type { Evidence, FailedCall, Inducer, Pair } from './evidence.ts'
import { addImpact, type Impact, noImpact } from './impact.ts'
import { FOLDS, type Mined, type SignatureStats } from './mine.ts'
import { mergeProfiles } from './profile.ts'
import { sampled } from './sample.ts'
import { tokenOverlap } from './similarity.ts'

/** A draft with what its held-out validation needs. */
export type Candidate = {
  /** Induced from all episodes: what would be registered. */
  draft: Draft
  /**
   * By fold: the same draft as induced without that fold's episodes, to be replayed on them; undefined where the other
   * folds do not yield it.
   */
  heldOut: readonly (Draft | undefined)[]
  /** What is known of its signatures, added up. */
  evidence: {
    failures: number
    episodes: number
    dead: number
    pairs: number
    families: Record<string, number>
    impact: Impact
  }
}

export type InduceOptions = {
  /** An inducer that threw. Default: it is passed over in silence. */
  fault?: (inducer: string, error: unknown) => void
}

/** Asks every inducer about every tool that fails, on all episodes and on all but each fold's. */
export function induce(mined: Mined, inducers: readonly Inducer[], options: InduceOptions = {}): Candidate[] {
  const fault = options.fault ?? (() => {})
  const drafts = draftsWithout(mined, undefined, inducers, fault)
  const folds = Array.from({ length: FOLDS }, (_, fold) => draftsWithout(mined, fold, inducers, fault))
  return drafts.map((draft) => ({
    draft,
    heldOut: folds.map((others) => counterpart(draft, others)),
    evidence: evidenceOf(draft, mined),
  }))
}

function draftsWithout(
  mined: Mined,
  fold: number | undefined,
  inducers: readonly Inducer[],
  fault: (inducer: string, error: unknown) => void,
): Draft[] {
  const drafts = new Map<string, Draft>()
  for (const evidence of gatherEvidence(mined, fold)) {
    for (const inducer of inducers) {
      try {
        for (const draft of inducer.propose(evidence)) {
          const id = interventionId(draft)
          if (!drafts.has(id)) drafts.set(id, draft)
        }
      } catch (error) {
        fault(inducer.name, error)
      }
    }
  }
  return [...drafts.values()]
}

/**
 * The evidence by tool and variant, of all episodes or of all but one fold's; the tool that fails most first. What is
 * known of a tool under one input schema is not mixed with what is known of it under another.
 */
export function gatherEvidence(mined: Mined, withoutFold?: number): Evidence[] {
  const kept = (_: unknown, fold: number) => fold !== withoutFold
  const groups = groupBy(mined.signatures.values(), ({ tool }) => toolKey(tool))
  const gathered = [...mined.tools].flatMap(([key, { tool, variants }]): Evidence[] => {
    const members = groups.get(key) ?? []
    return [...variants].map(([variant, { contract, facts, folds }]) => {
      const others = folds.filter(kept)
      return {
        ...{ tool, contract, facts },
        ...pooled([...members].sort(byCount), variant, kept),
        profile: mergeProfiles(others.map(({ profile }) => profile)),
        successes: others.flatMap(({ successes }) => sampled(successes)),
      }
    })
  })
  const kin = groupBy(gathered, ({ tool }) => kinOf(tool))
  for (const evidence of gathered)
    evidence.siblings = () => (kin.get(kinOf(evidence.tool)) ?? []).filter((other) => other !== evidence)
  return gathered.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}

/** Servers that are not told apart by an origin mostly put their name first: `files-read`, `files-write`. */
function kinOf({ origin, name }: Tool): string {
  return origin === LOCAL_ORIGIN ? `${origin} ${name.split(/[-_./:]/)[0]}` : origin
}

function byCount(a: SignatureStats, b: SignatureStats): number {
  return b.count - a.count || (a.signature < b.signature ? -1 : 1)
}

/** Members of the pooled samples; signatures are taken in order of frequency. */
const MAX_POOLED = 1_000

function pooled(
  ordered: readonly SignatureStats[],
  variant: string,
  kept: (_: unknown, fold: number) => boolean,
): Pick<Evidence, 'signatures' | 'count' | 'episodes' | 'dead' | 'failures' | 'pairs'> {
  const signatures: string[] = []
  const failures: FailedCall[] = []
  const pairs: Pair[] = []
  const total = { count: 0, episodes: 0, dead: 0 }
  for (const stats of ordered) {
    const folds = (stats.variants.get(variant) ?? []).filter(kept).filter(({ count }) => count > 0)
    if (folds.length === 0) continue
    signatures.push(stats.signature)
    for (const fold of folds) {
      total.count += fold.count
      total.episodes += fold.episodes
      total.dead += fold.dead
      if (failures.length < MAX_POOLED) failures.push(...sampled(fold.failures))
      if (pairs.length < MAX_POOLED) pairs.push(...sampled(fold.pairs))
    }
  }
  return { signatures, failures, pairs, ...total }
}

function supportOf({ origin }: Draft): number {
  return origin.support.pairs * 1000 + origin.support.failures
}

/** Below this, options have no more in common than the names of their members. */
const SAME_MATTER = 0.4

/**
 * What the other folds yielded in place of a draft: the same one, or the one most like it that answers the same at the
 * same place.
 */
function counterpart(draft: Draft, others: readonly Draft[]): Draft | undefined {
  const id = interventionId(draft)
  const same = others.find((other) => interventionId(other) === id)
  if (same) return same
  const matter = canonicalJson(draft.options)
  return others
    .filter((other) => slotOf(other) === slotOf(draft))
    .filter(({ signatures }) => signatures.some((signature) => draft.signatures.includes(signature)))
    .map((other) => ({ other, likeness: tokenOverlap(matter, canonicalJson(other.options)) }))
    .filter(({ likeness }) => likeness >= SAME_MATTER)
    .sort((a, b) => b.likeness - a.likeness || supportOf(b.other) - supportOf(a.other))[0]?.other
}

function slotOf({ kind, tool, anchor, scope }: Draft): string {
  return [kind, toolKey(tool), anchor?.path, scope].join(' ')
}

export function evidenceOf(draft: Draft, mined: Mined): Candidate['evidence'] {
  const impact = noImpact()
  const families: Record<string, number> = {}
  const total = { failures: 0, episodes: 0, dead: 0 }
  for (const signature of draft.signatures) {
    const stats = mined.signatures.get(signature)
    if (!stats) continue
    total.failures += stats.count
    total.episodes += stats.episodes
    total.dead += stats.dead
    addImpact(impact, stats.impact)
    for (const [family, count] of Object.entries(stats.families))
      families[family] = (families[family] ?? 0) + count
  }
  return { ...total, pairs: draft.origin.support.pairs, families, impact }
}

/** Candidates of one category, most costly first: by wasted time and tokens, then by count. */
export function byImpact(candidates: readonly Candidate[], category?: Category): Candidate[] {
  const cost = ({ impact }: Candidate['evidence']) => impact.ms + 10 * impact.tokens
  return candidates
    .filter(({ draft }) => category === undefined || draft.category === category)
    .sort((a, b) => cost(b.evidence) - cost(a.evidence) || b.evidence.failures - a.evidence.failures)
}
