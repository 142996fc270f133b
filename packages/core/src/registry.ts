import type { Account } from './activation.ts'
import type { Category } from './failure.ts'
import type { Intervention } from './intervention.ts'
import type { Json } from './json.ts'
import { moveBetween, type Stage } from './stage.ts'

/** Stage and evidence of one intervention for one model family (`default` stands for families without their own). */
export type StageRecord = {
  stage: Stage
  /** Milliseconds since the epoch. */
  since: number
  /** Why it stands here, in one sentence. */
  reason: string
  /** Share of episodes in the control arm: 0.5 in canary, 0.1 as hold-out, 0 otherwise. */
  controlShare: number
  /** It went active without a canary, on the evidence of dead calls: a live call it only computes, as in shadow. */
  deadOnly?: boolean
  account: Account
}

/** A registered intervention, and where it stands for each model family. */
export type RegistryEntry = {
  intervention: Intervention
  /** By model family; `default` is always there. */
  stages: Record<string, StageRecord>
  /** A person fixed the stage: the learner does not move it. */
  pinned?: boolean
}

export const DEFAULT_FAMILY = 'default'

/** Everything that persists, not retired. `version` grows by one with each commit. */
export type RegistryState = {
  version: number
  entries: readonly RegistryEntry[]
  /** Signature key → template, made by the slow loop. */
  templates: Readonly<Record<string, string>>
  settings: RegistrySettings
}

export type RegistrySettings = {
  /** Kill switch: `off` applies nothing anywhere, on the next call. */
  killed?: boolean
  /** Categories that are never applied. */
  disabled?: Category[]
}

export function emptyRegistry(): RegistryState {
  return { version: 0, entries: [], templates: {}, settings: {} }
}

/** One change of the registry: an event with its evidence, never edited afterwards. */
export type Transition =
  | {
      type: 'stage'
      /** The entry as it stands after the change. */
      entry: RegistryEntry
      family: string
      /** Absent for a new intervention. */
      from?: Stage
      to: Stage
      reason: string
      by: 'learner' | 'person' | 'runtime'
      at: number
      evidence?: Json
    }
  /** New evidence without a move. */
  | { type: 'account'; entry: RegistryEntry; at: number }
  | { type: 'templates'; templates: Record<string, string>; at: number }
  | { type: 'settings'; settings: RegistrySettings; by: 'person'; at: number; reason: string }

/** A move between stages that is not legal, or of what is not registered. Nothing was changed. */
export class StageError extends Error {
  readonly code = 'LIFEHARNESS_ILLEGAL_TRANSITION'
}

/**
 * The state after some changes: the one implementation that every store uses. What is retired stays in it, so that the
 * same intervention cannot be registered anew; stores leave it out when they load.
 * @throws StageError when a move is not in `STAGE_MOVES`, does not start where the intervention stands, or hides
 * another move; the state is then unchanged.
 */
export function applyTransitions(state: RegistryState, changes: readonly Transition[]): RegistryState {
  const entries = new Map(state.entries.map((entry) => [entry.intervention.id, entry]))
  let { templates, settings } = state
  for (const change of changes) {
    switch (change.type) {
      case 'stage':
      case 'account': {
        const { id } = change.entry.intervention
        const problem = illegality(entries.get(id), change)
        if (problem) throw new StageError(`${id}: ${problem}`)
        entries.set(id, change.entry)
        break
      }
      case 'templates':
        templates = { ...templates, ...change.templates }
        break
      case 'settings':
        settings = change.settings
    }
  }
  return { version: state.version + 1, entries: [...entries.values()], templates, settings }
}

type EntryChange = Extract<Transition, { type: 'stage' | 'account' }>

/** Why a change may not be made to an entry as it stands, or undefined. */
function illegality(current: RegistryEntry | undefined, change: EntryChange): string | undefined {
  const { stages } = change.entry
  if (!stages[DEFAULT_FAMILY]) return 'an entry needs a stage for the default family'
  if (!current) {
    if (change.type === 'account') return 'evidence of an intervention that is not registered'
    if (change.from !== undefined) return `does not stand at ${change.from}: it is not registered`
    const other = Object.values(stages).find(({ stage }) => stage !== 'proposed')
    return change.to === 'proposed' && !other
      ? undefined
      : `no move leads from nothing to ${other?.stage ?? change.to}`
  }
  const forgotten = Object.keys(current.stages).find((family) => !stages[family])
  if (forgotten !== undefined) return `the change forgets the model family ${forgotten}`
  if (change.type === 'stage') {
    const { family, from, to } = change
    const { stage } = stageFor(current, family)
    if (from === undefined) return 'is registered already'
    if (stage !== from) return `stands at ${stage} for ${family}, not at ${from}`
    if (!moveBetween(from, to)) return `no move leads from ${from} to ${to}`
    if (stages[family]?.stage !== to) return `the entry does not stand at ${to} after the change`
  }
  const moved = change.type === 'stage' ? change.family : undefined
  const smuggled = Object.entries(stages).find(
    ([family, { stage }]) => family !== moved && stage !== stageFor(current, family).stage,
  )
  return smuggled && `${smuggled[0]} comes to ${smuggled[1].stage} without a move`
}

/**
 * The stage record that counts for a model family. A family without evidence of its own inherits the default, but at
 * most in shadow: what helps one model may harm another. Only a person's word (`pinned`) holds for all families.
 */
export function stageFor(entry: RegistryEntry, family: string): StageRecord {
  const own = entry.stages[family]
  if (own) return own
  const inherited = entry.stages[DEFAULT_FAMILY] as StageRecord
  if (entry.pinned || (inherited.stage !== 'canary' && inherited.stage !== 'active')) return inherited
  return {
    ...inherited,
    stage: 'shadow',
    controlShare: 0,
    reason: `no evidence yet for the family ${family}`,
  }
}

/** Over for every model family: stores keep it, and `load()` leaves it out. */
export function isRetired(entry: RegistryEntry): boolean {
  return Object.values(entry.stages).every(({ stage }) => stage === 'retired')
}
