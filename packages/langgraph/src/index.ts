import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { isCommand } from '@langchain/langgraph'
import {
  type ActionType,
  type Episode,
  type EpisodeInit,
  errorFacts,
  type LifeHarness,
  LOCAL_ORIGIN,
  type ModelStep,
  type RunResult,
  type Tool,
  type ToolCall,
  toolResult,
} from '@lifeharness/core'
import { type AgentMiddleware, createMiddleware, type ModelRequest, type ToolCallRequest } from 'langchain'
import {
  answerMessage,
  errorMessage,
  isMiddlewareError,
  isToolInvocationError,
  type Repair,
  repairedMessage,
  requestFor,
  rootOf,
  toldMessage,
  withContext,
  withContracts,
} from './act.ts'
import {
  brokenText,
  codec,
  contractReader,
  type HostCall,
  type HostRun,
  isControlFlow,
  modelOf,
  modelOfHistory,
  type OriginOf,
  originOf,
  placeOf,
  refusal,
  toolCallOf,
  turnsOf,
} from './observe.ts'
import { rememberRuns } from './runs.ts'

export type LifeHarnessMiddlewareOptions = {
  /**
   * What the caller knows of a run; an `id` of its own goes before everything the host says. An episode that the caller
   * named is his to end: `lifeHarness.episode({ id }).end({ success })`.
   */
  episode?(run: HostRun): Pick<EpisodeInit, 'id' | 'agent' | 'subject' | 'scope'> | undefined
  /**
   * A person approved this call in a way LangGraph does not show: it is executed as it is. Calls that run after an
   * interruption always count as approved.
   */
  approved?(call: HostCall, run: HostRun): boolean
  /** Where a tool comes from. By default `mcp` for tools of `@langchain/mcp-adapters`, else `local`. */
  origin?: OriginOf
  /**
   * `message` (default): an error of a tool becomes what LangChain tells the model of it without any middleware.
   * `throw`: it ends the run, as it does when another middleware wraps tool calls.
   */
  toolErrors?: 'message' | 'throw'
}

/** What LangChain lets a middleware do. */
export const ACTIONS: readonly ActionType[] = [
  'replace-tools',
  'add-context',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/**
 * The layer as a middleware for `createAgent`. Put it first, which is outermost. Do not stack it with
 * `toolRetryMiddleware`: outside of this one that never sees an error.
 */
export function lifeHarnessMiddleware(
  lifeHarness: LifeHarness,
  options: LifeHarnessMiddlewareOptions = {},
): AgentMiddleware {
  const contractsOf = contractReader(options.origin ?? originOf)
  const runs = rememberRuns()
  const toolsOf = new WeakMap<Episode, ReadonlyMap<string, Tool>>()
  const endedByCaller = new WeakSet<Episode>()

  function episodeOf(run: HostRun, model: EpisodeInit['model']): Episode {
    const said = options.episode?.(run)
    const id = said?.id ?? runs.idOf(run)
    const episode = lifeHarness.episode({
      ...said,
      ...(id ? { id } : {}),
      ...(model ? { model } : {}),
      actions: ACTIONS,
    })
    runs.name(run, episode.id)
    if (said?.id !== undefined) endedByCaller.add(episode)
    return episode
  }

  /** Who names an episode also ends it: only he knows whether it went well, and an episode ends once. */
  function ended(episode: Episode): void {
    if (!endedByCaller.has(episode)) episode.end()
  }

  function toolOf(episode: Episode, name: string): Tool {
    return toolsOf.get(episode)?.get(name) ?? { origin: LOCAL_ORIGIN, name }
  }

  /** A fault of our own must not reach the host: what it would have had without us is used instead. */
  function guarded<T>(where: string, body: () => T, instead: T): T {
    try {
      return body()
    } catch (error) {
      lifeHarness.report(where, error)
      return instead
    }
  }

  async function wrapModelCall(
    request: ModelRequest,
    handler: (request: ModelRequest) => unknown,
  ): Promise<unknown> {
    const run = request as unknown as HostRun
    const prepared = guarded('langgraph model request', () => prepare(request, run), undefined)
    if (!prepared) return handler(request)
    const { episode } = prepared
    const response = await handler(prepared.request)
    return guarded('langgraph model response', () => settleModel(episode, run, request, response), response)
  }

  function prepare(request: ModelRequest, run: HostRun): { episode: Episode; request: ModelRequest } {
    const episode = episodeOf(run, modelOf(request.model))
    const contracts = contractsOf(request.tools)
    toolsOf.set(episode, new Map(contracts.map(({ tool }) => [tool.name, tool])))
    const presented = episode.presentTools(contracts)
    const texts = episode.context()
    if (presented === contracts && texts.length === 0) return { episode, request }
    const tools = withContracts(request.tools, contracts, presented) as ModelRequest['tools']
    return { episode, request: { ...request, tools, messages: withContext(request.messages, texts) } }
  }

  function settleModel(episode: Episode, run: HostRun, request: ModelRequest, response: unknown): unknown {
    // A structured response ends the run and a Command steers it; neither holds a call for the tool node.
    if (!AIMessage.isInstance(response)) {
      if (!isCommand(response)) ended(episode)
      return response
    }
    episode.observeModel(modelStepOf(response))
    const told = repairEmitted(episode, run, response, request.responseFormat !== undefined)
    if (!told.tool_calls?.length) ended(episode)
    return told
  }

  /** Dead calls are repaired here, where history, approvals and streams of state take them from. */
  function repairEmitted(episode: Episode, run: HostRun, message: AIMessage, structured: boolean): AIMessage {
    const turn = turnsOf(run.state.messages)
    const calls = message.tool_calls ?? []
    const repairs: Repair[] = []
    const emitted = new Map<string, string | undefined>()
    for (const [index, call] of calls.entries()) {
      // Among structured outputs, a name that is no tool's is a format.
      if (structured && !toolsOf.get(episode)?.has(call.name)) continue
      const raw = brokenText(message, call)
      const step = toolCallOf(call, { turn, index }, toolOf(episode, call.name), raw)
      const repaired = episode.repairEmitted(step).call
      const changed = repaired !== step && isExecutable(repaired)
      if (changed) repairs.push({ index, invalid: false, call: repaired })
      emitted.set(step.id, changed ? undefined : raw)
    }
    for (const [at, { id, name = '', args = '', error }] of (message.invalid_tool_calls ?? []).entries()) {
      const place = { turn, index: calls.length + at }
      const step = toolCallOf({ ...(id ? { id } : {}), name, args }, place, toolOf(episode, name), args)
      const repaired = episode.repairEmitted(step).call
      if (isExecutable(repaired)) {
        repairs.push({ index: at, invalid: true, call: repaired })
        emitted.set(step.id, undefined)
      } else {
        // The host tells nobody of such a call.
        const facts = { message: error ?? 'malformed arguments' }
        episode.observe(step, toolResult('error', facts.message, { error: facts }))
      }
    }
    runs.emitted(run, emitted)
    return repairs.length > 0 ? repairedMessage(message, repairs) : message
  }

  async function wrapToolCall(
    request: ToolCallRequest,
    handler: (request: ToolCallRequest) => unknown,
  ): Promise<unknown> {
    const run = request as unknown as HostRun
    const { signal } = run.runtime
    const asked = guarded('langgraph tool request', () => callOf(request, run), undefined)
    let ran = false
    let running = asked?.call
    async function execute(executed?: ToolCall): Promise<unknown> {
      ran = true
      running = executed
      try {
        return await handler(asked && executed ? requestFor(request, asked.emitted, executed) : request)
      } catch (thrown) {
        if (isControlFlow(thrown) || signal?.aborted) throw thrown
        const root = rootOf(thrown)
        if (!isToolInvocationError(root)) throw thrown
        return refusal(errorMessage(root, request.toolCall), errorFacts(root.toolError))
      }
    }
    let thrown: unknown
    try {
      if (!asked) return await execute()
      const tells = (error: unknown) => !isFatal(error)
      const host = { host: { ...codec, tells }, ...(signal ? { signal } : {}) }
      const outcome = await asked.episode.run(asked.call, execute, host)
      runs.settle(asked.key)
      const { value } = outcome.result
      if (!outcome.thrown || !ran)
        return guarded('langgraph tool result', () => hostResult(request, outcome, ran), value)
      thrown = value
      if (!isFatal(thrown)) {
        const message = errorMessage(thrown, request.toolCall)
        return guarded('langgraph tool result', () => toldMessage(message, outcome), message)
      }
    } catch (controlFlow) {
      thrown = controlFlow
      if (isControlFlow(thrown)) {
        if (asked && running) runs.interrupt(asked.key, running)
      } else if (!signal?.aborted && !isFatal(thrown)) {
        // An abort of the tool's own making is an error like others to the host.
        return errorMessage(thrown, request.toolCall)
      }
    }
    throw thrown
  }

  function callOf(request: ToolCallRequest, run: HostRun) {
    const { toolCall } = request
    const { messages } = run.state
    const episode = episodeOf(run, modelOfHistory(messages))
    const place = placeOf(messages, toolCall)
    const { id } = toolCallOf(toolCall, place, toolOf(episode, toolCall.name))
    const emitted = toolCallOf(toolCall, place, toolOf(episode, toolCall.name), runs.rawInput(run, id))
    const key = `${episode.id} ${id}`
    const resumed = runs.resumed(key)
    const approved =
      resumed !== undefined || runs.isApproved(run, id) || options.approved?.(toolCall, run) === true
    const call: ToolCall = { ...emitted, approved, ...(resumed?.input ? { input: resumed.input } : {}) }
    return { episode, emitted, call, key }
  }

  function hostResult(request: ToolCallRequest, outcome: RunResult, ran: boolean): unknown {
    const { value } = outcome.result
    if (!ran) return answerMessage(outcome.edited ?? outcome.result.view(), outcome.thrown, request.toolCall)
    return ToolMessage.isInstance(value) ? toldMessage(value, outcome) : value
  }

  function isFatal(thrown: unknown): boolean {
    return options.toolErrors === 'throw' || isMiddlewareError(thrown)
  }

  return createMiddleware({
    name: 'LifeHarness',
    wrapModelCall: wrapModelCall as AgentMiddleware['wrapModelCall'] & object,
    wrapToolCall: wrapToolCall as AgentMiddleware['wrapToolCall'] & object,
  }) as AgentMiddleware
}

/** The host takes nothing but an object for arguments. */
function isExecutable({ input }: ToolCall): boolean {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

function modelStepOf(message: AIMessage): Omit<ModelStep, 'type'> {
  const metadata = message.response_metadata as Record<string, unknown>
  const reason = metadata.finish_reason ?? metadata.stop_reason ?? metadata.finishReason
  const usage = message.usage_metadata
  return {
    ...(typeof reason === 'string' ? { finishReason: reason } : {}),
    ...(usage ? { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } } : {}),
    ...(message.text ? { text: message.text } : {}),
  }
}

export type { HostCall, HostRun, OriginOf }
