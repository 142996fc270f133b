import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import {
  type Applied,
  type Json,
  type JsonObject,
  type RunResult,
  type ToolCall,
  type ToolContract,
  toolResult,
} from '@lifeharness/core'
import type { HostCall } from './observe.ts'
import type { Ran } from './runs.ts'

/** A call as it shall be executed; the host's own object when nothing was changed. */
export function hostCallFor(hostCall: HostCall, emitted: ToolCall, executed: ToolCall): HostCall {
  const isChanged = isRewritten(emitted, executed)
  if (!isChanged && executed.id === emitted.id) return hostCall
  return {
    ...hostCall,
    name: executed.tool.name,
    args: executed.input,
    ...(executed.id === emitted.id ? {} : { id: executed.id }),
  }
}

/** Another tool or other arguments than the host has; its own are compared by reference. */
export function isRewritten(emitted: ToolCall, executed: ToolCall): boolean {
  return executed.tool.name !== emitted.tool.name || executed.input !== emitted.input
}

/**
 * The message that the tool node of `createAgent` makes of an error when no middleware is there. With one that wraps tool
 * calls, the same error would end the run.
 */
export function agentError(thrown: unknown, call: HostCall): ToolMessage {
  const content = isToolInvocationError(thrown) ? thrown.message : `${thrown}\n Please fix your mistakes.`
  return new ToolMessage({ content, tool_call_id: call.id ?? '', name: call.name, status: 'error' })
}

/** The message that LangGraph's `ToolNode` makes of an error, member by member. */
export function toolNodeError(thrown: unknown, call: HostCall): ToolMessage {
  const content = `Error: ${(thrown as Error | undefined)?.message}\n Please fix your mistakes.`
  return new ToolMessage({ status: 'error', content, name: call.name, tool_call_id: call.id ?? '' })
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

/**
 * The host's message with what the layer has to say in it: to the model in its text, to the developer in
 * `additional_kwargs.lifeharness`. The very same message when there is nothing to say. `emitted`: the call as the host
 * had it.
 */
export function toldMessage(
  message: ToolMessage,
  {
    edited,
    notes,
    result,
    executed,
    applied,
  }: Pick<RunResult, 'notes' | 'result' | 'executed' | 'applied'> & { edited?: Json | undefined },
  emitted: ToolCall,
): ToolMessage {
  const content =
    edited === undefined ? message.content : editedContent(message.content, result.view(), textOf(edited))
  const told = notes.length === 0 ? content : appendText(content, notes.join('\n'))
  const isChanged = isRewritten(emitted, executed)
  const interventions = actedIn(applied)
  if (told === message.content && !isChanged && interventions.length === 0) return message
  return new ToolMessage({
    ...fieldsOf(message),
    content: told,
    tool_call_id: message.tool_call_id,
    status: message.status,
    artifact: message.artifact,
    metadata: message.metadata,
    additional_kwargs: {
      ...message.additional_kwargs,
      lifeharness: {
        interventions,
        ...(isChanged ? { executed: { name: executed.tool.name, args: executed.input } } : {}),
      },
    },
  } as ConstructorParameters<typeof ToolMessage>[0])
}

/** The ids of the interventions that acted. */
export function actedIn(applied: readonly Applied[]): string[] {
  return applied.flatMap(({ arm, intervention }) => (arm === 'applied' ? intervention : []))
}

/** What the host gets of a call. `ran`: a tool was executed at all. */
export function hostResult(hostCall: HostCall, outcome: RunResult, ran: boolean, emitted: ToolCall): unknown {
  const { value } = outcome.result
  if (ran) return ToolMessage.isInstance(value) ? toldMessage(value, outcome, emitted) : value
  const answer = answerMessage(outcome.edited ?? outcome.result.view(), outcome.thrown, hostCall)
  return toldMessage(answer, { ...outcome, edited: undefined, executed: emitted }, emitted)
}

/** The result of a call that ran before, and runs again as it ran then. */
export function retold(value: unknown, { rewritten, notes, applied }: Ran, emitted: ToolCall): unknown {
  const result = toolResult('ok', value, { view: () => null })
  return ToolMessage.isInstance(value)
    ? toldMessage(value, { result, executed: rewritten ?? emitted, notes, applied }, emitted)
    : value
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

/** A call that was changed where it was emitted. `invalid` tells a call whose arguments the host could not parse. */
export type Repair = { index: number; invalid: boolean; call: ToolCall; interventions: readonly string[] }

/** What stands in `additional_kwargs.lifeharness` of a model's message, by tool-call id. */
type EmissionRecord = {
  /** What the model wrote. */
  original: Record<string, Json>
  interventions: Record<string, readonly string[]>
  /** What calls are answered with that are not executed. It lies in the message, so that any process answers alike. */
  refused: Record<string, string>
}

/** The model's message with changed calls in place of those it wrote, under the same ids. */
export function changedMessage(
  message: AIMessage,
  repairs: readonly Repair[],
  refused: Readonly<Record<string, string>>,
): AIMessage {
  const calls = [...(message.tool_calls ?? [])]
  const invalid = [...(message.invalid_tool_calls ?? [])]
  const record: EmissionRecord = { original: {}, interventions: {}, refused }
  const rescued = new Set<unknown>()
  for (const { index, invalid: wasInvalid, call, interventions } of repairs) {
    const repaired = { name: call.tool.name, args: call.input as JsonObject, type: 'tool_call' as const }
    const old = wasInvalid ? invalid[index] : calls[index]
    if (!old) continue
    record.original[call.id] = { name: old.name ?? '', args: old.args as Json }
    record.interventions[call.id] = interventions
    if (wasInvalid) {
      rescued.add(old)
      calls.push({ ...repaired, id: call.id })
    } else calls[index] = { ...repaired, ...(old.id === undefined ? {} : { id: old.id }) }
  }
  const byId = new Map(repairs.map(({ call }) => [call.id, call]))
  return rewrittenMessage(message, record, {
    content: repairedContent(message.content, byId),
    tool_calls: calls,
    invalid_tool_calls: invalid.filter((call) => !rescued.has(call)),
    additional_kwargs: repairedRaw(message.additional_kwargs, byId),
  })
}

/** The model's message with the calls that its text holds in place of that text. */
export function rescuedMessage(
  message: AIMessage,
  calls: readonly ToolCall[],
  interventions: readonly string[],
): AIMessage {
  const of = <Value>(value: Value) => Object.fromEntries(calls.map(({ id }) => [id, value]))
  const { content, additional_kwargs } = message
  return rewrittenMessage(
    message,
    { original: of({ text: message.text }), interventions: of(interventions), refused: {} },
    {
      content: typeof content === 'string' ? '' : content.filter(({ type }) => type !== 'text'),
      tool_calls: calls.map(({ id, tool: { name }, input }) => ({
        ...{ id, name, args: input as JsonObject, type: 'tool_call' as const },
      })),
      invalid_tool_calls: [],
      additional_kwargs,
    },
  )
}

function rewrittenMessage(
  message: AIMessage,
  record: EmissionRecord,
  {
    additional_kwargs,
    ...fields
  }: Pick<AIMessage, 'content' | 'tool_calls' | 'invalid_tool_calls' | 'additional_kwargs'>,
): AIMessage {
  const told = Object.entries(record).filter(([, byCall]) => Object.keys(byCall).length > 0)
  return new AIMessage({
    ...fieldsOf(message),
    ...fields,
    ...(message.usage_metadata ? { usage_metadata: message.usage_metadata } : {}),
    additional_kwargs: { ...additional_kwargs, lifeharness: Object.fromEntries(told) },
  } as ConstructorParameters<typeof AIMessage>[0])
}

/** The text that a call is answered with instead of being executed. */
export function refusedTextOf(message: AIMessage | undefined, callId: string): string | undefined {
  const record = message?.additional_kwargs.lifeharness as Partial<EmissionRecord> | undefined
  const text = record?.refused?.[callId]
  return typeof text === 'string' ? text : undefined
}

/** The calls as OpenAI wrote them stand beside those that LangChain read, and some models send them again. */
function repairedRaw(
  kwargs: AIMessage['additional_kwargs'],
  byId: ReadonlyMap<string, ToolCall>,
): AIMessage['additional_kwargs'] {
  if (!Array.isArray(kwargs.tool_calls)) return kwargs
  const calls = kwargs.tool_calls.map((raw) => {
    const call = byId.get(raw?.id)
    if (!call) return raw
    const repaired = { name: call.tool.name, arguments: JSON.stringify(call.input) }
    return { ...raw, function: { ...raw.function, ...repaired } }
  })
  return { ...kwargs, tool_calls: calls }
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
