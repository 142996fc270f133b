import { type Event, REFUSED_EVENTS, type Store, type ToolContract, toolKey } from '@lifeharness/core'

type ActionType = NonNullable<Extract<Event, { type: 'episode' }>['actions']>[number]

/** Times are milliseconds since the epoch; keys of interventions are `id family`. */
export type LogScan = {
  events: number
  firstAt?: number
  lastAt?: number
  /** The first call that failed. */
  failedAt?: number
  faults: readonly SeenFault[]
  /** Events that were refused because a queue was full, and when the last ones were. */
  refused: { count: number; lastAt: number }
  hosts: readonly SeenHost[]
  /** The contract of each tool that was shown last, by tool key. */
  contracts: ReadonlyMap<string, ToolContract>
  /** When an intervention last touched a call. */
  touched: ReadonlyMap<string, number>
  /** The last episode that is over and was touched: where its last event stands in the log, and when that was. */
  over: ReadonlyMap<string, { seq: number; at: number }>
}

/** `times`: processes that reported it, since each reports a distinct fault once. */
export type SeenFault = { where: string; message: string; times: number; lastAt: number }

/** Episodes of one agent in one kind of host. `actions` is absent where the host can do everything. */
export type SeenHost = {
  agent?: string
  actions?: readonly ActionType[]
  episodes: number
  /** Keys of the tools that were called. */
  tools: ReadonlySet<string>
}

type OpenEpisode = {
  family: string
  host: SeenHost & { tools: Set<string> }
  touched: Set<string>
  seq: number
  at: number
}

const PAGE = 1_000
/** Distinct faults that are told apart. */
const FAULTS = 200
/** Quiet time after which the learner takes an episode without an end for over. */
const IDLE_MS = 30 * 60_000

/** One pass over the event log. Memory grows with open episodes and interventions. */
export async function scanLog(store: Pick<Store, 'read'>): Promise<LogScan> {
  const faults = new Map<string, SeenFault>()
  const hosts = new Map<string, OpenEpisode['host']>()
  const contracts = new Map<string, ToolContract>()
  const shown = new Map<string, readonly ToolContract[]>()
  const touched = new Map<string, number>()
  const over = new Map<string, { seq: number; at: number }>()
  const open = new Map<string, OpenEpisode>()
  const refused = { count: 0, lastAt: 0 }
  const times: { firstAt?: number; lastAt?: number; failedAt?: number } = {}
  let events = 0

  function close({ touched: keys, seq, at }: OpenEpisode): void {
    for (const key of keys) if ((over.get(key)?.seq ?? 0) < seq) over.set(key, { seq, at })
  }

  function noteFault({ where, message, at, count = 1 }: Extract<Event, { type: 'fault' }>): void {
    if (where === REFUSED_EVENTS) {
      refused.count += count
      refused.lastAt = Math.max(refused.lastAt, at)
      return
    }
    const key = `${where}\n${message}`
    const known = faults.get(key)
    if (!known && faults.size >= FAULTS) return
    const lastAt = Math.max(at, known?.lastAt ?? 0)
    faults.set(key, { where, message, times: (known?.times ?? 0) + count, lastAt })
  }

  function openEpisode(seq: number, at: number, event?: Extract<Event, { type: 'episode' }>): OpenEpisode {
    const { agent, actions } = event ?? {}
    const key = `${agent ?? ''}\n${actions ? [...actions].sort().join() : 'all'}`
    const host = hosts.get(key) ?? {
      ...(agent === undefined ? {} : { agent }),
      ...(actions === undefined ? {} : { actions }),
      ...{ episodes: 0, tools: new Set<string>() },
    }
    // Where the beginning of an episode is not in the log, nothing is known of its host.
    if (event) hosts.set(key, host)
    host.episodes++
    return { family: event?.family ?? '', host, touched: new Set(), seq, at }
  }

  function noteCall(episode: OpenEpisode, { call, applied, failure, at }: ToolEvent): void {
    episode.host.tools.add(toolKey(call.tool))
    if (failure && !failure.expectedNegative) times.failedAt ??= at
    for (const { intervention } of applied) {
      const key = `${intervention} ${episode.family}`
      episode.touched.add(key)
      // The default, which families inherit, is touched when any of them is.
      for (const one of [key, `${intervention} default`])
        touched.set(one, Math.max(touched.get(one) ?? 0, at))
    }
  }

  for (let cursor = 0, before = -1; before !== cursor; ) {
    before = cursor
    for await (const { seq, event } of store.read(cursor, PAGE)) {
      cursor = seq
      events++
      times.firstAt = Math.min(event.at, times.firstAt ?? event.at)
      times.lastAt = Math.max(event.at, times.lastAt ?? event.at)
      if (event.type === 'fault') {
        noteFault(event)
        continue
      }
      const { episode: id, at } = event
      const episode = open.get(id) ?? openEpisode(seq, at, event.type === 'episode' ? event : undefined)
      Object.assign(episode, { seq, at })
      open.set(id, episode)
      if (event.type === 'contracts') {
        if (event.contracts) shown.set(event.hash, event.contracts)
        for (const contract of shown.get(event.hash) ?? []) contracts.set(toolKey(contract.tool), contract)
      } else if (event.type === 'tool') noteCall(episode, event)
      else if (event.type === 'end') {
        close(episode)
        open.delete(id)
      }
    }
  }
  for (const episode of open.values()) if ((times.lastAt ?? 0) - episode.at >= IDLE_MS) close(episode)
  const byTime = [...faults.values()].sort((a, b) => b.lastAt - a.lastAt)
  return {
    events,
    ...times,
    faults: byTime,
    refused,
    hosts: [...hosts.values()],
    contracts,
    touched,
    over,
  }
}

type ToolEvent = Extract<Event, { type: 'tool' }>
