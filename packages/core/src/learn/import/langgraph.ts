import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { firstText, type LogFormat, type ReadContext } from './format.ts'
import { areLangchainMessages, langchainMessage, readLangchainMessages } from './langchain.ts'

/**
 * Checkpoints and state snapshots of LangGraph, one a record: `{ channel_values: { messages } }`, as checkpointers keep
 * them, alone or under `checkpoint`; `{ values: { messages } }`, as `getState` and the LangGraph API give them. A later
 * checkpoint of a thread holds the messages of the earlier ones: of each thread, the longest counts. A thread lives for
 * weeks, so each request of a person begins another episode.
 */
export const langgraphFormat: LogFormat = {
  name: 'langgraph',
  detects: (record) => isJsonObject(record) && messagesIn(record) !== undefined,
  readAll(records, context) {
    const longest = new Map<string, { record: JsonObject; messages: readonly Json[] }>()
    for (const [index, record] of records.entries()) {
      const messages = isJsonObject(record) ? messagesIn(record) : undefined
      if (!isJsonObject(record) || !messages) continue
      const thread = threadOf(record) ?? `${context.place}:${index + 1}`
      if (messages.length >= (longest.get(thread)?.messages.length ?? 0))
        longest.set(thread, { record, messages })
    }
    return [...longest].flatMap(([thread, { record, messages }]) =>
      readThread(thread, record, messages, context),
    )
  },
}

function messagesIn(record: JsonObject): readonly Json[] | undefined {
  const { checkpoint, values, channel_values: channels } = record
  const holders = [channels, isJsonObject(checkpoint) ? checkpoint.channel_values : undefined, values]
  for (const holder of holders)
    if (isJsonObject(holder) && areLangchainMessages(holder.messages)) return holder.messages
  return undefined
}

function threadOf(record: JsonObject): string | undefined {
  const { config } = record
  const configurable = isJsonObject(config) ? config.configurable : undefined
  const said = [record, configurable, record.metadata].filter(isJsonObject)
  return said.map((about) => firstText(about, ['thread_id'])).find((id) => id !== undefined)
}

/** One episode for each request of a person; what stands before the first one belongs to it. */
function readThread(
  thread: string,
  record: JsonObject,
  messages: readonly Json[],
  context: ReadContext,
): Trajectory[] {
  const requests = messages.flatMap((message, index) =>
    langchainMessage(message)?.kind === 'human' ? [index] : [],
  )
  const starts = [0, ...requests.slice(1)]
  return starts.map((start, turn) => {
    const request = langchainMessage(messages[requests[turn] ?? start])
    const id = request && firstText(request.fields, ['id'])
    const own = messages.slice(start, starts[turn + 1])
    return readLangchainMessages(own, { id: `${thread}/${id ?? turn + 1}`, about: aboutOf(record) }, context)
  })
}

/** A thread's own id is no agent, user or source. */
function aboutOf({ source, user_id: user }: JsonObject): JsonObject {
  return { ...(source === undefined ? {} : { source }), ...(user === undefined ? {} : { user_id: user }) }
}
