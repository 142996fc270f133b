import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { readResults, readUses, textIn } from './anthropic.ts'
import { firstText, type LogFormat, modelIdOf, type ReadContext, trajectoryOf } from './format.ts'
import { assembleSteps, type StepAssembler } from './steps.ts'

/**
 * Sessions of Claude Code, one event a record: the files it keeps of each session, and what it prints as `stream-json`. A
 * subagent is an episode of its own. A result is an error by its flag alone: Claude Code sets it.
 */
export const claudeCodeFormat: LogFormat = {
  name: 'claude-code',
  detects: (record) => isJsonObject(record) && isEvent(record),
  readAll(records, context) {
    const episodes = new Map<string, Episode>()
    for (const record of records) {
      if (!isJsonObject(record)) continue
      const { message } = record
      if (!isJsonObject(message) || (record.type !== 'assistant' && record.type !== 'user')) continue
      const key = keyOf(record, context)
      const episode = episodes.get(key) ?? openEpisode(message, context)
      episodes.set(key, episode)
      // A message comes in parts, one a record; the time stands beside it.
      readMessage({ ...message, timestamp: record.timestamp ?? null }, episode)
    }
    return [...episodes].flatMap(([id, episode]) => trajectoriesOf(id, episode, context))
  },
}

const KINDS = /^(?:assistant|user|system|result|summary|progress|attachment|stream_event|[a-z]+(?:-[a-z]+)+)$/

function isEvent(record: JsonObject): boolean {
  if (typeof record.type !== 'string' || !KINDS.test(record.type)) return false
  const { sessionId, session_id: session, leafUuid, messageId } = record
  return [sessionId, session, leafUuid, messageId].some((id) => typeof id === 'string')
}

function keyOf(record: JsonObject, { place }: ReadContext): string {
  const session = firstText(record, ['sessionId', 'session_id']) ?? place
  const inner =
    firstText(record, ['parent_tool_use_id', 'agentId']) ?? (record.isSidechain === true ? 'side' : '')
  return inner === '' ? session : `${session}/${inner}`
}

type Episode = { model: string | undefined; assembled: StepAssembler; turn: Json; calls: number }

function openEpisode(message: JsonObject, { fault }: ReadContext): Episode {
  const model = modelIdOf(message)
  return { model, assembled: assembleSteps(model, fault), turn: null, calls: 0 }
}

function readMessage(message: JsonObject, episode: Episode): void {
  const { assembled } = episode
  if (message.role !== 'assistant') {
    if (!readResults(message, assembled, undefined)) assembled.interrupt()
    return
  }
  episode.model ??= modelIdOf(message)
  if (message.id === undefined || message.id !== episode.turn) assembled.model(textIn(message.content))
  episode.turn = message.id ?? null
  readUses(message, assembled)
}

function trajectoriesOf(id: string, { model, assembled }: Episode, context: ReadContext): Trajectory[] {
  const contracts = context.contracts({ tools: null, source: 'claude-code' })
  const read = trajectoryOf({ id, source: 'claude-code', model, contracts }, {}, assembled)
  return read.steps.some(({ type }) => type === 'tool') ? [read] : []
}
