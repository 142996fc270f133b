import type {
  ActionType,
  Episode,
  EpisodeInit,
  Json,
  LifeHarness,
  ToolCall,
  ToolContract,
} from '@lifeharness/core'

/** What MCP lets a server or a proxy do. The model, its input and its text are out of reach. */
const ACTIONS: readonly ActionType[] = [
  'replace-tools',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

export type SessionOptions = {
  /** A session without a call for this long has ended its episode, in milliseconds. Default 600,000. */
  idleMs?: number
  /** On whose behalf, which agent, which tenant; `model` where the user knows it. */
  episode?: Pick<EpisodeInit, 'agent' | 'model' | 'subject' | 'scope'>
  /** A person approved this call: it is executed as it is. No protocol message says so; by default none is. */
  approved?(call: { name: string; arguments?: unknown }): boolean
  /** Milliseconds since the epoch. */
  now?(): number
}

/** One MCP session, cut into episodes by its pauses. */
export type Session = {
  /** The episode of now; a new one after a pause. */
  episode(): Episode
  /** Runs one call in it. Calls that overlap are siblings of one turn. */
  call<T>(
    call: { id: string; origin: string; name: string; arguments?: unknown },
    contracts: readonly ToolContract[],
    body: (episode: Episode, call: ToolCall) => Promise<T>,
  ): Promise<T>
  end(): void
}

const IDLE_MS = 600_000

export function openSession(
  lifeHarness: LifeHarness,
  options: SessionOptions,
  client: () => string | undefined,
): Session {
  const { idleMs = IDLE_MS, now = Date.now } = options
  let id: string | undefined
  let last = 0
  let turn = -1
  let index = 0
  let running = 0

  function episode(): Episode {
    const time = now()
    if (id !== undefined && running === 0 && time - last >= idleMs) end()
    last = time
    // The model is not known to a server; clients differ in the models they bring.
    const model = options.episode?.model ?? { provider: client() ?? 'mcp' }
    const open = lifeHarness.episode({ ...options.episode, ...(id ? { id } : {}), model, actions: ACTIONS })
    id = open.id
    return open
  }

  function end(): void {
    if (id !== undefined) lifeHarness.episode({ id }).end()
    id = undefined
    turn = -1
  }

  return {
    episode,
    end,
    async call({ id: callId, origin, name, arguments: input }, contracts, body) {
      const open = episode()
      if (contracts.length > 0) open.presentTools(contracts)
      if (running === 0) {
        turn += 1
        index = 0
      } else index += 1
      const approved = options.approved?.({ name, arguments: input }) ?? false
      const place = { turn, index, attempt: 1, approved }
      const call: ToolCall = { id: callId, tool: { origin, name }, ...place, input: (input ?? {}) as Json }
      running += 1
      try {
        return await body(open, call)
      } finally {
        running -= 1
        last = now()
      }
    },
  }
}
