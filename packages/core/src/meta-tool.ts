import type { LifeHarnessConfig, MetaTool } from './config.ts'
import { editAt, isJsonObject, valuesAt } from './json.ts'
import { LOCAL_ORIGIN, type Tool } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

/** A call of a meta-tool seen as the call of the inner tool, and the way back. */
export type Unfolded = { call: ToolCall; refold(inner: ToolCall): ToolCall }

/**
 * Unfolds `execute-tool{ tool_name, params }` to the inner tool, where the configuration names the meta-tool. A call
 * that is not one comes back as it is.
 */
export function unfoldCall(call: ToolCall, config: LifeHarnessConfig): Unfolded {
  const meta = config.metaTools?.find(({ tool }) => tool === call.tool.name)
  const inner = meta && innerCall(call, meta)
  if (!inner) return { call, refold: (same) => same }
  return {
    call: inner,
    refold: (edited) => {
      if (edited === inner) return call
      const named = editAt(call.input ?? {}, meta.name, () => edited.tool.name)
      return { ...call, attempt: edited.attempt, input: editAt(named, meta.input, () => edited.input) }
    },
  }
}

/** Whether one of these tools calls others: then what is not among them may exist all the same. */
export function hasMetaTool(
  tools: readonly { tool: Tool }[],
  { metaTools = [] }: LifeHarnessConfig,
): boolean {
  return metaTools.length > 0 && tools.some(({ tool }) => metaTools.some((meta) => meta.tool === tool.name))
}

function innerCall(call: ToolCall, meta: MetaTool): ToolCall | undefined {
  const name = valuesAt(call.input, meta.name)[0]
  const input = valuesAt(call.input, meta.input)[0]
  const origin = meta.origin === undefined ? LOCAL_ORIGIN : valuesAt(call.input, meta.origin)[0]
  if (typeof name !== 'string' || typeof origin !== 'string' || !isJsonObject(input)) return undefined
  return { ...call, tool: { origin, name }, input }
}
