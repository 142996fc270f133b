import type { Event } from '../event.ts'
import type { Failure } from '../failure.ts'
import type { Cursor } from '../store.ts'
import { type ToolContract, toolKey } from '../tool.ts'
import { type EpisodeInfo, type ToolStep, type Trajectory, toolResult } from '../trajectory.ts'

/** An episode that is over, with what its outcomes need: results without their content. */
export type ClosedEpisode = {
  /** Position in the log at which it was over: the same for everyone who reads the log. */
  closedAt: Cursor
  /** Time of its last event. */
  lastAt: number
  trajectory: Trajectory
  failureOf(step: ToolStep): Failure | undefined
}

export type EpisodeLog = {
  /** The episodes that this event shows to be over. */
  add(seq: Cursor, event: Event): ClosedEpisode[]
  /** The contract of each tool that was shown last, by tool key. */
  readonly contracts: ReadonlyMap<string, ToolContract>
}

type OpenEpisode = {
  info: EpisodeInfo
  steps: ToolStep[]
  failures: Map<ToolStep, Failure>
  lastAt: number
}

/** Steps of one episode that are kept; what comes after them decides no outcome. */
const STEPS = 2_000
/** Episodes held open; beyond them the one that was quiet longest is forgotten. */
const OPEN = 10_000

/**
 * Follows the event log and tells when episodes are over: they ended, or a later event shows that they were quiet for
 * `idleMs`. It depends on the log alone, never on when it is read. What happens in an episode after it was over is not
 * counted. Episodes whose beginning is not in the log are left out.
 */
export function episodeLog(idleMs: number): EpisodeLog {
  /** Quiet ones first. */
  const open = new Map<string, OpenEpisode>()
  const shown = new Map<string, readonly ToolContract[]>()
  const contracts = new Map<string, ToolContract>()

  function close(id: string, episode: OpenEpisode, closedAt: Cursor, success?: boolean): ClosedEpisode {
    open.delete(id)
    const { info, steps, failures, lastAt } = episode
    return {
      closedAt,
      lastAt,
      trajectory: { ...info, contracts: [], steps, ...(success === undefined ? {} : { success }) },
      failureOf: (step) => failures.get(step),
    }
  }

  function closeIdle(seq: Cursor, at: number): ClosedEpisode[] {
    const closed: ClosedEpisode[] = []
    for (const [id, episode] of open) {
      if (at - episode.lastAt < idleMs) break
      closed.push(close(id, episode, seq))
    }
    return closed
  }

  function touch(id: string, episode: OpenEpisode, at: number): void {
    episode.lastAt = Math.max(episode.lastAt, at)
    open.delete(id)
    open.set(id, episode)
  }

  return {
    contracts,
    add(seq, event) {
      if (event.type === 'fault') return []
      const closed = closeIdle(seq, event.at)
      const { episode: id, at } = event
      if (event.type === 'episode') {
        const { family, agent, subject, scope } = event
        const info: EpisodeInfo = {
          id,
          family,
          ...(agent === undefined ? {} : { agent }),
          ...(subject === undefined ? {} : { subject }),
          ...(scope === undefined ? {} : { scope }),
        }
        if (!open.has(id)) touch(id, { info, steps: [], failures: new Map(), lastAt: at }, at)
        if (open.size > OPEN) open.delete(open.keys().next().value as string)
        return closed
      }
      if (event.type === 'contracts') {
        if (event.contracts) shown.set(event.hash, event.contracts)
        for (const contract of shown.get(event.hash) ?? []) contracts.set(toolKey(contract.tool), contract)
      }
      const episode = open.get(id)
      if (!episode) return closed
      touch(id, episode, at)
      if (event.type === 'end') return [...closed, close(id, episode, seq, event.success)]
      if (event.type === 'tool' && episode.steps.length < STEPS) {
        const { call, executed = call, outcome, error, ms, applied, failure } = event
        const result = toolResult(outcome, undefined, { ms, view: () => null, ...(error ? { error } : {}) })
        const step: ToolStep = { type: 'tool', call, executed, result, applied }
        episode.steps.push(step)
        if (failure) episode.failures.set(step, failure)
      }
      return closed
    },
  }
}
