import type { LanguageModelLike } from '@langchain/core/language_models/base'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { isGraphBubbleUp } from '@langchain/langgraph'
import {
  boundedView,
  type EpisodeInit,
  type ErrorFacts,
  type HostCodec,
  type Json,
  type JsonObject,
  LOCAL_ORIGIN,
  type Tool,
  type ToolCall,
  type ToolContract,
} from '@lifeharness/core'

/** A tool as LangChain hands it to the model; provider-executed ones are plain objects and cannot be run here. */
export type HostTool = { name?: unknown; description?: unknown; schema?: unknown; metadata?: unknown }

/** Which server a tool comes from; `local` for tools of the user's own code. */
export type OriginOf = (tool: HostTool) => string | undefined

/**
 * Tools made by `@langchain/mcp-adapters` carry their MCP annotations in `metadata`; the name of their server is not
 * kept, so they share the origin `mcp`, which nobody trusts unless the user says so.
 */
export const originOf: OriginOf = ({ metadata }) =>
  typeof metadata === 'object' && metadata !== null && 'annotations' in metadata ? 'mcp' : LOCAL_ORIGIN

/** The contracts of an agent's tools, made once per tool; equal lists of tools give the same array. */
export function contractReader(origin: OriginOf): (tools: readonly unknown[]) => readonly ToolContract[] {
  const byTool = new WeakMap<object, ToolContract>()
  let last: readonly ToolContract[] = []
  return (tools) => {
    const contracts = tools.filter(isNamed).map((tool) => {
      const known = byTool.get(tool)
      if (known) return known
      const contract = isClientTool(tool)
        ? contractOf(tool, origin(tool) ?? LOCAL_ORIGIN)
        : { tool: { origin: LOCAL_ORIGIN, name: nameOf(tool) as string } }
      byTool.set(tool, contract)
      return contract
    })
    const same = contracts.length === last.length && contracts.every((contract, i) => contract === last[i])
    if (!same) last = contracts
    return last
  }
}

function isClientTool(tool: object): tool is HostTool & object {
  return 'invoke' in tool && 'name' in tool
}

/**
 * Definitions without an implementation are tools too: the provider or another middleware runs them. What they check is
 * not known; but a call of one is no call of an unknown tool.
 */
function isNamed(tool: unknown): tool is object {
  return typeof tool === 'object' && tool !== null && nameOf(tool) !== undefined
}

function nameOf(tool: object): string | undefined {
  const {
    name,
    type,
    function: inner,
  } = tool as { name?: unknown; type?: unknown; function?: { name?: unknown } }
  return [name, inner?.name, type].find((one) => typeof one === 'string')
}

function contractOf(tool: HostTool, origin: string): ToolContract {
  const { annotations } = (tool.metadata ?? {}) as { annotations?: JsonObject }
  const inputSchema = acceptedSchema(tool.schema)
  return {
    tool: { origin, name: String(tool.name) },
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(inputSchema ? { inputSchema } : {}),
    ...(annotations ? { annotations } : {}),
  }
}

/**
 * What the host accepts, as JSON Schema. The schema shown to the model is stricter than the check before execution:
 * there defaults are required, unknown members are stripped and coerced types are not checked. By that one, calls that
 * the host executes would look dead.
 */
function acceptedSchema(schema: unknown): JsonObject | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  if (!('_zod' in schema || '_def' in schema)) return toJsonSchema(schema as never) as JsonObject
  try {
    const accepted = toJsonSchema(schema as never, {
      io: 'input',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        const { def } = (zodSchema as { _zod: { def: { coerce?: boolean; catchall?: unknown } } })._zod
        if (def.coerce) for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword]
      },
    })
    return withoutClosedObjects(accepted as JsonObject) as JsonObject
  } catch {
    return undefined
  }
}

function withoutClosedObjects(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutClosedObjects)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(
    ([key, value]) => key !== 'additionalProperties' || value !== false,
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutClosedObjects(value)]))
}

/** What both hooks of a middleware are handed. */
export type HostRun = {
  state: { messages: BaseMessage[] }
  runtime: {
    configurable?: Record<string, unknown>
    writer?: object
    signal?: AbortSignal
    context?: unknown
  }
}

/**
 * The id of the run that a hook is called in. LangGraph 1.7 hands its run id to no hook: only what the LangGraph server
 * or the caller put into `configurable` or `metadata` is there. Without one, it is the message that began the run, inside
 * its thread: stable over interrupts and processes. Without a thread it is undefined; such a run ends in its process.
 */
export function runIdOf({ state, runtime }: HostRun): string | undefined {
  const { run_id, thread_id, checkpoint_ns } = runtime.configurable ?? {}
  const config = AsyncLocalStorageProviderSingleton.getRunnableConfig() as
    | { metadata?: { run_id?: unknown }; executionInfo?: { runId?: unknown } }
    | undefined
  const run = [run_id, config?.metadata?.run_id, config?.executionInfo?.runId].find(
    (id) => typeof id === 'string',
  )
  if (run !== undefined) {
    // An agent inside another's tool inherits the run id, and is an episode of its own.
    const parents = String(checkpoint_ns ?? '')
      .split('|')
      .slice(0, -1)
      .join('|')
    return parents ? `${run}/${parents}` : String(run)
  }
  const first = state.messages[lastHuman(state.messages)] ?? state.messages[0]
  return thread_id !== undefined && first?.id ? `${String(thread_id)}/${first.id}` : undefined
}

function lastHuman(messages: readonly BaseMessage[]): number {
  return messages.findLastIndex((message) => HumanMessage.isInstance(message))
}

/** Number of model turns of this run that are in the history. */
export function turnsOf(messages: readonly BaseMessage[]): number {
  return messages.slice(lastHuman(messages) + 1).filter((message) => AIMessage.isInstance(message)).length
}

/** Provider and model id, as far as a model says them. */
export function modelOf(model: LanguageModelLike): EpisodeInit['model'] {
  try {
    const bound = model as unknown as {
      bound?: unknown
      getLsParams?(options: object): Record<string, unknown>
    }
    const params = (bound.getLsParams ? bound : (bound.bound as typeof bound | undefined))?.getLsParams?.({})
    return named(params?.ls_provider, params?.ls_model_name)
  } catch {
    return undefined
  }
}

/** The model that wrote the newest message, where only the history is at hand (after a resumption). */
export function modelOfHistory(messages: readonly BaseMessage[]): EpisodeInit['model'] {
  const metadata = messages.findLast((message) => AIMessage.isInstance(message))?.response_metadata
  return named(metadata?.model_provider, metadata?.model_name)
}

function named(provider: unknown, modelId: unknown): EpisodeInit['model'] {
  return {
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof modelId === 'string' ? { modelId } : {}),
  }
}

export type HostCall = { id?: string; name: string; args: unknown }

export type Place = { turn: number; index: number }

/** A call as the model emitted it. Calls without an id are known by their place. `raw`: its text, when it was no JSON. */
export function toolCallOf(call: HostCall, place: Place, tool: Tool, raw?: string): ToolCall {
  return {
    id: call.id ?? `${place.turn}.${place.index}`,
    tool,
    ...place,
    attempt: 1,
    approved: false,
    ...(raw === undefined ? { input: call.args as Json } : { rawInput: raw }),
  }
}

/** Where in the history the call stands that a tool hook is handed. */
export function placeOf(messages: readonly BaseMessage[], { id }: HostCall): Place {
  const at = messages.findLastIndex(
    (message) => AIMessage.isInstance(message) && message.tool_calls?.some((call) => call.id === id),
  )
  const calls = (messages[at] as AIMessage | undefined)?.tool_calls ?? []
  return {
    turn: Math.max(0, turnsOf(at < 0 ? messages : messages.slice(0, at + 1)) - 1),
    index: Math.max(
      0,
      calls.findIndex((call) => call.id === id),
    ),
  }
}

/**
 * The argument text of a streamed call when it is no JSON. A stream that was cut off is completed silently by
 * LangChain, which then executes half an argument: the chunks of the fresh message are the only place that shows it.
 */
export function brokenText(message: AIMessage, call: HostCall): string | undefined {
  const { tool_call_chunks: chunks } = message as { tool_call_chunks?: { id?: string; args?: string }[] }
  const text = chunks?.find(({ id }) => id !== undefined && id === call.id)?.args
  if (!text) return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return text
  }
}

/** Facts of errors that were turned into messages, which hold more than the text the model reads. */
const refusals = new WeakMap<object, ErrorFacts>()

/** Remembers what an error message was made of. */
export function refusal(message: ToolMessage, facts: ErrorFacts): ToolMessage {
  refusals.set(message, facts)
  return message
}

export const codec: HostCodec = {
  read(value) {
    // A Command steers the graph; there is no result in it to judge.
    if (!ToolMessage.isInstance(value)) return { outcome: 'ok', view: () => null }
    const view = () => contentView(value.content)
    if (value.status !== 'error') return { outcome: 'ok', view }
    const error = refusals.get(value) ?? { message: value.text || 'unknown error' }
    return { outcome: 'error', error, view: () => error.message }
  },
  isControlFlow,
}

/** Interrupts, commands to the parent and the like. (The host's own test throws for `null`.) */
export function isControlFlow(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && isGraphBubbleUp(thrown as Error)
}

/** Text as it is; of other content blocks the media type and size. */
function contentView(content: ToolMessage['content']): Json {
  if (typeof content === 'string') return boundedView(content)
  const blocks = content.map((block): unknown => {
    const { type, data, text, mimeType, mime_type } = block as Record<string, unknown>
    if (type === 'text') return text
    if (typeof data !== 'string') return block
    return { mediaType: mimeType ?? mime_type ?? String(type), bytes: Math.floor((data.length * 3) / 4) }
  })
  return boundedView(blocks.every((block) => typeof block === 'string') ? blocks.join('\n') : blocks)
}
