import { type AIMessage, ToolMessage } from '@langchain/core/messages'
import {
  type ActionType,
  type Episode,
  type EpisodeInit,
  type LifeHarness,
  LOCAL_ORIGIN,
  type RunResult,
  type Tool,
  type ToolCall,
  type ToolContract,
  toolResult,
} from '@lifeharness/core'
import {
  actedIn,
  answerMessage,
  changedMessage,
  hostCallFor,
  hostResult,
  isRewritten,
  type Repair,
  refusedTextOf,
  rescuedMessage,
  retold,
  toldMessage,
} from './act.ts'
import { brokenText, isCutOff, isCutShort, isOpenEnded } from './argument-text.ts'
import { contractReader, type OriginOf, originOf } from './contracts.ts'
import {
  codec,
  type HostCall,
  type HostRun,
  isControlFlow,
  modelOfHistory,
  modelStepOf,
  sourceOf,
  toolCallOf,
  turnsOf,
} from './observe.ts'
import { type Ran, type Runs, rememberRuns } from './runs.ts'

/** What LangGraph does not say of a run; all optional. */
export type LayerOptions = {
  /**
   * What the caller knows of a run; an `id` of its own goes before everything the host says. An episode that the caller
   * named is his to end: `lifeHarness.episode({ id }).end({ success })`.
   */
  episode?(run: HostRun): Pick<EpisodeInit, 'id' | 'agent' | 'subject' | 'scope'> | undefined
  /**
   * A person approved this call in a way LangGraph does not show: it is executed as it is. Calls that may have been
   * emitted before an interruption always count as approved.
   */
  approved?(call: HostCall, run: HostRun): boolean
  /** Where a tool comes from. By default `mcp` for tools of `@langchain/mcp-adapters`, else `local`. */
  origin?: OriginOf
}

/** How a host executes one call. */
export type Execution = {
  /** Executes, and throws what the tool throws. A call of another name goes to the tool of that name. */
  start(call: HostCall): unknown
  /** Errors become messages for the model; others end the run. */
  tells(thrown: unknown): boolean
  /** The message that the host makes of an error. */
  errorMessage(thrown: unknown): ToolMessage
}

/** What middleware and nodes have in common. */
export type Layer = {
  contractsOf(tools: readonly unknown[]): readonly ToolContract[]
  /** A fault of our own must not reach the host: what it would have had without us is used instead. */
  guarded<T>(where: string, body: () => T, instead: T): T
  /** `known`: the episode that the run is known to belong to. */
  episodeOf(run: HostRun, model: EpisodeInit['model'], known?: string): Episode
  /** Who names an episode also ends it: only he knows whether it went well, and an episode ends once. */
  ended(episode: Episode): void
  /** All tools of one model call; the same array comes back where the model should see them as they are. */
  present(episode: Episode, contracts: readonly ToolContract[]): readonly ToolContract[]
  /** The tools of one node of several: an episode knows those of all. */
  addTools(episode: Episode, tools: readonly unknown[]): void
  /**
   * A message as its model wrote it: dead calls are repaired here, where history, approvals and streams of state take
   * them from, and calls written as text become calls. `structured`: text is an output, and so may a call be.
   */
  emitted(episode: Episode, run: HostRun, message: AIMessage, structured?: boolean): AIMessage
  /** A result that some other node made of a call in the history. */
  observed(run: HostRun, message: ToolMessage): ToolMessage
  /** Executes one call through its episode. `tools`: those of the node, where no model turn has shown them. */
  execute(run: HostRun, call: HostCall, execution: Execution, tools?: readonly unknown[]): Promise<unknown>
}

/** Nodes of one graph are wrapped one by one, and know of each other's calls by what they share. */
type Shared = {
  runs: Runs
  toolsOf: WeakMap<Episode, ReadonlyMap<string, ToolContract>>
  readers: WeakMap<OriginOf, ReturnType<typeof contractReader>>
  endedByCaller: WeakSet<Episode>
  /** Results of calls that went through an episode. */
  results: WeakSet<object>
}

const sharedBy = new WeakMap<LifeHarness, Shared>()

function sharedOf(lifeHarness: LifeHarness): Shared {
  const shared = sharedBy.get(lifeHarness) ?? {
    runs: rememberRuns(),
    toolsOf: new WeakMap(),
    readers: new WeakMap(),
    endedByCaller: new WeakSet(),
    results: new WeakSet(),
  }
  sharedBy.set(lifeHarness, shared)
  return shared
}

export function layerOf(
  lifeHarness: LifeHarness,
  { origin = originOf, ...options }: LayerOptions,
  actions: readonly ActionType[],
): Layer {
  const { runs, toolsOf, readers, endedByCaller, results } = sharedOf(lifeHarness)
  const contractsOf = readers.get(origin) ?? contractReader(origin)
  readers.set(origin, contractsOf)

  function guarded<T>(where: string, body: () => T, instead: T): T {
    try {
      return body()
    } catch (error) {
      lifeHarness.report(where, error)
      return instead
    }
  }

  function episodeOf(run: HostRun, model: EpisodeInit['model'], known?: string): Episode {
    const said = options.episode?.(run)
    const id = said?.id ?? known ?? runs.idOf(run)
    const episode = lifeHarness.episode({
      ...said,
      ...(id ? { id } : {}),
      ...(model ? { model } : {}),
      actions,
    })
    if (known === undefined) runs.name(run, episode.id)
    if (said?.id !== undefined) endedByCaller.add(episode)
    return episode
  }

  function toolOf(episode: Episode, name: string): Tool {
    return toolsOf.get(episode)?.get(name)?.tool ?? { origin: LOCAL_ORIGIN, name }
  }

  function present(episode: Episode, contracts: readonly ToolContract[]): readonly ToolContract[] {
    toolsOf.set(episode, new Map(contracts.map((contract) => [contract.tool.name, contract])))
    return episode.presentTools(contracts)
  }

  function addTools(episode: Episode, tools: readonly unknown[]): void {
    const known = toolsOf.get(episode)
    const contracts = contractsOf(tools)
    if (contracts.every((contract) => known?.get(contract.tool.name) === contract)) return
    const all = new Map([...(known?.values() ?? []), ...contracts].map((one) => [one.tool.name, one]))
    present(episode, [...all.values()])
  }

  function emitted(episode: Episode, run: HostRun, message: AIMessage, structured = false): AIMessage {
    episode.observeModel(modelStepOf(message))
    const turn = turnsOf(run.state.messages)
    const calls = message.tool_calls ?? []
    const repairs: Repair[] = []
    const refused: Record<string, string> = {}
    const note = (id: string, rawInput?: string) => runs.emitted(run, id, { episode: episode.id, rawInput })
    for (const [index, call] of calls.entries()) {
      // Among structured outputs, a name that is no tool's is a format.
      if (structured && !toolsOf.get(episode)?.has(call.name)) continue
      const raw = brokenText(message, call)
      const step = toolCallOf(call, { turn, index }, toolOf(episode, call.name), raw)
      const { call: repaired, applied } = episode.repairEmitted(step)
      const isRepaired = repaired !== step && isExecutable(repaired)
      if (isRepaired) repairs.push({ index, invalid: false, call: repaired, interventions: actedIn(applied) })
      else if (raw !== undefined && isOpenEnded(raw) && !lifeHarness.off)
        refused[step.id] = refuse(episode, step, CUT_OFF).text
      note(step.id, isRepaired ? undefined : raw)
    }
    for (const [at, { id, name = '', args = '', error }] of (message.invalid_tool_calls ?? []).entries()) {
      const place = { turn, index: calls.length + at }
      const step = toolCallOf({ ...(id ? { id } : {}), name, args }, place, toolOf(episode, name), args)
      const { call: repaired, applied } = episode.repairEmitted(step)
      if (isExecutable(repaired)) {
        repairs.push({ index: at, invalid: true, call: repaired, interventions: actedIn(applied) })
        note(step.id)
        continue
      }
      // The host tells nobody of such a call. Where there is something to tell, it is answered like any other.
      const { text, interventions } = refuse(episode, step, error ?? 'Malformed args.', id !== undefined)
      if (interventions.length === 0) continue
      repairs.push({ index: at, invalid: true, call: { ...step, input: {} }, interventions })
      refused[step.id] = text
    }
    if (repairs.length + Object.keys(refused).length > 0) return changedMessage(message, repairs, refused)
    const isText = calls.length === 0 && !message.invalid_tool_calls?.length && toolsOf.get(episode)?.size
    if (!isText || structured || isCutShort(message)) return message
    const id = `call_${globalThis.crypto.randomUUID()}`
    const { calls: rescued, applied } = episode.rescueText(message.text, { id, turn, index: 0 })
    for (const { id } of rescued) note(id)
    return rescued.length > 0 ? rescuedMessage(message, rescued, actedIn(applied)) : message
  }

  async function execute(...[run, call, execution, tools]: Parameters<Layer['execute']>): Promise<unknown> {
    const result = await executed(run, call, execution, tools)
    if (ToolMessage.isInstance(result)) results.add(result)
    return result
  }

  async function executed(
    run: HostRun,
    hostCall: HostCall,
    { start, tells, errorMessage }: Execution,
    tools?: readonly unknown[],
  ): Promise<unknown> {
    const { signal } = run.runtime
    const asked = guarded('langgraph tool request', () => callOf(run, hostCall, tools), undefined)
    if (asked?.refused !== undefined) return answerMessage(asked.refused, true, hostCall)
    const repeated = asked?.ran?.settled ? asked.ran : undefined
    let ran = false
    let running = asked?.call
    const started = (executed: ToolCall) => {
      ran = true
      running = executed
      return start(asked ? hostCallFor(hostCall, asked.emitted, executed) : hostCall)
    }
    let thrown: unknown
    try {
      if (!asked) return await start(hostCall)
      if (repeated) {
        // The host repeats a whole step for the sake of a sibling: this one is recorded already.
        const value = await started(asked.call)
        return guarded('langgraph tool result', () => retold(value, repeated, asked.emitted), value)
      }
      const host = { host: { ...codec, tells }, ...(signal ? { signal } : {}) }
      const outcome = await asked.episode.run(asked.call, started, host)
      const { value } = outcome.result
      if (!outcome.thrown || !ran) {
        if (ran) settle(asked, outcome)
        return guarded(
          'langgraph tool result',
          () => hostResult(hostCall, outcome, ran, asked.emitted),
          value,
        )
      }
      thrown = value
      if (tells(thrown)) {
        settle(asked, outcome)
        const message = errorMessage(thrown)
        return guarded('langgraph tool result', () => toldMessage(message, outcome, asked.emitted), message)
      }
      runs.forget(asked.key)
    } catch (controlFlow) {
      thrown = controlFlow
      if (isControlFlow(thrown)) {
        if (asked && running && !repeated) remember(asked, running)
      } else if (!signal?.aborted && tells(thrown)) {
        // An abort of the tool's own making is an error like others to the host.
        return errorMessage(thrown)
      }
    }
    throw thrown
  }

  function observed(run: HostRun, message: ToolMessage): ToolMessage {
    if (results.has(message)) return message
    const source = sourceOf(run.state.messages, { id: message.tool_call_id })
    const call = source.message?.tool_calls?.[source.place.index]
    if (!source.message || !call) return message
    const emission = runs.emission(run, message.tool_call_id)
    const episode = episodeOf(run, modelOfHistory(run.state.messages), emission?.episode)
    const emitted = toolCallOf(call, source.place, toolOf(episode, call.name), emission?.rawInput)
    const read = codec.read?.(message)
    const result = toolResult(read?.outcome ?? 'ok', message, read)
    return toldMessage(message, episode.observe(emitted, result, { tells: true }), emitted)
  }

  function callOf(run: HostRun, hostCall: HostCall, tools: readonly unknown[] | undefined): Asked {
    const { messages } = run.state
    const { at, message, place } = sourceOf(messages, hostCall)
    const { id } = toolCallOf(hostCall, place, { origin: LOCAL_ORIGIN, name: hostCall.name })
    const emission = runs.emission(run, id)
    const episode = episodeOf(run, modelOfHistory(messages), emission?.episode)
    if (tools) addTools(episode, tools)
    const raw = emission || !message ? emission?.rawInput : brokenText(message, hostCall)
    const emitted = toolCallOf(hostCall, place, toolOf(episode, hostCall.name), raw)
    const key = `${episode.id} ${message?.id ?? ''} ${id}`
    const ran = runs.recall(key)
    const { tool, input } = ran?.rewritten ?? emitted
    const approved =
      ran !== undefined || runs.isApproved(run, id, at) || options.approved?.(hostCall, run) === true
    const isCut = message && !emission && !lifeHarness.off && isCutOff(message, hostCall)
    return {
      episode,
      emitted,
      call: { ...emitted, tool, approved, ...(input === undefined ? {} : { input }) },
      key,
      siblings: message?.id !== undefined && (message.tool_calls?.length ?? 0) > 1,
      ran,
      refused: refusedTextOf(message, id) ?? (isCut ? refuse(episode, emitted, CUT_OFF).text : undefined),
    }
  }

  function settle(asked: Asked, outcome: RunResult): void {
    if (asked.siblings) remember(asked, outcome.executed, outcome)
    else runs.forget(asked.key)
  }

  /** Without an outcome the call has not come to its end. */
  function remember({ key, emitted }: Asked, executed: ToolCall, outcome?: RunResult): void {
    const { notes = [], applied = [] } = outcome ?? {}
    const rewritten = isRewritten(emitted, executed) ? executed : undefined
    runs.remember(key, { rewritten, notes, applied, settled: outcome !== undefined })
  }

  return { contractsOf, guarded, episodeOf, ended, present, addTools, emitted, observed, execute }

  function ended(episode: Episode): void {
    if (!endedByCaller.has(episode)) episode.end()
  }
}

/** A call of the host, found in its history. */
type Asked = {
  episode: Episode
  emitted: ToolCall
  call: ToolCall
  key: string
  /** Others are executed in the same step, and may have it repeated. */
  siblings: boolean
  ran: Ran | undefined
  refused: string | undefined
}

/** Refuses a call in the place of its host: what the model is to be told, and which interventions have a part in it. */
function refuse(
  episode: Episode,
  call: ToolCall,
  reason: string,
  tells = true,
): { text: string; interventions: readonly string[] } {
  const text = `Error: ${reason}`
  const result = toolResult('error', text, { error: { message: reason }, view: () => text })
  const { edited, applied } = episode.observe(call, result, { tells })
  return edited === undefined
    ? { text, interventions: [] }
    : { text: String(edited), interventions: actedIn(applied) }
}

const CUT_OFF =
  'the arguments of this call were cut off before their end, so it was not executed. Send it again, whole.'

/** The host takes nothing but an object for arguments. */
function isExecutable({ input }: ToolCall): boolean {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}
