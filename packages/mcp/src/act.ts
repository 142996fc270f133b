import type { Json, RunResult, ToolCall, ToolContract } from '@lifeharness/core'
import { type CallResult, isCallResult, type ListedTool, textOf } from './observe.ts'

export type CallParams = { name: string; arguments?: unknown; [key: string]: unknown }

/** The parameters for a call as it shall be executed; the host's own object when nothing was changed. */
export function paramsFor(params: CallParams, emitted: ToolCall, executed: ToolCall): CallParams {
  if (executed.tool.name === emitted.tool.name && executed.input === emitted.input) return params
  return { ...params, name: executed.tool.name, arguments: executed.input }
}

/**
 * The server's result with what the layer has to say in it; the very same result when it has nothing to say, or where
 * that cannot be written.
 */
export function toldResult(value: unknown, outcome: RunResult, onFault: (error: unknown) => void): unknown {
  try {
    return told(value, outcome)
  } catch (error) {
    onFault(error)
    return value
  }
}

function told(value: unknown, { edited, notes, result }: RunResult): unknown {
  if (!isCallResult(value)) return value
  let { content } = value
  const before = value.isError ? textOf(value) || result.view() : result.view()
  // A text round-trips; a structured result does not, and stays valid against its schema.
  if (typeof edited === 'string' && typeof before === 'string')
    content = editedContent(content, before, edited)
  if (notes.length > 0) content = [...content, { type: 'text', text: notes.join('\n') }]
  return content === value.content ? value : { ...value, content }
}

type Content = NonNullable<CallResult['content']>

/** An addition is added behind the text; a change replaces the text blocks by one. Other blocks stay. */
function editedContent(content: Content, before: string, edited: string): Content {
  if (edited === before) return content
  const last = content.findLastIndex(({ type }) => type === 'text')
  const block = content[last]
  if (block && edited.startsWith(before))
    return content.with(last, { ...block, text: `${String(block.text)}${edited.slice(before.length)}` })
  return [{ type: 'text', text: edited }, ...content.filter(({ type }) => type !== 'text')]
}

/** An answer that no server gave. */
export function answer(view: Json, failed: boolean): CallResult {
  const text = typeof view === 'string' ? view : JSON.stringify(view)
  return { content: [{ type: 'text', text }], ...(failed ? { isError: true } : {}) }
}

/** A list of tools as the model should see it; the same list when nothing was changed. */
export function listedTools(
  tools: readonly ListedTool[],
  before: readonly ToolContract[],
  after: readonly ToolContract[],
): readonly ListedTool[] {
  if (before === after) return tools
  const shown = new Map(after.map((contract) => [contract.tool.name, contract]))
  return tools.flatMap((listed) => {
    const contract = shown.get(listed.name)
    if (!contract) return []
    const { description, inputSchema } = contract
    return [{ ...listed, ...(description ? { description } : {}), ...(inputSchema ? { inputSchema } : {}) }]
  })
}
