import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import type { Json, JsonObject, RunResult, ToolCall, ToolContract } from '@lifeharness/core'
import type { HostCall } from './observe.ts'

/** The request for a call as it shall be executed; the host's own request when nothing was changed. */
export function requestFor<Request extends { toolCall: HostCall; tool: unknown }>(
  request: Request,
  emitted: ToolCall,
  executed: ToolCall,
): Request {
  const sameTool = executed.tool.name === emitted.tool.name
  if (sameTool && executed.id === emitted.id && executed.input === emitted.input) return request
  const toolCall = {
    ...request.toolCall,
    name: executed.tool.name,
    args: executed.input as JsonObject,
    ...(executed.id === emitted.id ? {} : { id: executed.id }),
  }
  // Of another tool the host finds the implementation itself.
  return { ...request, toolCall, tool: sameTool ? request.tool : undefined }
}

/**
 * The message that LangChain's tool node makes of an error when no middleware is there. With one that wraps tool calls,
 * the same error would end the run.
 */
export function errorMessage(thrown: unknown, call: HostCall): ToolMessage {
  const text = isToolInvocationError(thrown) ? thrown.message : `${thrown}\n Please fix your mistakes.`
  return new ToolMessage({ content: text, tool_call_id: call.id ?? '', name: call.name, status: 'error' })
}

type Branded = Error & { '~brand'?: unknown; toolError?: Error }

/** Arguments that do not fit the tool's schema. By brand: the host may be loaded twice. */
export function isToolInvocationError(thrown: unknown): thrown is Branded & { toolError: Error } {
  return thrown instanceof Error && (thrown as Branded)['~brand'] === 'ToolInvocationError'
}

/** What was thrown inside other middlewares' wrappers. */
export function rootOf(thrown: unknown): unknown {
  let root = thrown
  while (isMiddlewareError(root)) root = root.cause
  return root
}

/** Another middleware's own failure: fatal for the run, with or without us. */
export function isMiddlewareError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (thrown as Branded)['~brand'] === 'MiddlewareError'
}

/** The host's message with what the layer has to say in it; the very same message when it has nothing to say. */
export function toldMessage(
  message: ToolMessage,
  { edited, notes, result, executed }: RunResult,
): ToolMessage {
  const content =
    edited === undefined ? message.content : editedContent(message.content, result.view(), textOf(edited))
  const told = notes.length === 0 ? content : appendText(content, notes.join('\n'))
  if (told === message.content) return message
  return new ToolMessage({
    ...fieldsOf(message),
    content: told,
    tool_call_id: message.tool_call_id,
    status: message.status,
    artifact: message.artifact,
    additional_kwargs: {
      ...message.additional_kwargs,
      lifeharness: { executed: { name: executed.tool.name, args: executed.input } },
    },
  } as ConstructorParameters<typeof ToolMessage>[0])
}

/** An answer that no tool gave. */
export function answerMessage(answer: Json, failed: boolean, call: HostCall): ToolMessage {
  return new ToolMessage({
    content: textOf(answer),
    tool_call_id: call.id ?? '',
    name: call.name,
    ...(failed ? { status: 'error' } : {}),
  })
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * The edit of a view, made in the text that the view was taken from: an addition is added behind it, a change is made
 * where the view stands in it, anything else replaces it. Content that is more than a text keeps its other blocks.
 */
function editedContent(content: ToolMessage['content'], view: Json, edited: string): ToolMessage['content'] {
  const before = textOf(view)
  if (edited.startsWith(before)) return appendText(content, edited.slice(before.length), '')
  if (typeof content !== 'string') return content
  return content.includes(before) ? content.replace(before, () => edited) : edited
}

function appendText<Content extends BaseMessage['content']>(
  content: Content,
  text: string,
  gap = '\n\n',
): Content {
  return (
    typeof content === 'string'
      ? `${content}${gap}${text}`
      : [...content, { type: 'text', text: text.trimStart() }]
  ) as Content
}

function fieldsOf({ id, name, additional_kwargs, response_metadata }: BaseMessage): Partial<BaseMessage> {
  return { ...(id ? { id } : {}), ...(name ? { name } : {}), additional_kwargs, response_metadata }
}

/** A call that was repaired where it was emitted. `invalid` tells a call whose arguments the host could not parse. */
export type Repair = { index: number; invalid: boolean; call: ToolCall }

/**
 * The model's message with repaired calls in place of those it wrote, under the same id. What it wrote stands in
 * `additional_kwargs.lifeharness.original`, by tool-call id.
 */
export function repairedMessage(message: AIMessage, repairs: readonly Repair[]): AIMessage {
  const calls = [...(message.tool_calls ?? [])]
  const invalid = [...(message.invalid_tool_calls ?? [])]
  const original: Record<string, Json> = {}
  const rescued = new Set<unknown>()
  for (const { index, invalid: wasInvalid, call } of repairs) {
    const repaired = { name: call.tool.name, args: call.input as JsonObject, type: 'tool_call' as const }
    const old = wasInvalid ? invalid[index] : calls[index]
    if (!old) continue
    original[call.id] = { name: old.name ?? '', args: old.args as Json }
    if (wasInvalid) {
      rescued.add(old)
      calls.push({ ...repaired, id: call.id })
    } else calls[index] = { ...repaired, ...(old.id === undefined ? {} : { id: old.id }) }
  }
  const byId = new Map(repairs.map(({ call }) => [call.id, call]))
  return new AIMessage({
    ...fieldsOf(message),
    content: repairedContent(message.content, byId),
    tool_calls: calls,
    invalid_tool_calls: invalid.filter((call) => !rescued.has(call)),
    ...(message.usage_metadata ? { usage_metadata: message.usage_metadata } : {}),
    additional_kwargs: { ...message.additional_kwargs, lifeharness: { original } },
  } as ConstructorParameters<typeof AIMessage>[0])
}

/** Some providers repeat the calls in the content, and read them from there when the history is sent again. */
function repairedContent(
  content: AIMessage['content'],
  byId: ReadonlyMap<string, ToolCall>,
): AIMessage['content'] {
  if (typeof content === 'string') return content
  return content.map((block) => {
    const call = 'id' in block ? byId.get(String(block.id)) : undefined
    if (!call) return block
    const { name } = call.tool
    if (block.type === 'tool_use') return { ...block, name, input: call.input }
    return block.type === 'tool_call' ? { ...block, name, args: call.input } : block
  }) as AIMessage['content']
}

/** The messages for one model call, with texts added to the newest word of the user; the state keeps its own. */
export function withContext(messages: readonly BaseMessage[], texts: readonly string[]): BaseMessage[] {
  const at = messages.findLastIndex((message) => HumanMessage.isInstance(message))
  const message = messages[at]
  if (texts.length === 0 || !message) return [...messages]
  const content = appendText(message.content, texts.join('\n\n'))
  const told = new HumanMessage({ ...fieldsOf(message), content } as ConstructorParameters<
    typeof HumanMessage
  >[0])
  return messages.with(at, told)
}

/**
 * The tools for one model call. The host refuses other instances of its own tools, so one whose contract was changed is
 * shown as a plain definition; execution goes by name and finds the original.
 */
export function withContracts(
  tools: readonly unknown[],
  before: readonly ToolContract[],
  after: readonly ToolContract[],
): unknown[] {
  const old = new Map(before.map((contract) => [contract.tool.name, contract]))
  const shown = new Map(after.map((contract) => [contract.tool.name, contract]))
  return tools.flatMap((tool) => {
    const name = String((tool as { name?: unknown }).name)
    const contract = shown.get(name)
    if (!old.has(name) || contract === old.get(name)) return [tool]
    if (!contract) return []
    const { description, inputSchema } = contract
    return [
      { type: 'function', function: { name, description, parameters: inputSchema ?? { type: 'object' } } },
    ]
  })
}
