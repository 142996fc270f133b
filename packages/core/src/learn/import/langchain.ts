import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { messagesOf } from './conversation.ts'
import { evidentError, recordedError, textOf } from './error-text.ts'
import { firstText, type ReadContext, type RecordFormat, sourceOf, trajectoryOf } from './format.ts'
import { assembleSteps, emittedInput, type StepAssembler } from './steps.ts'

/**
 * Messages of LangChain as they are serialised: what `JSON.stringify` (or Python's `dumpd`) makes of them
 * (`{ lc, id: […, 'AIMessage'], kwargs }`), stored messages (`{ type: 'ai', data }`), and plain ones of the LangGraph API
 * (`{ type: 'ai', content, tool_calls }`). A list, or an object with `messages`. Arguments that did not parse, which
 * LangChain never executes, are failed calls.
 */
export const langchainFormat: RecordFormat = {
  name: 'langchain',
  detects: (record) => areLangchainMessages(messagesOf(record) ?? record),
  read(record, context) {
    const about = isJsonObject(record) ? record : {}
    const messages = Array.isArray(record) ? record : (about.messages as Json[])
    const id = firstText(about, ['episode_id', 'run_id', 'id']) ?? context.place
    return readLangchainMessages(messages, { id, about }, context)
  },
}

type Kind = 'human' | 'ai' | 'tool' | 'other'
export type LangchainMessage = { kind: Kind; fields: JsonObject }

const KINDS: Readonly<Record<string, Kind>> = {
  ...{ human: 'human', HumanMessage: 'human', HumanMessageChunk: 'human' },
  ...{ ai: 'ai', AIMessage: 'ai', AIMessageChunk: 'ai' },
  ...{ tool: 'tool', ToolMessage: 'tool', ToolMessageChunk: 'tool' },
  ...{ system: 'other', SystemMessage: 'other', developer: 'other', remove: 'other', RemoveMessage: 'other' },
  ...{ function: 'other', FunctionMessage: 'other', ChatMessage: 'other', generic: 'other' },
}

export function langchainMessage(value: Json | undefined): LangchainMessage | undefined {
  if (!isJsonObject(value)) return undefined
  const { id, kwargs, type, data } = value
  if (Array.isArray(id) && isJsonObject(kwargs)) return messageOf(id.at(-1), kwargs)
  if (isJsonObject(data)) return messageOf(type, data)
  // Messages of other hosts have a role; content parts have no content of their own.
  return value.role === undefined && 'content' in value ? messageOf(type, value) : undefined
}

function messageOf(name: Json | undefined, fields: JsonObject): LangchainMessage | undefined {
  const kind = typeof name === 'string' && Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  return kind && { kind, fields }
}

export function areLangchainMessages(messages: Json | undefined): messages is Json[] {
  return Array.isArray(messages) && langchainMessage(messages[0]) !== undefined
}

export function readLangchainMessages(
  messages: readonly Json[],
  { id, about }: { id: string; about: JsonObject },
  context: ReadContext,
): ReturnType<typeof trajectoryOf> {
  const source = sourceOf(about, context.file)
  const read = messages.map(langchainMessage)
  const model = read.map((message) => modelOf(message?.fields)).find((name) => name !== undefined)
  const assembled = assembleSteps(model, context.fault)
  for (const message of read) {
    if (!message) context.fault('a message is none of LangChain')
    else if (message.kind === 'ai') readAi(message.fields, assembled)
    else if (message.kind === 'tool') readTool(message.fields, assembled)
    else assembled.interrupt()
  }
  const contracts = context.contracts({ tools: about.tools ?? null, source })
  return trajectoryOf({ id, source, model, contracts }, about, assembled)
}

function modelOf(fields: JsonObject | undefined): string | undefined {
  const metadata = fields?.response_metadata
  return isJsonObject(metadata) ? firstText(metadata, ['model_name', 'model', 'modelId']) : undefined
}

function readAi(fields: JsonObject, assembled: StepAssembler): void {
  assembled.model(contentText(fields.content))
  for (const call of listOf(fields.tool_calls)) {
    const tool = { origin: LOCAL_ORIGIN, name: String(call.name ?? '') }
    assembled.call({ id: call.id, tool, ...emittedInput(call.args) }, fields)
  }
  for (const call of listOf(fields.invalid_tool_calls)) {
    const tool = { origin: LOCAL_ORIGIN, name: String(call.name ?? '') }
    const rawInput = typeof call.args === 'string' ? call.args : JSON.stringify(call.args ?? null)
    assembled.call({ id: call.id, tool, rawInput }, fields)
    const value = call.error ?? 'malformed arguments'
    assembled.result({ id: call.id, outcome: 'error', value, error: recordedError(value) }, fields)
  }
}

function readTool(fields: JsonObject, assembled: StepAssembler): void {
  const value = contentText(fields.content) ?? fields.content ?? ''
  const error = fields.status === 'error' ? recordedError(value) : evidentError(value)
  const outcome = error ? 'error' : 'ok'
  assembled.result({ id: fields.tool_call_id, outcome, value, ...(error ? { error } : {}) }, fields)
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

function contentText(content: Json | undefined): string | undefined {
  return typeof content === 'string' ? content : Array.isArray(content) ? textOf(content) : undefined
}
