import type { LanguageModelLike } from '@langchain/core/language_models/base'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { isGraphBubbleUp } from '@langchain/langgraph'
import {
  boundedView,
  type EpisodeInit,
  type ErrorFacts,
  type HostCodec,
  type Json,
  type ModelStep,
  type Tool,
  type ToolCall,
} from '@lifeharness/core'
import { finishReasonOf } from './argument-text.ts'

/** What every hook is handed, of a middleware as of a node. */
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
export function runIdOf(run: HostRun): string | undefined {
  const { messages } = run.state
  const { run_id, thread_id } = run.runtime.configurable ?? {}
  const config = AsyncLocalStorageProviderSingleton.getRunnableConfig() as
    | { metadata?: { run_id?: unknown }; executionInfo?: { runId?: unknown } }
    | undefined
  const said = [run_id, config?.metadata?.run_id, config?.executionInfo?.runId].find(
    (id) => typeof id === 'string',
  )
  const first = messages[lastHuman(messages)] ?? messages[0]
  const began = thread_id !== undefined && first?.id ? `${String(thread_id)}/${first.id}` : undefined
  const id = said === undefined ? began : String(said)
  const path = pathOf(run)
  return id !== undefined && path ? `${id}/${path}` : id
}

/**
 * Where the graph of a hook stands inside another: empty for the outermost, the same when a run is resumed. A subgraph,
 * or an agent inside another's tool, inherits run id and thread, and is an episode of its own.
 */
export function pathOf({ runtime }: HostRun): string {
  const tasks = String(runtime.configurable?.checkpoint_ns ?? '').split('|')
  return tasks.slice(0, -1).join('|')
}

function lastHuman(messages: readonly BaseMessage[]): number {
  return messages.findLastIndex((message) => HumanMessage.isInstance(message))
}

/** The newest text that a person asked with. */
export function requestOf(messages: readonly BaseMessage[]): string | undefined {
  return messages[lastHuman(messages)]?.text
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

/** A call of a tool as LangChain writes it. */
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

/** Where in the history the call stands that a tool hook is handed: its message, and its index there. */
export function sourceOf(
  messages: readonly BaseMessage[],
  { id }: Pick<HostCall, 'id'>,
): { at: number; message: AIMessage | undefined; place: Place } {
  const at = messages.findLastIndex(
    (message) => AIMessage.isInstance(message) && message.tool_calls?.some((call) => call.id === id),
  )
  const message = messages[at] as AIMessage | undefined
  const place = {
    turn: Math.max(0, turnsOf(at < 0 ? messages : messages.slice(0, at + 1)) - 1),
    index: Math.max(0, message?.tool_calls?.findIndex((call) => call.id === id) ?? 0),
  }
  return { at, message, place }
}

export function modelStepOf(message: AIMessage): Omit<ModelStep, 'type'> {
  const reason = finishReasonOf(message)
  const usage = message.usage_metadata
  return {
    ...(typeof reason === 'string' ? { finishReason: reason } : {}),
    ...(usage ? { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } } : {}),
    ...(message.text ? { text: message.text } : {}),
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
