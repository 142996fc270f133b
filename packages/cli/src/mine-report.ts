import { type Category, type RegistryState, type Risk, type Stage, toolKey } from '@lifeharness/core'
import {
  describeIntervention,
  type Impact,
  type ImportProblem,
  type InterventionSummary,
  type Summary,
  summarise,
} from '@lifeharness/core/learn'
import { type DriftReport, driftReport } from './drift-report.ts'
import type { LearntFiles } from './learn-files.ts'

/** Changes when a member changes its meaning or goes. */
const FORMAT = 'lifeharness-mine/1'

/** What `mine` found, and what `mine --json` prints: see schema/mine.schema.json. Shares are from 0 to 1. */
export type MineReport = {
  format: typeof FORMAT
  files: readonly string[]
  problems: readonly ImportProblem[]
  episodes: number
  /** Tool calls. */
  steps: number
  failures: number
  seconds: number
  stepsPerSecond: number
  /** Most costly first. */
  categories: CategoryReport[]
  sources: SourceReport[]
  /** First ones first. */
  drifts: DriftReport[]
  /** Those that went furthest first, then most costly failures first. */
  interventions: InterventionReport[]
  /** Failures whose signature is answered by what was validated, and by that or what is only proposed. */
  covered: { validated: Covered; proposed: Covered }
  /** Null without `--store`. */
  store: StoreReport | null
}

type Covered = { failures: number; share: number }
export type CategoryReport = {
  category: Category
  failures: number
  share: number
  /** Failures whose signature is answered by what was validated. */
  covered: number
  signatures: number
  /** From each failing call until the same intent succeeded, or the episode ended. */
  wasted: Impact
  /** Its most frequent signatures, at most three. */
  top: { signature: string; tool: string; template: string; failures: number }[]
}
type SourceReport = {
  source: string
  episodes: number
  steps: number
  failures: number
  unknown: number
  unknownShare: number
}
export type InterventionReport = {
  id: string
  kind: string
  tool: string
  category: Category
  does: string
  risk: Risk
  stage: Stage
  reason: string
  /** Failed calls of its signatures, and what it would have made of them in episodes it was not induced from. */
  failed: number
  fixes: number
  plausibleFixes: number
  /** Recorded successes on which it would have acted, of those on which it was asked. */
  wrongRepairs: number
  examined: number
  /** 95 % upper bound of the share of successes that it would change. */
  upperBound: number
  /** Episodes with a fix. */
  episodes: number
}
type StoreReport = { path: string; registered: number; changed: number; version: number }

export type Registered = { state: RegistryState; store: StoreReport | null }

export function mineReport(
  files: readonly string[],
  { learnt, problems, seconds }: LearntFiles,
  { state, store }: Registered,
): MineReport {
  const summary = summarise(learnt.mined, learnt.validated)
  const { episodes, steps, failures } = summary
  return {
    format: FORMAT,
    files,
    problems,
    ...{ episodes, steps, failures },
    seconds: round(seconds),
    stepsPerSecond: Math.round(steps / Math.max(seconds, 0.001)),
    categories: categoryReports(summary),
    sources: summary.sources.map(({ unknown, ...source }) => ({
      ...source,
      unknown,
      unknownShare: share(unknown, source.failures),
    })),
    drifts: summary.drifts.map(driftReport),
    interventions: furthestFirst(summary.interventions.map((one) => interventionReport(one, state))),
    covered: {
      validated: { failures: summary.covered.failures, share: round(summary.covered.share) },
      proposed: coveredByAll(summary),
    },
    store,
  }
}

export function categoryReports({ categories, signatures, failures: all }: Summary): CategoryReport[] {
  return categories.map(({ category, failures, covered, impact, signatures: number }) => {
    const members = signatures
      .filter((one) => one.category === category)
      .sort((a, b) => b.failures - a.failures)
      .slice(0, TOP)
    return {
      category,
      failures,
      share: share(failures, all),
      covered,
      signatures: number,
      wasted: { ms: Math.round(impact.ms), tokens: impact.tokens, steps: impact.steps },
      top: members.map(({ signature, tool, template, failures: count }) => ({
        signature,
        tool: toolKey(tool),
        template,
        failures: count,
      })),
    }
  })
}

const TOP = 3

function interventionReport(
  { intervention, reason, replay }: InterventionSummary,
  { entries }: RegistryState,
): InterventionReport {
  const { id, kind, tool, category, risk } = intervention
  const record = entries.find((entry) => entry.intervention.id === id)?.stages.default
  return {
    ...{ id, kind, tool: toolKey(tool), category, does: describeIntervention(intervention), risk },
    // What is retired is not loaded any more.
    ...(record ? { stage: record.stage, reason: record.reason } : { stage: 'retired' as const, reason }),
    failed: replay.failures,
    fixes: replay.fixes,
    plausibleFixes: replay.weakFixes,
    wrongRepairs: replay.wrongRepairs,
    // A success that shows it wrong is one that was examined, whatever it was induced from.
    examined: Math.max(replay.examined, replay.wrongRepairs),
    upperBound: round(replay.upperBound),
    episodes: replay.episodes,
  }
}

const ORDER: readonly Stage[] = ['active', 'canary', 'shadow', 'suspended', 'proposed', 'retired']

function furthestFirst(reports: InterventionReport[]): InterventionReport[] {
  return reports.sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage))
}

function coveredByAll({ signatures, interventions, failures }: Summary): Covered {
  const answered = new Set(interventions.flatMap(({ intervention }) => intervention.signatures))
  const number = signatures
    .filter(({ signature }) => answered.has(signature))
    .reduce((total, one) => total + one.failures, 0)
  return { failures: number, share: share(number, failures) }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : round(part / whole)
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
