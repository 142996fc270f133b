import type { RegistryEntry, Risk, Stage, StageRecord } from '@lifeharness/core'
import { toolKey } from '@lifeharness/core'
import {
  describeIntervention,
  type Forecast,
  forecastDecision,
  type Health,
  type InterventionHealth,
  summarise,
} from '@lifeharness/core/learn'
import { type DriftReport, driftReport } from './drift-report.ts'
import type { Look } from './look.ts'
import { type CategoryReport, categoryReports } from './mine-report.ts'

/** What `report` prints. Shares are from 0 to 1. */
export type RegistryReport = {
  format: 'lifeharness-report/1'
  store: string
  version: number
  killed: boolean
  interventions: number
  /** Interventions at each stage, by model family; families without a record of their own stand at the default. */
  families: Record<string, Partial<Record<Stage, number>>>
  /** Episodes in which anything acted, and how many more or fewer of them went well than the control would have. */
  acted: Record<string, { fired: number; helped: number; harmed: number }>
  /** Interventions that met calls of episodes that are over, and that no learner has counted yet. */
  uncounted: number
  /** One for each intervention and model family that has a record. */
  records: RecordReport[]
  /** What agents recorded in the store, and what the files hold that were named. */
  recorded: {
    episodes: number
    steps: number
    failures: number
    unknown: number
    categories: CategoryReport[]
    drifts: DriftReport[]
  }
  health: HealthReport
}

/** How varied the failures are, and how much of them is answered. */
export type HealthReport = Pick<Health, 'verdict' | 'signatures' | 'warnings'> & {
  /** Of a signature that something active for their family answers, or something validated: in part at least. */
  covered: { active: Covered; validated: Covered }
  /** The most costly, at most five. `share` of all cost; of all failures where no cost is known. */
  top: TopReport[]
}

type Covered = { failures: number; share: number }

export type TopReport = {
  signature: string
  category: string
  tool: string
  template: string
  failures: number
  share: number
  wasted: { ms: number; tokens: number; steps: number }
  /** Something active answers it; something validated would. */
  covered: boolean
  validated: boolean
}

type Arm = { episodes: number; successes: number }

export type RecordReport = {
  id: string
  family: string
  tool: string
  category: string
  does: string
  risk: Risk
  stage: Stage
  reason: string
  pinned: boolean
  /** Episodes in which it acted, and how many of them went well; the same for the control, where it did not. */
  treated: Arm
  control: Arm
  /** How many more of the treated episodes went well, or how many fewer, than the control's share; null without one. */
  helped: number | null
  harmed: number | null
  /** Nothing has touched it for so many days; null where it is in use. */
  idleDays: number | null
  /** The guardrail in both arms; value and effect need it. */
  guardrail: { treated: Arm; control: Arm }
  /** Computed without acting: calls it would have fixed, and calls it would have broken. */
  wouldFix: number
  wouldBreak: number
  decision: Forecast
}

export function registryReport(store: string, look: Look): RegistryReport {
  const { state, mined, health, now } = look
  const { entries, version, settings } = state
  const families: RegistryReport['families'] = {}
  for (const { stages } of entries)
    for (const [family, { stage }] of Object.entries(stages)) {
      const counts = families[family] ?? {}
      families[family] = { ...counts, [stage]: (counts[stage] ?? 0) + 1 }
    }
  const summary = summarise(mined, [])
  const { episodes, steps, failures, unknown } = summary
  const fared = new Map(health.interventions.map((one) => [`${one.intervention} ${one.family}`, one]))
  return {
    format: 'lifeharness-report/1',
    store,
    version,
    killed: settings.killed === true,
    interventions: entries.length,
    families,
    acted: actedByFamily(health.interventions),
    uncounted: new Set(uncountedIn(look).map(({ id }) => id)).size,
    records: mostUsedFirst(entries).flatMap((entry) =>
      Object.entries(entry.stages).map(([family, record]) =>
        recordReport(entry, family, record, fared.get(`${entry.intervention.id} ${family}`), now),
      ),
    ),
    recorded: {
      ...{ episodes, steps, failures },
      unknown: unknown.failures,
      categories: categoryReports(summary),
      drifts: summary.drifts.map(driftReport),
    },
    health: healthReport(look),
  }
}

/** The keys (`id family`) under which more has happened than the account has counted. */
export function uncountedIn({ state, scan }: Pick<Look, 'state' | 'scan'>): { id: string; at: number }[] {
  return state.entries.flatMap(({ intervention: { id }, stages }) =>
    [...scan.over]
      .filter(([key]) => key.startsWith(`${id} `))
      .filter(([key, { seq }]) => (stages[key.slice(id.length + 1)]?.account.counted ?? 0) < seq)
      .map(([, { at }]) => ({ id, at })),
  )
}

const FIRST: readonly Stage[] = ['active', 'canary', 'shadow', 'suspended', 'proposed', 'retired']

/** What acts before what waits; then what meets most of what fails. */
function mostUsedFirst(entries: readonly RegistryEntry[]): RegistryEntry[] {
  const keyed = entries.map((entry) => {
    const records = Object.values(entry.stages)
    const met = records.map(({ account: { treated, shadow, replay } }) =>
      Math.max(treated.episodes, shadow.fixes, replay?.fixes ?? 0),
    )
    return {
      entry,
      place: Math.min(...records.map(({ stage }) => FIRST.indexOf(stage))),
      met: met.reduce((sum, one) => sum + one, 0),
    }
  })
  return keyed.sort((a, b) => a.place - b.place || b.met - a.met).map(({ entry }) => entry)
}

function actedByFamily(interventions: readonly InterventionHealth[]): RegistryReport['acted'] {
  const acted: RegistryReport['acted'] = {}
  for (const { family, fired, helped = 0, harmed = 0 } of interventions) {
    if (fired === 0) continue
    const known = acted[family] ?? { fired: 0, helped: 0, harmed: 0 }
    acted[family] = {
      fired: known.fired + fired,
      helped: known.helped + helped,
      harmed: known.harmed + harmed,
    }
  }
  return acted
}

function healthReport({ state, mined, health }: Look): HealthReport {
  const { verdict, signatures, warnings, covered, failures } = health
  const validated = new Set(
    state.entries
      .filter(({ stages }) => Object.values(stages).some(({ stage }) => VALIDATED.has(stage)))
      .flatMap(({ intervention }) => intervention.signatures),
  )
  const answered = [...mined.signatures.values()]
    .filter(({ signature }) => validated.has(signature))
    .reduce((sum, { count }) => sum + count, 0)
  const costly = health.top.some(({ share }) => share > 0)
  return {
    ...{ verdict, signatures, warnings },
    covered: {
      active: covered,
      validated: { failures: answered, share: failures === 0 ? 0 : answered / failures },
    },
    top: health.top.map(({ tool, impact, share, ...one }) => ({
      ...one,
      tool: toolKey(tool),
      share: costly || failures === 0 ? share : one.failures / failures,
      wasted: { ...impact },
      validated: validated.has(one.signature),
    })),
  }
}

const VALIDATED: ReadonlySet<Stage> = new Set(['shadow', 'canary', 'active'])

function recordReport(
  { intervention, pinned }: RegistryEntry,
  family: string,
  record: StageRecord,
  fared: InterventionHealth | undefined,
  now: number,
): RecordReport {
  const { id, tool, category, risk } = intervention
  const { treated, control, guardrail, shadow } = record.account
  return {
    ...{ id, family, tool: toolKey(tool), category, does: describeIntervention(intervention), risk },
    ...{ stage: record.stage, reason: record.reason, pinned: pinned === true },
    ...{ treated, control, guardrail: { treated: guardrail.treated, control: guardrail.control } },
    ...{ helped: fared?.helped ?? null, harmed: fared?.harmed ?? null, idleDays: fared?.idleDays ?? null },
    wouldFix: shadow.fixes,
    wouldBreak: shadow.breaks,
    decision: forecastDecision(record, now),
  }
}
