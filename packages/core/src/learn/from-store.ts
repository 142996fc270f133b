import type { Event } from '../event.ts'
import { modelFamily } from '../family.ts'
import type { Cursor, Store } from '../store.ts'
import { type ToolContract, toolKey } from '../tool.ts'
import { type EpisodeInfo, type Step, type Trajectory, toolResult } from '../trajectory.ts'

/** Events that are asked of the store at a time. */
const PAGE = 1_000

type ToolEvent = Extract<Event, { type: 'tool' }>
type ModelEvent = Extract<Event, { type: 'model' }>

type OpenEpisode = { info: EpisodeInfo; hashes: string[]; steps: Step[]; success?: boolean }

/**
 * The trajectories of a store's event log, ordered by their first event. Episodes interleave in the log, so one pass
 * collects them all before the first is yielded: memory grows with the events after the cursor (redacted, bounded
 * views; contracts once per hash). Of an episode that began before the cursor only what came after is known, and its
 * family is that of an unknown model. Throws what the store throws.
 */
export async function* readTrajectories(
  store: Pick<Store, 'read'>,
  { after = 0 }: { after?: Cursor } = {},
): AsyncGenerator<Trajectory> {
  const episodes = new Map<string, OpenEpisode>()
  const contracts = new Map<string, readonly ToolContract[]>()
  for await (const event of eventsAfter(store, after)) collect(event, episodes, contracts)
  const shared = new Map<string, readonly ToolContract[]>()
  for (const [id, episode] of episodes) {
    const key = episode.hashes.join(' ')
    const known = shared.get(key) ?? mergeContracts(episode.hashes.map((hash) => contracts.get(hash) ?? []))
    shared.set(key, known)
    yield {
      ...episode.info,
      contracts: known,
      steps: episode.steps,
      ...(episode.success === undefined ? {} : { success: episode.success }),
    }
    episodes.delete(id)
  }
}

async function* eventsAfter(store: Pick<Store, 'read'>, after: Cursor): AsyncGenerator<Event> {
  let cursor = after
  for (;;) {
    let read = 0
    for await (const { seq, event } of store.read(cursor, PAGE)) {
      cursor = seq
      read++
      yield event
    }
    if (read === 0) return
  }
}

function collect(
  event: Event,
  episodes: Map<string, OpenEpisode>,
  contracts: Map<string, readonly ToolContract[]>,
): void {
  if (event.type === 'fault') return
  let episode = episodes.get(event.episode)
  if (!episode) {
    episode = {
      info: { id: event.episode, family: modelFamily(undefined, undefined) },
      hashes: [],
      steps: [],
    }
    episodes.set(event.episode, episode)
  }
  switch (event.type) {
    case 'episode': {
      const { family, agent, subject, scope } = event
      episode.info = {
        id: event.episode,
        family,
        ...(agent === undefined ? {} : { agent }),
        ...(subject === undefined ? {} : { subject }),
        ...(scope === undefined ? {} : { scope }),
      }
      return
    }
    case 'contracts':
      if (event.contracts && !contracts.has(event.hash)) contracts.set(event.hash, event.contracts)
      // The newest last: where one tool was shown in two forms, the last one stands.
      if (episode.hashes.at(-1) !== event.hash)
        episode.hashes = [...episode.hashes.filter((hash) => hash !== event.hash), event.hash]
      return
    case 'model':
      episode.steps.push(modelStep(event))
      return
    case 'tool':
      episode.steps.push(toolStep(event))
      return
    case 'end':
      if (event.success !== undefined) episode.success = event.success
  }
}

function modelStep({ finishReason, usage, text }: ModelEvent): Step {
  return {
    type: 'model',
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(usage === undefined ? {} : { usage }),
    ...(text === undefined ? {} : { text }),
  }
}

function toolStep({ at, call, executed, outcome, view, error, ms, applied, state }: ToolEvent): Step {
  const result = toolResult(outcome, view, { ms, view: () => view, ...(error ? { error } : {}) })
  return {
    type: 'tool',
    call,
    executed: executed ?? call,
    result,
    applied,
    ...(state === undefined ? {} : { state }),
    at,
  }
}

function mergeContracts(lists: readonly (readonly ToolContract[])[]): readonly ToolContract[] {
  const [only] = lists
  if (only && lists.length === 1) return only
  return [...new Map(lists.flat().map((contract) => [toolKey(contract.tool), contract])).values()]
}
