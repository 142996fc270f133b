import { AIMessage, BaseMessage, ToolMessage } from '@langchain/core/messages'
import { Command, isCommand, type LangGraphRunnableConfig } from '@langchain/langgraph'
import type { ActionType, LifeHarness } from '@lifeharness/core'
import { type LayerOptions, layerOf } from './layer.ts'
import { type HostRun, modelOfHistory } from './observe.ts'

/** What nodes of a graph allow: which tools a model is shown, its own node decides. */
export const NODE_ACTIONS: readonly ActionType[] = [
  'emit-calls',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/**
 * A node of any `StateGraph` with the layer around it. In the messages it returns, alone, in a list, under `messages` or
 * in a `Command`, dead calls are repaired where they were emitted, and results that no `lifeHarnessToolNode` made are
 * observed. `tools`: those that the model of this node was given. The node's own value is returned when there is nothing
 * to change.
 */
export function lifeHarnessNode<State, Config extends LangGraphRunnableConfig, Update>(
  lifeHarness: LifeHarness,
  tools: readonly unknown[],
  node: (state: State, config: Config) => Update | Promise<Update>,
  options: LayerOptions = {},
): (state: State, config: Config) => Promise<Update> {
  const layer = layerOf(lifeHarness, options, NODE_ACTIONS)

  function told(run: HostRun, update: Update): Update {
    const known = new Set(run.state.messages.flatMap((message) => [message, message.id]))
    const fresh = messagesIn(update).filter(
      (message) => !known.has(message) && !(message.id && known.has(message.id)),
    )
    const answered = new Set(fresh.map((message) => ToolMessage.isInstance(message) && message.tool_call_id))
    const changed = new Map<unknown, BaseMessage>()
    for (const message of fresh) {
      if (ToolMessage.isInstance(message)) changed.set(message, layer.observed(run, message))
      // What was answered in the same update was executed already, by an agent inside this node.
      else if (AIMessage.isInstance(message) && !message.tool_calls?.some(({ id }) => id && answered.has(id)))
        changed.set(message, emitted(run, message))
    }
    return replaced(update, (message) => changed.get(message) ?? message)
  }

  function emitted(run: HostRun, message: AIMessage): AIMessage {
    const episode = layer.episodeOf(run, modelOfHistory([message]))
    layer.addTools(episode, tools)
    return layer.emitted(episode, run, message)
  }

  return async (state, config) => {
    const update = await node(state, config)
    return layer.guarded('langgraph node', () => told(runOf(state, config), update), update)
  }
}

/** The run that a node is called in. */
export function runOf(state: unknown, { configurable, writer, signal }: LangGraphRunnableConfig): HostRun {
  const messages = Array.isArray(state) ? state : (state as { messages?: unknown } | null)?.messages
  return {
    state: { messages: Array.isArray(messages) ? messages : [] },
    runtime: {
      ...(configurable ? { configurable } : {}),
      ...(writer ? { writer } : {}),
      ...(signal ? { signal } : {}),
    },
  }
}

function messagesIn(update: unknown): BaseMessage[] {
  const found: BaseMessage[] = []
  replaced(update, (message) => {
    found.push(message)
    return message
  })
  return found
}

/** An update with its messages replaced; the very same update where none is. */
function replaced<Update>(update: Update, replace: (message: BaseMessage) => BaseMessage): Update {
  const inside = (value: unknown): unknown => {
    if (BaseMessage.isInstance(value)) return replace(value)
    if (Array.isArray(value)) {
      const values = value.map(inside)
      return values.every((one, at) => one === value[at]) ? value : values
    }
    if (isCommand(value)) {
      const { update, goto, resume, graph } = value
      const changed = inside(update)
      return changed === update ? value : new Command({ update: changed, goto, resume, graph } as never)
    }
    if (typeof value !== 'object' || value === null || !('messages' in value)) return value
    const messages = inside(value.messages)
    return messages === value.messages ? value : { ...value, messages }
  }
  return inside(update) as Update
}
