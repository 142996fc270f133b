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

/** Whom a person's word is about, and when it was said. */
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

/**
 * The transitions by which a person takes back the last word that a person said on an intervention: each model family
 * returns, through legal moves, to where it stood before, for the reason it stood there for, and so does the pin.
 * Evidence that came in meanwhile stays; the history says why the word was taken back.
 * Taking that back in turn restores the word.
 * @param history of the registry, oldest first (`store.history()`)
 * @throws StageError where no person has said anything, or what was said is the end of it (`retired`).
 */
export function undoByPerson(
  state: RegistryState,
  history: readonly Transition[],
  id: string,
  reason: string,
  { now = Date.now() }: Pick<PersonOptions, 'now'> = {},
): Transition[] {
  const found = registered(state, id)
  const before = entryBeforeLastWord(history, id)
  if (!before) throw new StageError(`${id}: no person has decided anything about it`)
  const pinned = before.pinned ?? false
  const transitions: Transition[] = []
  let entry: RegistryEntry = found
  for (const family of Object.keys(found.stages)) {
    const target = stageFor(before, family)
    let from = stageFor(entry, family).stage
    for (const next of wayTo(id, from, target.stage)) {
      const { account } = entry.stages[family] as StageRecord
      // What was active for dead calls only comes back so.
      const as = next === target.stage ? target : { controlShare: 0 }
      const record: StageRecord = { reason, ...as, stage: next, since: now, account }
      entry = { ...entry, stages: { ...entry.stages, [family]: record }, pinned }
      transitions.push({ type: 'stage', entry, family, from, to: next, reason, by: 'person', at: now })
      from = next
    }
  }
  if (transitions.length === 0 && pinned !== (found.pinned ?? false))
    return [{ type: 'account', entry: { ...found, pinned }, at: now }]
  return transitions
}

/** One word of a person is all that was committed at one time. */
function entryBeforeLastWord(history: readonly Transition[], id: string): RegistryEntry | undefined {
  let current: RegistryEntry | undefined
  let before: RegistryEntry | undefined
  let wordAt: number | undefined
  for (const change of history) {
    if (!('entry' in change) || change.entry.intervention.id !== id) continue
    const byPerson =
      change.type === 'stage' ? change.by === 'person' : isPinned(current) !== isPinned(change.entry)
    if (byPerson && change.at !== wordAt) {
      before = current
      wordAt = change.at
    }
    current = change.entry
  }
  return before
}

function isPinned(entry: RegistryEntry | undefined): boolean {
  return entry?.pinned === true
}

function registered({ entries }: RegistryState, id: string): RegistryEntry {
  const found = entries.find(({ intervention }) => intervention.id === id)
  if (!found) throw new StageError(`${id}: is not registered`)
  return found
}

function move(
  state: RegistryState,
  id: string,
  to: Stage,
  reason: string,
  { family: only, now = Date.now() }: PersonOptions,
  pinned: boolean,
): Transition[] {
  const found = registered(state, id)
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
