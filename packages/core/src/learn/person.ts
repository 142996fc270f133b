import { openAccount } from '../activation.ts'
import {
  isRetired,
  type RegistryEntry,
  type RegistryState,
  StageError,
  type StageRecord,
  stageFor,
  type Transition,
} from '../registry.ts'
import { moveBetween, STAGES, type Stage } from '../stage.ts'

export type PersonOptions = {
  /** Only this model family; all of them otherwise. */
  family?: string
  /** Milliseconds since the epoch; default now. */
  now?: number
}

/**
 * The transitions by which a person brings an intervention to a stage, step by step through legal moves; empty where it
 * stands there. For all families, canary and active are pinned: the person's word holds for families without evidence
 * too, and the learner no longer moves it. For one family, the learner goes on watching, with a hold-out.
 * @throws StageError where the intervention is not registered, or no way leads there.
 */
export function promoteByPerson(
  state: RegistryState,
  id: string,
  to: 'shadow' | 'canary' | 'active',
  reason: string,
  options: PersonOptions = {},
): Transition[] {
  return move(state, id, to, reason, options, options.family === undefined && to !== 'shadow')
}

/** As `promoteByPerson`, to `suspended`, and pinned there. */
export function suspendByPerson(
  state: RegistryState,
  id: string,
  reason: string,
  options: PersonOptions = {},
): Transition[] {
  return move(state, id, 'suspended', reason, options, options.family === undefined)
}

/** As `promoteByPerson`, to `retired`: over, it does not come back. */
export function retireByPerson(
  state: RegistryState,
  id: string,
  reason: string,
  options: PersonOptions = {},
): Transition[] {
  return move(state, id, 'retired', reason, options, false)
}

function move(
  state: RegistryState,
  id: string,
  to: Stage,
  reason: string,
  { family: only, now = Date.now() }: PersonOptions,
  pinned: boolean,
): Transition[] {
  const found = state.entries.find(({ intervention }) => intervention.id === id)
  if (!found) throw new StageError(`${id}: is not registered`)
  if (isRetired(found) && to !== 'retired') throw new StageError(`${id}: is retired, which is the end of it`)
  const families = only === undefined ? Object.keys(found.stages) : [only]
  const transitions: Transition[] = []
  let entry: RegistryEntry = found
  for (const family of families) {
    const current = stageFor(entry, family)
    if (current.stage === 'retired' && only === undefined && to !== 'retired') continue
    let from = current.stage
    for (const next of wayTo(id, from, to)) {
      const record: StageRecord = {
        stage: next,
        since: now,
        reason,
        controlShare: controlShare(next, only !== undefined),
        account: entry.stages[family]?.account ?? openAccount(),
      }
      entry = { ...entry, stages: { ...entry.stages, [family]: record }, ...pin(entry, pinned, only) }
      transitions.push({ type: 'stage', entry, family, from, to: next, reason, by: 'person', at: now })
      from = next
    }
  }
  // It stands there already, but until now only by its evidence.
  if (
    transitions.length === 0 &&
    pinned !== (found.pinned ?? false) &&
    only === undefined &&
    to !== 'retired'
  )
    return [{ type: 'account', entry: { ...found, pinned }, at: now }]
  return transitions
}

function pin(entry: RegistryEntry, pinned: boolean, only: string | undefined): { pinned?: boolean } {
  return only === undefined ? { pinned } : { pinned: entry.pinned ?? false }
}

/** Half of the episodes in canary; a hold-out where the learner goes on watching. */
function controlShare(stage: Stage, watched: boolean): number {
  if (stage === 'canary') return 0.5
  return stage === 'active' && watched ? 0.1 : 0
}

/** The shortest way of legal moves; empty where it stands there. */
function wayTo(id: string, from: Stage, to: Stage): Stage[] {
  const ways: Stage[][] = [[]]
  const seen = new Set<Stage>([from])
  for (const way of ways) {
    const at = way.at(-1) ?? from
    if (at === to) return way
    for (const next of STAGES) {
      if (seen.has(next) || !moveBetween(at, next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  throw new StageError(`${id}: no way leads from ${from} to ${to}`)
}
