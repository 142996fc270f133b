import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import type { ErrorFacts, Outcome } from '../../trajectory.ts'
import { messagesOf, readConversation } from './conversation.ts'
import { isFlagged, recordedError, textOf } from './error-text.ts'
import type { ReadContext, RecordFormat } from './format.ts'
import { emittedInput, quoted, type StepAssembler } from './steps.ts'

/**
 * Messages of AI SDK 5 to 7. Model messages: `tool-call` and `tool-result` content parts, approvals. UI messages: parts
 * `tool-<name>` and `dynamic-tool` with a state. A result is an error where its type or state says so, or where it is
 * an MCP result with `isError`, which the AI SDK hands on as a normal one. A denied execution is `interrupted`.
 */
export const aiSdkFormat: RecordFormat = {
  name: 'ai-sdk',
  detects: (record) => {
    const messages = messagesOf(record)
    return Array.isArray(messages) && messages.some(isOwnMessage)
  },
  read: (record, context) => {
    /** Which call an approval is about: the answer only names the request. */
    const approvals = new Map<Json | undefined, Json | undefined>()
    return readConversation(record, context, (message, assembled) => {
      if (message.role === 'user' || message.role === 'system') assembled.interrupt()
      else if (Array.isArray(message.parts)) readUiMessage(message.parts, assembled, context)
      else readModelMessage(message, assembled, context, approvals)
    })
  },
}

function isOwnMessage(message: Json): boolean {
  if (!isJsonObject(message)) return false
  if (Array.isArray(message.parts)) return true
  const { content } = message
  return (
    Array.isArray(content) &&
    content.some((part) => isJsonObject(part) && (part.type === 'tool-call' || part.type === 'tool-result'))
  )
}

function readModelMessage(
  message: JsonObject,
  assembled: StepAssembler,
  { fault }: ReadContext,
  approvals: Map<Json | undefined, Json | undefined>,
): void {
  const { role, content } = message
  const parts = Array.isArray(content) ? content : []
  if (role === 'assistant') assembled.model(typeof content === 'string' ? content : textOf(parts))
  const results: JsonObject[] = []
  for (const part of parts) {
    if (!isJsonObject(part) || typeof part.type !== 'string') fault('a content part has no type')
    else if (part.type === 'tool-call') readCall(part, part.input ?? part.args, message, assembled, fault)
    // A provider's own tools have their results among the calls of the same turn.
    else if (part.type === 'tool-result') results.push(part)
    else if (part.type === 'tool-approval-request') approvals.set(part.approvalId, part.toolCallId)
    else if (part.type === 'tool-approval-response') {
      if (part.approved === true) assembled.approve(approvals.get(part.approvalId))
    } else if (part.type.startsWith('tool'))
      fault(`a content part of type ${quoted(part.type)} does not belong to this format`)
  }
  for (const part of results) assembled.result({ id: part.toolCallId, ...readOutput(part) }, message)
}

function readCall(
  { toolCallId: id, toolName: name }: JsonObject,
  args: Json | undefined,
  times: JsonObject,
  assembled: StepAssembler,
  fault: (reason: string) => void,
  approved = false,
): void {
  if (typeof name !== 'string' || name === '') fault('a tool call names no tool')
  else assembled.call({ id, tool: { origin: LOCAL_ORIGIN, name }, approved, ...emittedInput(args) }, times)
}

type Output = { outcome: Outcome; value: Json; error?: ErrorFacts; rawInput?: string }

/** In model messages the arguments of a call that did not parse are `{}`; the error is the only place that has them. */
const UNPARSED =
  /^AI_InvalidToolInputError: .{1,200}?AI_JSONParseError: JSON parsing failed: Text: (.*)\.\nError message: /s

/** `output` is a typed union since AI SDK 5; before, there were `result` and `isError`. */
function readOutput(part: JsonObject): Output {
  const { output } = part
  if (!isJsonObject(output)) return plainOutput(output ?? part.result ?? null, part.isError === true)
  switch (output.type) {
    case 'error-text':
    case 'error-json': {
      const { value = null } = output
      const rawInput = typeof value === 'string' ? UNPARSED.exec(value)?.[1] : undefined
      return { ...plainOutput(value, true), ...(rawInput === undefined ? {} : { rawInput }) }
    }
    case 'execution-denied':
      return { outcome: 'interrupted', value: output.reason ?? null }
    default:
      return plainOutput(output.value ?? null, false)
  }
}

function plainOutput(value: Json, isError: boolean): Output {
  if (!isError && !isFlagged(value)) return { outcome: 'ok', value }
  return { outcome: 'error', value, error: recordedError(value) }
}

/** One UI message holds all model turns up to the next user message; `step-start` parts divide them. */
function readUiMessage(parts: readonly Json[], assembled: StepAssembler, { fault }: ReadContext): void {
  const turns: JsonObject[][] = []
  for (const part of parts) {
    if (!isJsonObject(part) || typeof part.type !== 'string') fault('a message part has no type')
    else if (part.type === 'step-start' || turns.length === 0) turns.push([part])
    else turns.at(-1)?.push(part)
  }
  for (const turn of turns) {
    assembled.model(textOf(turn))
    const tools = turn.filter(({ type }) => type === 'dynamic-tool' || String(type).startsWith('tool-'))
    for (const part of tools) {
      const toolName = part.type === 'dynamic-tool' ? (part.toolName ?? null) : String(part.type).slice(5)
      const { toolCallId = null, approval } = part
      const approved = isJsonObject(approval) && approval.approved === true
      // While it streams, `input` is a guess at what the text so far will become.
      const args =
        part.state === 'input-streaming' ? (part.rawInput ?? part.input) : (part.input ?? part.rawInput)
      readCall({ toolCallId, toolName }, args, {}, assembled, fault, approved)
    }
    for (const part of tools) readUiResult(part, assembled)
  }
}

function readUiResult(part: JsonObject, assembled: StepAssembler): void {
  const { toolCallId: id, state, approval } = part
  if (typeof id !== 'string' || id === '' || part.preliminary === true) return
  if (state === 'output-available') {
    assembled.result({ id, ...plainOutput(part.output ?? null, false) }, part)
  } else if (state === 'output-error') {
    assembled.result({ id, ...plainOutput(part.errorText ?? part.output ?? null, true) }, part)
  } else if (state === 'output-denied') {
    const reason = isJsonObject(approval) ? (approval.reason ?? null) : null
    assembled.result({ id, outcome: 'interrupted', value: reason }, part)
  }
}
