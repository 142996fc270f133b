import type {
  Event,
  Failure,
  RegistryEntry,
  RegistryState,
  Store,
  ToolStep,
  Trajectory,
} from '@lifeharness/core'
import { readTrajectories, type TrajectorySource } from '@lifeharness/core/learn'
import { CliError, usageError } from './cli-error.ts'

/** A recorded call with the episode it belongs to. */
export type FoundCall = {
  trajectory: Trajectory
  /** Index of its step in the episode. */
  index: number
  step: ToolStep
  /** Of what agents recorded: the event, and when the episode began. Absent for a call of a recording. */
  event?: { id: string; at: number; began: number; failure?: Failure }
}

type ToolEvent = Extract<Event, { type: 'tool' }>

const PAGE = 1_000

/**
 * The call that a person means by a call id or an event id: in the store, or else in recordings.
 * @throws CliError where there is none, or more than one.
 */
export async function findCall(
  store: Store,
  recordings: TrajectorySource,
  id: string,
  episode: string | undefined,
): Promise<FoundCall> {
  const found = (await callsInStore(store, id)).filter(({ event }) => isMeant(event.episode, episode))
  const [first, ...others] = found
  if (first && others.length > 0)
    throw usageError(
      `${found.length} recorded calls have the id ${id}; name one by its event: ` +
        namesOf(found.map(({ event }) => `${event.id} (episode ${event.episode})`)),
    )
  if (first) return fromStore(store, first)
  return fromRecordings(recordings, id, episode)
}

/** Recordings put their source before the id that an episode has in them. */
function isMeant(id: string, named: string | undefined): boolean {
  return named === undefined || id === named || id.endsWith(`/${named}`)
}

type InStore = { event: ToolEvent /** Which of the calls with its id in its episode. */; nth: number }

async function callsInStore(store: Store, id: string): Promise<InStore[]> {
  const found: InStore[] = []
  const earlier = new Map<string, number>()
  for await (const event of eventsOf(store)) {
    if (event.type !== 'tool') continue
    const key = `${event.episode}\n${event.call.id}`
    const nth = earlier.get(key) ?? 0
    earlier.set(key, nth + 1)
    if (event.id === id) return [{ event, nth }]
    if (event.call.id === id) found.push({ event, nth })
  }
  return found
}

async function* eventsOf(store: Store): AsyncGenerator<Event> {
  for (let cursor = 0, before = -1; before !== cursor; ) {
    before = cursor
    for await (const { seq, event } of store.read(cursor, PAGE)) {
      cursor = seq
      yield event
    }
  }
}

async function fromStore(store: Store, { event, nth }: InStore): Promise<FoundCall> {
  let began = event.at
  for await (const other of eventsOf(store)) {
    if (other.type === 'fault' || other.episode !== event.episode) continue
    began = other.at
    break
  }
  for await (const trajectory of readTrajectories(store)) {
    if (trajectory.id !== event.episode) continue
    const found = callsOf(trajectory, event.call.id)[nth]
    if (!found) break
    const { id, at, failure } = event
    return { trajectory, ...found, event: { id, at, began, ...(failure ? { failure } : {}) } }
  }
  throw new CliError(`the episode ${event.episode} of the call ${event.call.id} cannot be read`)
}

async function fromRecordings(
  recordings: TrajectorySource,
  id: string,
  episode: string | undefined,
): Promise<FoundCall> {
  const found: FoundCall[] = []
  for await (const trajectory of recordings()) {
    if (!isMeant(trajectory.id, episode)) continue
    for (const one of callsOf(trajectory, id)) found.push({ trajectory, ...one })
  }
  const [first, ...others] = found
  if (!first)
    throw new CliError(
      `no recorded call has the id ${id}${episode ? ` in the episode ${episode}` : ''}; ` +
        'look in the store with --store, or name the recording it stands in',
    )
  if (others.length > 0)
    throw usageError(
      `${found.length} recorded calls have the id ${id}; name the episode with --episode: ` +
        namesOf(found.map(({ trajectory }) => trajectory.id)),
    )
  return first
}

function callsOf({ steps }: Trajectory, id: string): { index: number; step: ToolStep }[] {
  return steps.flatMap((step, index) =>
    step.type === 'tool' && step.call.id === id ? [{ index, step }] : [],
  )
}

const NAMED = 5

function namesOf(names: readonly string[]): string {
  const different = [...new Set(names)]
  const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : ''
  return different.slice(0, NAMED).join(', ') + more
}

/** The registry as it stood at a time, what was retired included; and each intervention in each of its versions. */
export async function registryAt(
  store: Store,
  at: number,
): Promise<{ state: RegistryState; versions: ReadonlyMap<string, RegistryEntry> }> {
  const entries = new Map<string, RegistryEntry>()
  const versions = new Map<string, RegistryEntry>()
  const { templates, version } = await store.load()
  let settings: RegistryState['settings'] = {}
  for await (const change of store.history()) {
    if ('entry' in change) {
      const { id, version: own } = change.entry.intervention
      if (!versions.has(`${id} ${own}`)) versions.set(`${id} ${own}`, change.entry)
    }
    if (change.at > at) continue
    if ('entry' in change) entries.set(change.entry.intervention.id, change.entry)
    else if (change.type === 'settings') settings = change.settings
  }
  return { state: { version, entries: [...entries.values()], templates, settings }, versions }
}
