import { type RegistryEntry, STAGES, type Stage, toolKey } from '@lifeharness/core'
import { describeIntervention } from '@lifeharness/core/learn'
import type { Terminal } from './terminal.ts'

type Format = Parameters<Terminal['paint']>[0]

const COLOURS: Readonly<Record<Stage, Format>> = {
  proposed: 'dim',
  shadow: 'cyan',
  canary: 'yellow',
  active: 'green',
  suspended: 'red',
  retired: 'dim',
}

export function paintStage({ paint }: Terminal, stage: Stage): string {
  return paint(COLOURS[stage], stage)
}

/** How many records stand at each stage, in the order of the stages; those at which none stands are left out. */
export function countStages(stages: readonly Stage[]): string {
  return STAGES.map((stage) => [stage, stages.filter((one) => one === stage).length] as const)
    .filter(([, number]) => number > 0)
    .map(([stage, number]) => `${number} ${stage}`)
    .join(', ')
}

/** `cancel_order: adds "#" at the beginning of order_id`. */
export function entryInWords({ intervention }: RegistryEntry): string {
  return `${toolKey(intervention.tool)}: ${describeIntervention(intervention)}`
}
