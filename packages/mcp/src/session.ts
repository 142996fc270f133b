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
export const ACTIONS: readonly ActionType[] = [
  'replace-tools',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/** What MCP does not say of a session; all optional. */
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
  /** The tools as the model should see them, in the episode of now. `more`: further ones follow. */
  present(contracts: readonly ToolContract[], more?: boolean): readonly ToolContract[]
  /**
   * Runs one call in the episode of now; a new one after a pause. Calls that overlap are siblings of one turn. Where the
   * layer fails, `bare` runs instead.
   */
  call<T>(
    call: { id: string; origin: string; name: string; arguments?: unknown },
    contracts: readonly ToolContract[],
    body: (episode: Episode, call: ToolCall) => Promise<T>,
    bare: () => Promise<T>,
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
  let open: Episode | undefined
  let last = 0
  let turn = -1
  let index = 0
  let running = 0

  function episode(): Episode {
    const time = now()
    // Clients list tools long before they call one: only a call begins what a pause can end.
    if (open !== undefined && turn >= 0 && running === 0 && time - last >= idleMs) end()
    last = time
    // The model is not known to a server; clients differ in the models they bring.
    const model = options.episode?.model ?? { provider: client() ?? 'mcp' }
    const id = open === undefined ? {} : { id: open.id }
    // Servers made with the SDK and Zod 3 leave out arguments that their contracts forbid.
    open = lifeHarness.episode({ ...options.episode, ...id, model, actions: ACTIONS, strips: true })
    return open
  }

  function end(): void {
    open?.end()
    open = undefined
    turn = -1
  }

  function placed(
    { id, origin, name, arguments: input }: Parameters<Session['call']>[0],
    contracts: readonly ToolContract[],
  ): { own: Episode; call: ToolCall } {
    const own = episode()
    if (contracts.length > 0) own.presentTools(contracts)
    if (running === 0) {
      turn += 1
      index = 0
    } else index += 1
    const approved = options.approved?.({ name, arguments: input }) ?? false
    const place = { turn, index, attempt: 1, approved }
    return { own, call: { id, tool: { origin, name }, ...place, input: (input ?? {}) as Json } }
  }

  return {
    present(contracts, more = false) {
      try {
        return episode().presentTools(contracts, { more })
      } catch (error) {
        lifeHarness.report('mcp tools/list', error)
        return contracts
      }
    },
    end,
    async call(asked, contracts, body, bare) {
      let known: ReturnType<typeof placed>
      try {
        known = placed(asked, contracts)
      } catch (error) {
        lifeHarness.report('mcp tools/call', error)
        return bare()
      }
      running += 1
      try {
        return await body(known.own, known.call)
      } finally {
        running -= 1
        last = now()
      }
    },
  }
}
