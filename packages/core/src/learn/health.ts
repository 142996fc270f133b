import type { Category } from '../failure.ts'
import {
  DEFAULT_FAMILY,
  type RegistryEntry,
  type RegistryState,
  type StageRecord,
  stageFor,
} from '../registry.ts'
import type { Stage } from '../stage.ts'
import type { Tool } from '../tool.ts'
import { STAGE_LIMITS, type StageLimits } from './decide.ts'
import { type Forecast, forecastDecision } from './forecast.ts'
import type { Impact } from './impact.ts'
import type { Mined, SignatureStats } from './mine.ts'
import { type Estimate, estimateUnseen } from './unseen.ts'

/** How the layer fares, as plain values: what `doctor` prints and alerts are made from. */
export type Health = {
  episodes: number
  /** Tool calls, and of them failures. */
  steps: number
  failures: number
  signatures: SignatureHealth
  verdict: Verdict
  /** Failures that an intervention active for their model family answers; `share` of all failures. */
  covered: { failures: number; share: number }
  /** Failures of which no cause is known. */
  unknown: { failures: number; share: number }
  /** The most costly signatures, at most five. */
  top: readonly CostlySignature[]
  /** Those that act or are computed, by model family; the default only where no family has evidence of its own. */
  interventions: readonly InterventionHealth[]
  /** What somebody should look at; empty when all is well. */
  warnings: readonly Warning[]
}

export type SignatureHealth = {
  seen: number
  /** Signatures that came up for the first time, per 1,000 failures, over the later half of them (at most 1,000). */
  newPerThousand: number
  /** Share of the next failing episodes' signatures that will be new, with its 95 % interval. */
  unseenShare: Estimate
  /** Signatures that exist and were not seen yet, at least. */
  unseen: number
  /** Share of the failures that the ten most frequent signatures make up. */
  topShare: number
}

/**
 * `explosion`: the failures are too varied for a registry; it will grow without end and answer little. `steady`: few
 * categories make up nearly all, and little new is to come. `mixed`: neither. `unknown`: too little was seen to say.
 */
export type Verdict = { state: 'explosion' | 'steady' | 'mixed' | 'unknown'; reason: string }

export type CostlySignature = {
  signature: string
  category: Category
  tool: Tool
  template: string
  failures: number
  /** Of all failures' cost (time and tokens). */
  share: number
  impact: Impact
  covered: boolean
}

/** Counts are episodes, by the first call that it touched. */
export type InterventionHealth = {
  intervention: string
  tool: Tool
  family: string
  stage: Stage
  reason: string
  /** Episodes in which it acted. */
  fired: number
  /** How many more of them went well, or how many fewer, than the share of the control would have; absent without one. */
  helped?: number
  harmed?: number
  /** Calls on which it was only computed: failures it would have answered, successes it would have changed. */
  wouldFix: number
  wouldBreak: number
  decision: Forecast
  /** Nothing has touched it for so many days: it is dead. */
  idleDays?: number
}

export type Warning = { about: 'explosion' | 'unknown' | 'dead' | 'killed'; message: string }

export type HealthLimits = {
  /** Incidences (signature × episode) below which nothing is said. */
  incidences: number
  /** Explosion: at least so much of what comes next is new (lower bound), and the ten make up less than so much. */
  explosion: { unseenShare: number; topShare: number }
  /** Steady: at most so much of what comes next is new (upper bound), and the ten make up at least so much. */
  steady: { unseenShare: number; topShare: number }
  /** Share of failures without a known cause above which the classifiers are failing. */
  unknown: number
  /** Milliseconds without a touched call after which an intervention is dead. */
  deadMs: number
}

export const HEALTH_LIMITS: HealthLimits = {
  incidences: 30,
  explosion: { unseenShare: 0.2, topShare: 0.8 },
  steady: { unseenShare: 0.25, topShare: 0.8 },
  unknown: 0.1,
  deadMs: 14 * 86_400_000,
}

export type HealthQuestion = {
  mined: Mined
  registry: RegistryState
  /** Milliseconds since the epoch. */
  now: number
  /** When an intervention last touched a call, by `id family`. Without it only what never did is known to be dead. */
  touched?: ReadonlyMap<string, number>
  limits?: Partial<HealthLimits>
  stageLimits?: StageLimits
}

const DAY_MS = 86_400_000
const WINDOW = 1_000
const TOP = 10
const COSTLY = 5

/** Sums up a recording and a registry. Pure. */
export function healthOf(question: HealthQuestion): Health {
  const { mined, registry } = question
  const limits = { ...HEALTH_LIMITS, ...question.limits }
  const stats = [...mined.signatures.values()]
  const { failures } = mined
  const shareOf = (count: number) => ({ failures: count, share: failures === 0 ? 0 : count / failures })
  const covering = coveringIndex(registry)
  const signatures = signatureHealth(mined, stats)
  const verdict = verdictOn(signatures, stats, limits)
  const interventions = registry.entries.flatMap((entry) => interventionHealth(entry, question, limits))
  const unknown = shareOf(
    sum(
      stats.filter(({ category }) => category === 'unknown'),
      ({ count }) => count,
    ),
  )
  return {
    ...{ episodes: mined.episodes, steps: mined.steps, failures },
    ...{ signatures, verdict, unknown, interventions },
    covered: shareOf(sum(stats, (one) => coveredFailures(one, covering))),
    top: mostCostly(stats, covering),
    warnings: warningsOf({ verdict, unknown, interventions, registry, limits }),
  }
}

function signatureHealth({ failures, episodes }: Mined, stats: readonly SignatureStats[]): SignatureHealth {
  const window = Math.min(WINDOW, Math.ceil(failures / 2))
  const fresh = stats.filter(({ first }) => first >= failures - window).length
  const most = stats.map(({ count }) => count).sort((a, b) => b - a)
  const unseen = estimateUnseen(
    stats.map((one) => one.episodes),
    episodes,
  )
  return {
    seen: stats.length,
    newPerThousand: window === 0 ? 0 : (1_000 * fresh) / window,
    unseenShare: unseen.share,
    unseen: unseen.signatures,
    topShare: failures === 0 ? 0 : sum(most.slice(0, TOP), (count) => count) / failures,
  }
}

function verdictOn(
  { seen, unseenShare, topShare }: SignatureHealth,
  stats: readonly SignatureStats[],
  { incidences, explosion, steady }: HealthLimits,
): Verdict {
  const met = sum(stats, ({ episodes }) => episodes)
  if (met < incidences)
    return {
      state: 'unknown',
      reason: `${met} failing episodes are too few to say how varied the failures are`,
    }
  const said =
    `${percent(unseenShare.value)} of what fails next will be new (${percent(unseenShare.low)} to ` +
    `${percent(unseenShare.high)}); the ${Math.min(TOP, seen)} most frequent of ${seen} signatures are ` +
    `${percent(topShare)} of the failures`
  if (unseenShare.low >= explosion.unseenShare && topShare < explosion.topShare)
    return { state: 'explosion', reason: `your failures are too varied: ${said}` }
  if (unseenShare.high <= steady.unseenShare && topShare >= steady.topShare)
    return { state: 'steady', reason: `few categories make up nearly all: ${said}` }
  return { state: 'mixed', reason: said }
}

/** Entries with an active record, by each signature and by the category of those that answer all of it. */
type Covering = ReadonlyMap<string, readonly RegistryEntry[]>

function coveringIndex({ entries, settings }: RegistryState): Covering {
  const index = new Map<string, RegistryEntry[]>()
  if (settings.killed) return index
  for (const entry of entries) {
    const { signatures, category } = entry.intervention
    if (!Object.values(entry.stages).some(({ stage }) => stage === 'active')) continue
    for (const key of signatures.length > 0 ? signatures : [category])
      index.set(key, [...(index.get(key) ?? []), entry])
  }
  return index
}

function coveredFailures(
  { signature, category, tool, families }: SignatureStats,
  covering: Covering,
): number {
  const entries = [
    ...(covering.get(signature) ?? []),
    ...(covering.get(category) ?? []).filter(({ intervention }) => sameTool(intervention.tool, tool)),
  ]
  if (entries.length === 0) return 0
  const active = (family: string) => entries.some((entry) => stageFor(entry, family).stage === 'active')
  return sum(Object.entries(families), ([family, count]) => (active(family) ? count : 0))
}

function mostCostly(stats: readonly SignatureStats[], covering: Covering): CostlySignature[] {
  const total = sum(stats, costOf)
  return [...stats]
    .sort((a, b) => costOf(b) - costOf(a) || b.count - a.count || (a.signature < b.signature ? -1 : 1))
    .slice(0, COSTLY)
    .map((one): CostlySignature => {
      const { signature, category, tool, template, count, impact } = one
      const share = total === 0 ? 0 : costOf(one) / total
      const covered = coveredFailures(one, covering) > 0
      return { signature, category, tool, template, failures: count, share, impact, covered }
    })
}

const WATCHED: ReadonlySet<Stage> = new Set(['shadow', 'canary', 'active', 'suspended'])

function interventionHealth(
  entry: RegistryEntry,
  { now, touched, stageLimits = STAGE_LIMITS }: HealthQuestion,
  { deadMs }: HealthLimits,
): InterventionHealth[] {
  const { id, tool } = entry.intervention
  const families = Object.keys(entry.stages)
  const own = families.filter((family) => family !== DEFAULT_FAMILY)
  return (own.length > 0 ? own : families).flatMap((family): InterventionHealth[] => {
    const record = entry.stages[family] as StageRecord
    const { stage, reason, since, account } = record
    if (!WATCHED.has(stage)) return []
    const { treated, control, shadow } = account
    const gained =
      control.episodes > 0 && treated.episodes > 0
        ? treated.successes - (treated.episodes * control.successes) / control.episodes
        : undefined
    const last = touched ? Math.max(since, touched.get(`${id} ${family}`) ?? 0) : since
    const untouched = touched !== undefined || account.counted === undefined
    const dead = stage !== 'suspended' && untouched && now - last >= deadMs
    return [
      {
        ...{ intervention: id, tool, family, stage, reason, fired: treated.episodes },
        ...(gained === undefined ? {} : { helped: Math.max(0, gained), harmed: Math.max(0, -gained) }),
        wouldFix: shadow.fixes,
        wouldBreak: shadow.breaks,
        decision: forecastDecision(record, now, stageLimits),
        ...(dead ? { idleDays: Math.floor((now - last) / DAY_MS) } : {}),
      },
    ]
  })
}

function warningsOf({
  verdict,
  unknown,
  interventions,
  registry,
  limits,
}: Pick<Health, 'verdict' | 'unknown' | 'interventions'> & {
  registry: RegistryState
  limits: HealthLimits
}): Warning[] {
  const warnings: Warning[] = []
  if (registry.settings.killed)
    warnings.push({ about: 'killed', message: 'the kill switch is on: nothing is applied anywhere' })
  if (verdict.state === 'explosion') warnings.push({ about: 'explosion', message: verdict.reason })
  if (unknown.failures >= limits.incidences && unknown.share > limits.unknown)
    warnings.push({
      about: 'unknown',
      message: `no cause is known of ${percent(unknown.share)} of the failures: the classifiers do not know this source`,
    })
  for (const { intervention, family, idleDays } of interventions)
    if (idleDays !== undefined)
      warnings.push({
        about: 'dead',
        message: `${intervention} (${family}): nothing has touched it for ${idleDays} days`,
      })
  return warnings
}

function sameTool(a: Tool, b: Tool): boolean {
  return a.origin === b.origin && a.name === b.name
}

function costOf({ impact }: SignatureStats): number {
  return impact.ms + 10 * impact.tokens
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
