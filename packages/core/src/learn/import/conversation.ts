import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { firstText, modelIdOf, type ReadContext, sourceOf, trajectoryOf } from './format.ts'
import { assembleSteps, type StepAssembler } from './steps.ts'

/**
 * Chat messages, as several formats keep them: a list of messages, or an object
 * `{ messages, tools?, model?, id?, success?, user_id?, source? }`.
 */
export function messagesOf(record: Json): Json | undefined {
  if (Array.isArray(record)) return isMessage(record[0]) ? record : undefined
  return isJsonObject(record) ? record.messages : undefined
}

export function isMessage(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && typeof value.role === 'string'
}

/** Reads a conversation message by message; one that has no role is left out and reported. */
export function readConversation(
  record: Json,
  context: ReadContext,
  readMessage: (message: JsonObject, assembled: StepAssembler) => void,
): Trajectory | undefined {
  const messages = messagesOf(record)
  if (!Array.isArray(messages)) {
    context.fault('messages are not a list')
    return undefined
  }
  const about = isJsonObject(record) ? record : {}
  const source = sourceOf(about, context.file)
  const model = modelIdOf(about)
  const assembled = assembleSteps(model, context.fault)
  for (const message of messages) {
    if (isMessage(message)) readMessage(message, assembled)
    else context.fault('a message has no role')
  }
  const id = firstText(about, ['episode_id', 'episodeId', 'run_id', 'runId', 'id']) ?? context.place
  const contracts = context.contracts({ tools: about.tools ?? null, source })
  return trajectoryOf({ id, source, model, contracts }, about, assembled)
}
