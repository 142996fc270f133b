import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { isCommand } from '@langchain/langgraph'
import { type ActionType, type Episode, errorFacts, type LifeHarness } from '@lifeharness/core'
import { type AgentMiddleware, createMiddleware, type ModelRequest, type ToolCallRequest } from 'langchain'
import {
  agentError,
  isMiddlewareError,
  isToolInvocationError,
  rootOf,
  withContext,
  withContracts,
} from './act.ts'
import { type LayerOptions, layerOf } from './layer.ts'
import { type HostCall, type HostRun, isControlFlow, modelOf, refusal, requestOf } from './observe.ts'

export type LifeHarnessMiddlewareOptions = LayerOptions & {
  /**
   * `message` (default): an error of a tool becomes what LangChain tells the model of it without any middleware.
   * `throw`: it ends the run, as it does when another middleware wraps tool calls.
   */
  toolErrors?: 'message' | 'throw'
}

/** What LangChain lets a middleware do. */
export const MIDDLEWARE_ACTIONS: readonly ActionType[] = [
  'replace-tools',
  'add-context',
  'emit-calls',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/** Answers of one model turn that are held back, whatever the registry says. */
const MAX_HELD = 3

/**
 * The layer as a middleware for `createAgent`. Put it first, which is outermost. Do not stack it with
 * `toolRetryMiddleware`: outside of this one that never sees an error.
 */
export function lifeHarnessMiddleware(
  lifeHarness: LifeHarness,
  options: LifeHarnessMiddlewareOptions = {},
): AgentMiddleware {
  const layer = layerOf(lifeHarness, options, MIDDLEWARE_ACTIONS)

  async function wrapModelCall(
    request: ModelRequest,
    handler: (request: ModelRequest) => unknown,
  ): Promise<unknown> {
    const run = request as unknown as HostRun
    const prepared = layer.guarded('langgraph model request', () => prepare(request, run), undefined)
    if (!prepared) return handler(request)
    const { episode } = prepared
    let asked = prepared.request
    for (let held = 0; ; held++) {
      const response = await handler(asked)
      const goesOn = held < MAX_HELD && request.responseFormat === undefined
      const settled = layer.guarded(
        'langgraph model response',
        () => settle(episode, run, request, response, goesOn),
        { response },
      )
      if (!('instead' in settled)) return settled.response
      asked = { ...asked, messages: [...asked.messages, ...settled.instead] }
    }
  }

  function prepare(request: ModelRequest, run: HostRun): { episode: Episode; request: ModelRequest } {
    const episode = layer.episodeOf(run, modelOf(request.model))
    const contracts = layer.contractsOf(request.tools)
    const presented = layer.present(episode, contracts)
    const texts = episode.context(requestOf(run.state.messages))
    if (presented === contracts && texts.length === 0) return { episode, request }
    const tools = withContracts(request.tools, contracts, presented) as ModelRequest['tools']
    return { episode, request: { ...request, tools, messages: withContext(request.messages, texts) } }
  }

  /** What the agent gets; or what its model is to be asked with `instead`, because it may not end yet. */
  function settle(
    episode: Episode,
    run: HostRun,
    request: ModelRequest,
    response: unknown,
    goesOn: boolean,
  ): { response: unknown } | { instead: BaseMessage[] } {
    // A structured response ends the run and a Command steers it; neither holds a call for the tool node.
    if (!AIMessage.isInstance(response)) {
      if (!isCommand(response)) layer.ended(episode)
      return { response }
    }
    const told = layer.emitted(episode, run, response, request.responseFormat !== undefined)
    if (told.tool_calls?.length) return { response: told }
    const text = goesOn ? episode.holdAnswer() : undefined
    if (text !== undefined) return { instead: [told, new HumanMessage(text)] }
    layer.ended(episode)
    return { response: told }
  }

  function wrapToolCall(request: ToolCallRequest, handler: (request: ToolCallRequest) => unknown) {
    async function start(toolCall: HostCall): Promise<unknown> {
      try {
        return await handler(requestFor(request, toolCall))
      } catch (thrown) {
        if (isControlFlow(thrown) || request.runtime.signal?.aborted) throw thrown
        const root = rootOf(thrown)
        if (!isToolInvocationError(root)) throw thrown
        return refusal(agentError(root, request.toolCall), errorFacts(root.toolError))
      }
    }
    return layer.execute(request as unknown as HostRun, request.toolCall, {
      start,
      tells: (thrown) => options.toolErrors !== 'throw' && !isMiddlewareError(thrown),
      errorMessage: (thrown) => agentError(thrown, request.toolCall),
    })
  }

  return createMiddleware({
    name: 'LifeHarness',
    wrapModelCall: wrapModelCall as AgentMiddleware['wrapModelCall'] & object,
    wrapToolCall: wrapToolCall as AgentMiddleware['wrapToolCall'] & object,
  }) as AgentMiddleware
}

function requestFor(request: ToolCallRequest, toolCall: HostCall): ToolCallRequest {
  if (toolCall === request.toolCall) return request
  // Of another tool the host finds the implementation itself.
  const tool = toolCall.name === request.toolCall.name ? request.tool : undefined
  return { ...request, toolCall, tool } as ToolCallRequest
}
