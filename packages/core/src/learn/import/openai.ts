import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { messagesOf, readConversation } from './conversation.ts'
import { evidentError, isFlagged, recordedError, textOf } from './error-text.ts'
import type { ReadContext, RecordFormat } from './format.ts'
import { emittedInput, quoted, type StepAssembler } from './steps.ts'

/**
 * OpenAI chat messages: `tool_calls` of assistant messages, `role: 'tool'` results. A result is an error only on
 * evidence: its flag (`is_error`, `isError`, `status: 'error'`), a JSON envelope with `isError` or a non-empty `error`,
 * or a text that begins with `Error:`.
 */
export const openaiFormat: RecordFormat = {
  name: 'openai',
  detects: (record) => messagesOf(record) !== undefined,
  read: (record, context) =>
    readConversation(record, context, (message, assembled) => {
      if (message.role === 'assistant') readAssistant(message, assembled, context)
      else if (message.role === 'tool') readResult(message, assembled)
      else assembled.interrupt()
    }),
}

function readAssistant(message: JsonObject, assembled: StepAssembler, { fault }: ReadContext): void {
  const { content, tool_calls: calls } = message
  assembled.model(contentText(content))
  for (const part of Array.isArray(content) ? content : []) {
    if (isJsonObject(part) && typeof part.type === 'string' && part.type.startsWith('tool'))
      fault(`a content part of type ${quoted(part.type)} does not belong to this format`)
  }
  if (isJsonObject(message.function_call))
    fault('a function_call has no id; only tool_calls can be paired with results')
  if (calls === undefined || calls === null) return
  if (!Array.isArray(calls)) fault('tool_calls are not a list')
  for (const call of Array.isArray(calls) ? calls : []) {
    const called = isJsonObject(call) ? (call.function ?? call.custom) : undefined
    if (
      !isJsonObject(call) ||
      !isJsonObject(called) ||
      typeof called.name !== 'string' ||
      called.name === ''
    ) {
      fault('a tool call names no function')
      continue
    }
    const tool = { origin: LOCAL_ORIGIN, name: called.name }
    assembled.call({ id: call.id, tool, ...emittedInput(called.arguments ?? called.input) }, message)
  }
}

function readResult(message: JsonObject, assembled: StepAssembler): void {
  const id = message.tool_call_id
  const value = contentText(message.content) ?? message.content ?? ''
  const marked = isFlagged(message) || message.status === 'error'
  const error = marked ? recordedError(value) : evidentError(value)
  assembled.result({ id, value, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) }, message)
}

function contentText(content: Json | undefined): string | undefined {
  return typeof content === 'string' ? content : Array.isArray(content) ? textOf(content) : undefined
}
