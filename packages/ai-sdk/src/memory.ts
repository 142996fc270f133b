import type { Json, LifeHarness, ToolCall, ToolContract } from '@lifeharness/core'
import { callIds, type Messages } from './conversation.ts'

/** A call between its emission and its result. Everything here can be lost: another process finds its way without. */
export type CallRecord = {
  episode: string
  model?: { provider: string; modelId: string }
  /** What the model shall read beside the result is added to the next prompt: the host does not ask with the call's id. */
  toldInPrompt?: boolean
  /** As the host has it: after a repair at emission. Absent once the call is settled. */
  call?: ToolCall
}

/** A tool whose `execute` is ours. */
export type WrappedTool = {
  origin: string
  annotations?: ToolContract['annotations']
  inputSchema: unknown
}

/** A text added to the model input, and where: it stays there, so that later prompts begin with the same bytes. */
export type Addition = { text: string; replaces?: boolean }

export type Memory = {
  calls: Map<string, CallRecord>
  tools: Map<string, WrappedTool>
  /** By tool-call id, or `<episode>/<message index>` for a user message. */
  additions: Map<string, Addition[]>
  /** Context texts that have their place already, by episode. */
  placed: Map<string, Set<string>>
  /** By their JSON text: the same tools are the same array at every model call. */
  contracts: Map<string, readonly ToolContract[]>
  /** Lists of tools that the layer has edited for the model. */
  presented: WeakSet<object>
  /** What the model shall read in or beside a result whose `toModelOutput` is still to come, by tool-call id. */
  told: Map<string, { notes?: readonly string[]; edited?: Json; report?: Json }>
}

const memories = new WeakMap<LifeHarness, Memory>()

/** What the middleware and the tools of one life harness know together, in this process. */
export function memoryOf(lifeHarness: LifeHarness): Memory {
  const known = memories.get(lifeHarness)
  if (known) return known
  const memory: Memory = {
    calls: new Map(),
    tools: new Map(),
    additions: new Map(),
    placed: new Map(),
    contracts: new Map(),
    presented: new WeakSet(),
    told: new Map(),
  }
  memories.set(lifeHarness, memory)
  return memory
}

const REMEMBERED = 2_048

/** Sets a member of a bounded map; what was set longest ago goes first. */
export function remember<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number = REMEMBERED,
): Value {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value as string)
  return value
}

/** The caller's own id of the run: fixed, or looked up at each call (for instance in an `AsyncLocalStorage`). */
export type EpisodeId = string | (() => string | undefined)

export function givenEpisode(id: EpisodeId | undefined): string | undefined {
  return typeof id === 'function' ? id() : id
}

/**
 * The episode of a conversation: the one its calls are known to belong to, else the one named by its first call. It
 * is undefined before the first call.
 */
export function episodeOf(memory: Memory, messages: Messages): string | undefined {
  const ids = callIds(messages)
  for (const id of ids) {
    const record = memory.calls.get(id)
    if (record) return record.episode
  }
  return ids[0]
}
