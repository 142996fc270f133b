import { type LifeHarness, type ToolCall, type ToolContract, toolResult } from '@lifeharness/core'
import type { ToolCallRepairFunction, ToolSet } from 'ai'
import { type Messages, placeOf } from './conversation.ts'
import type { ShownTool } from './host.ts'
import { episodeOf, givenEpisode, memoryOf, remember } from './memory.ts'
import { contractsOf, emittedInput, originOf } from './observe.ts'
import { HOST_ACTIONS, type LifeHarnessMiddlewareOptions } from './turn.ts'

/** What is used of the host's request, in all majors. */
type Request = {
  toolCall: { toolCallId: string; toolName: string; input: string }
  tools: Readonly<Record<string, { type?: string; description?: unknown }>>
  inputSchema(of: { toolName: string }): unknown
  messages: Messages
  error: Error
}

/**
 * For `repairToolCall` (before AI SDK 7: `experimental_repairToolCall`), where nothing else of the layer is wanted at the
 * model: repairs calls that the host refuses, by what is active, and records those it cannot. Text calls, hints and changes
 * of live calls need the middleware and the tools; beside the middleware of the same life harness this does nothing.
 */
export function lifeHarnessRepairToolCall<Tools extends ToolSet = ToolSet>(
  lifeHarness: LifeHarness,
  options: LifeHarnessMiddlewareOptions = {},
): ToolCallRepairFunction<Tools> {
  const memory = memoryOf(lifeHarness)

  async function repaired({ toolCall, tools, inputSchema, messages, error }: Request) {
    const { toolCallId, toolName } = toolCall
    // The middleware has seen it, and has left it as it is.
    if (memory.calls.get(toolCallId)?.call) return null
    const { episode: said, ...who } = options
    const id = givenEpisode(said) ?? episodeOf(memory, messages) ?? toolCallId
    const episode = lifeHarness.episode({ ...who, id, actions: HOST_ACTIONS })
    episode.presentTools(await contracts(tools, inputSchema))
    const { turn, index } = placeOf(messages, toolCallId)
    const tool = { origin: originOf(memory, toolName), name: toolName }
    const emitted = emittedInput(toolCall.input)
    const call: ToolCall = { id: toolCallId, tool, turn, index, attempt: 1, approved: false, ...emitted }
    const { call: edited } = episode.repairEmitted(call, 'refused')
    if (edited === call || edited.input === undefined) {
      const { name, message } = error
      episode.observe(call, toolResult('error', message, { error: { name, message } }))
      return null
    }
    if (memory.tools.has(edited.tool.name)) remember(memory.calls, toolCallId, { episode: id, call: edited })
    // Nobody tells what becomes of it.
    else episode.observe(edited, toolResult('interrupted', null))
    return { ...toolCall, toolName: edited.tool.name, input: JSON.stringify(edited.input) }
  }

  async function contracts(
    tools: Request['tools'],
    inputSchema: Request['inputSchema'],
  ): Promise<readonly ToolContract[]> {
    const shown = Object.entries(tools).map(async ([name, { type, description }]): Promise<ShownTool> => {
      // Tools that the provider runs have a schema of its own.
      if (type === 'provider' || type === 'provider-defined') return { type: 'provider', name }
      const text = typeof description === 'string' ? { description } : {}
      return { type: 'function', name, ...text, inputSchema: await inputSchema({ toolName: name }) }
    })
    return contractsOf(memory, await Promise.all(shown))
  }

  const repair = async (request: Request) => {
    try {
      return await repaired(request)
    } catch (error) {
      lifeHarness.report('ai-sdk repairToolCall', error)
      return null
    }
  }
  return repair as unknown as ToolCallRepairFunction<Tools>
}
