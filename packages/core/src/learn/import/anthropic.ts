import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { messagesOf, readConversation } from './conversation.ts'
import { evidentError, recordedError, textOf } from './error-text.ts'
import type { RecordFormat } from './format.ts'
import type { StepAssembler } from './steps.ts'

/**
 * Messages of Anthropic's API: `tool_use` parts of assistant messages, `tool_result` parts of user messages. A result is an
 * error by its flag `is_error`, or on the evidence that other messages are judged by.
 */
export const anthropicFormat: RecordFormat = {
  name: 'anthropic',
  detects: (record) => {
    const messages = messagesOf(record)
    return Array.isArray(messages) && messages.some(hasToolPart)
  },
  read: (record, context) =>
    readConversation(record, context, (message, assembled) => {
      if (message.role === 'assistant') {
        assembled.model(textIn(message.content))
        readUses(message, assembled)
      } else if (!readResults(message, assembled, evidentError)) assembled.interrupt()
    }),
}

function hasToolPart(message: Json): boolean {
  return (
    isJsonObject(message) &&
    partsOf(message).some(({ type }) => type === 'tool_use' || type === 'tool_result')
  )
}

/** The calls among the parts of an assistant's message. */
export function readUses(message: JsonObject, assembled: StepAssembler): void {
  for (const { type, id, name, input } of partsOf(message))
    if (type === 'tool_use' && typeof name === 'string' && name !== '')
      assembled.call({ id, tool: { origin: LOCAL_ORIGIN, name }, input: input ?? {} }, message)
}

/** The results among the parts of a user's message, and whether there were any. */
export function readResults(
  message: JsonObject,
  assembled: StepAssembler,
  evident: typeof evidentError | undefined,
): boolean {
  const results = partsOf(message).filter(({ type }) => type === 'tool_result')
  for (const { tool_use_id: id, content, is_error: flagged } of results) {
    const value = textIn(content) ?? content ?? ''
    const error = flagged === true ? recordedError(value) : evident?.(value)
    assembled.result({ id, value, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) }, message)
  }
  return results.length > 0
}

export function textIn(content: Json | undefined): string | undefined {
  return typeof content === 'string' ? content : Array.isArray(content) ? textOf(content) : undefined
}

function partsOf({ content }: JsonObject): JsonObject[] {
  return Array.isArray(content) ? content.filter(isJsonObject) : []
}
