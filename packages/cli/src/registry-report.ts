import type { RegistryEntry, RegistryState, Risk, Stage, StageRecord } from '@lifeharness/core'
import { toolKey } from '@lifeharness/core'
import { describeIntervention, type Forecast, forecastDecision, type Summary } from '@lifeharness/core/learn'
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
  /** One for each intervention and model family that has a record. */
  records: RecordReport[]
  /** What agents recorded in the store. */
  recorded: {
    episodes: number
    steps: number
    failures: number
    unknown: number
    categories: CategoryReport[]
  }
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
  /** The guardrail in both arms; value and effect need it. */
  guardrail: { treated: Arm; control: Arm }
  /** Computed without acting: calls it would have fixed, and calls it would have broken. */
  wouldFix: number
  wouldBreak: number
  decision: Forecast
}

export function registryReport(
  store: string,
  { entries, version, settings }: RegistryState,
  summary: Summary,
  now: number,
): RegistryReport {
  const families: RegistryReport['families'] = {}
  for (const { stages } of entries)
    for (const [family, { stage }] of Object.entries(stages)) {
      const counts = families[family] ?? {}
      families[family] = { ...counts, [stage]: (counts[stage] ?? 0) + 1 }
    }
  return {
    format: 'lifeharness-report/1',
    store,
    version,
    killed: settings.killed === true,
    interventions: entries.length,
    families,
    records: entries.flatMap((entry) =>
      Object.entries(entry.stages).map(([family, record]) => recordReport(entry, family, record, now)),
    ),
    recorded: {
      episodes: summary.episodes,
      steps: summary.steps,
      failures: summary.failures,
      unknown: summary.unknown.failures,
      categories: categoryReports(summary),
    },
  }
}

function recordReport(
  { intervention, pinned }: RegistryEntry,
  family: string,
  record: StageRecord,
  now: number,
): RecordReport {
  const { id, tool, category, risk } = intervention
  const { treated, control, guardrail, shadow } = record.account
  return {
    ...{ id, family, tool: toolKey(tool), category, does: describeIntervention(intervention), risk },
    ...{ stage: record.stage, reason: record.reason, pinned: pinned === true },
    ...{ treated, control, guardrail: { treated: guardrail.treated, control: guardrail.control } },
    wouldFix: shadow.fixes,
    wouldBreak: shadow.breaks,
    decision: forecastDecision(record, now),
  }
}
