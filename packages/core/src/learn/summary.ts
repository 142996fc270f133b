import type { Category } from '../failure.ts'
import type { Intervention } from '../intervention.ts'
import { type Tool, toolKey } from '../tool.ts'
import { type Drift, driftsIn } from './drift.ts'
import { addImpact, type Impact, noImpact } from './impact.ts'
import type { Mined, SignatureStats, SourceStats } from './mine.ts'
import type { Validated } from './validate.ts'
import type { Replay } from './verdict.ts'

/** What a recording shows, as plain values: what `mine` and `report` print. */
export type Summary = {
  episodes: number
  /** Tool calls, and of them failures. */
  steps: number
  failures: number
  /** Failures that the same intent overcame later in the episode, by the same call or by an edited one. */
  recovered: { same: number; edited: number }
  /** Failures whose signature a validated intervention answers; `share` of all failures. */
  covered: { failures: number; share: number }
  /** Failures of which no cause is known; above a tenth the classifiers are failing. */
  unknown: { failures: number; share: number }
  /** Most costly first. */
  categories: readonly CategorySummary[]
  signatures: readonly SignatureSummary[]
  /** Validated ones first, then most costly first. */
  interventions: readonly InterventionSummary[]
  sources: readonly (SourceStats & { source: string })[]
  /** What has changed in tools and their contracts do not show, first ones first. */
  drifts: readonly Drift[]
}

export type CategorySummary = {
  category: Category
  failures: number
  signatures: number
  tools: number
  /** Failures whose signature a validated intervention answers. */
  covered: number
  impact: Impact
}

export type SignatureSummary = {
  signature: string
  category: Category
  tool: Tool
  template: string
  failures: number
  episodes: number
  dead: number
  families: Readonly<Record<string, number>>
  covered: boolean
  impact: Impact
}

export type InterventionSummary = {
  intervention: Intervention
  passes: boolean
  /** One sentence. */
  reason: string
  replay: Replay
  /** Failures of its signatures in the whole recording, and what they cost. */
  failures: number
  impact: Impact
}

/** Sums up what mining and validation found. Pure. */
export function summarise(mined: Mined, validated: readonly Validated[]): Summary {
  const covered = new Set(
    validated.filter(({ passes }) => passes).flatMap(({ intervention }) => intervention.signatures),
  )
  const signatures = [...mined.signatures.values()]
    .map((stats) => signatureSummary(stats, covered))
    .sort((a, b) => costlier(a, b) || compare(a.signature, b.signature))
  const categories = categorySummaries(signatures)
  const sum = (members: readonly SignatureSummary[]) =>
    members.reduce((total, { failures }) => total + failures, 0)
  const shareOf = (failures: number) => ({
    failures,
    share: mined.failures === 0 ? 0 : failures / mined.failures,
  })
  const recovered = { same: 0, edited: 0 }
  for (const stats of mined.signatures.values()) {
    recovered.same += stats.recovered.same
    recovered.edited += stats.recovered.edited
  }
  return {
    episodes: mined.episodes,
    steps: mined.steps,
    failures: mined.failures,
    recovered,
    covered: shareOf(sum(signatures.filter((one) => one.covered))),
    unknown: shareOf(sum(signatures.filter(({ category }) => category === 'unknown'))),
    categories,
    signatures,
    interventions: validated
      .map(interventionSummary)
      .sort(
        (a, b) =>
          Number(b.passes) - Number(a.passes) ||
          costlier(a, b) ||
          compare(a.intervention.id, b.intervention.id),
      ),
    sources: [...mined.sources].map(([source, stats]) => ({ source, ...stats })),
    drifts: driftsIn(mined),
  }
}

function signatureSummary(stats: SignatureStats, covered: ReadonlySet<string>): SignatureSummary {
  const { signature, category, tool, template, count, episodes, dead, families, impact } = stats
  return {
    ...{ signature, category, tool, template, episodes, dead, families, impact },
    failures: count,
    covered: covered.has(signature),
  }
}

function categorySummaries(signatures: readonly SignatureSummary[]): CategorySummary[] {
  const byCategory = new Map<Category, SignatureSummary[]>()
  for (const one of signatures) byCategory.set(one.category, [...(byCategory.get(one.category) ?? []), one])
  const summaries = [...byCategory].map(([category, members]): CategorySummary => {
    const impact = noImpact()
    for (const member of members) addImpact(impact, member.impact)
    const total = (counted: readonly SignatureSummary[]) =>
      counted.reduce((sum, { failures }) => sum + failures, 0)
    return {
      category,
      failures: total(members),
      signatures: members.length,
      tools: new Set(members.map(({ tool }) => toolKey(tool))).size,
      covered: total(members.filter((member) => member.covered)),
      impact,
    }
  })
  return summaries.sort((a, b) => costlier(a, b) || compare(a.category, b.category))
}

function interventionSummary({
  candidate,
  intervention,
  passes,
  reason,
  replay,
}: Validated): InterventionSummary {
  const { failures, impact } = candidate.evidence
  return { intervention, passes, reason, replay, failures, impact }
}

type Costly = { impact: Impact; failures: number }

/** By wasted time and tokens, then by count: the same measure by which categories are activated. */
function costlier(a: Costly, b: Costly): number {
  const cost = ({ impact }: Costly) => impact.ms + 10 * impact.tokens
  return cost(b) - cost(a) || b.failures - a.failures
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
