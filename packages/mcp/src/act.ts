import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, RunResult, ToolCall, ToolContract } from '@lifeharness/core'
import { type CallResult, isCallResult, type ListedTool, viewOf } from './observe.ts'

export type CallParams = { name: string; arguments?: unknown; [key: string]: unknown }

/** The parameters for a call as it shall be executed; the host's own object when nothing was changed. */
export function paramsFor(params: CallParams, emitted: ToolCall, executed: ToolCall): CallParams {
  if (executed.tool.name === emitted.tool.name && executed.input === emitted.input) return params
  const changed = { ...params, name: executed.tool.name, arguments: executed.input }
  if (executed.id === emitted.id || !isObject(params._meta)) return changed
  // The client waits for the progress of its own call, not of one inserted beside it.
  const { progressToken, ...meta } = params._meta
  return { ...changed, _meta: meta }
}

/**
 * Under this name in `_meta`, for the developer. Of a result: which interventions acted, and what was executed where it was
 * changed. Of a listed tool: what of it is shown otherwise than the server has it.
 */
const REPORT = 'lifeharness/report'

/**
 * The server's result with what the layer has to say in it; the very same result when it has nothing to say, or where
 * that cannot be written.
 */
export function toldResult(
  value: unknown,
  emitted: ToolCall,
  outcome: RunResult,
  onFault: (error: unknown) => void,
): unknown {
  // What is still to be answered is no result yet.
  if (outcome.result.outcome === 'interrupted') return value
  try {
    return reported(told(value, outcome), emitted, outcome)
  } catch (error) {
    onFault(error)
    return value
  }
}

function told(value: unknown, { edited, notes }: RunResult): unknown {
  if (!isCallResult(value)) return value
  let { content } = value
  const before = viewOf(value)
  if (typeof edited === 'string' && typeof before === 'string')
    content = editedContent(content, before, edited)
  else if (edited !== undefined) content = [...content, ...textBlocks(additions(before, edited) ?? [])]
  content = [...content, ...textBlocks(notes)]
  return content.length === value.content.length &&
    content.every((block, index) => block === value.content[index])
    ? value
    : { ...value, content }
}

function textBlocks(lines: readonly string[]): Content {
  return lines.length === 0 ? [] : [{ type: 'text', text: lines.join('\n') }]
}

/**
 * Whether an edited view can be written back. A text can; of structured content only what was added to it, beside it,
 * since it has to stay what its schema says.
 */
export function isWritable(value: unknown, edited: Json): boolean {
  if (!isCallResult(value)) return false
  const before = viewOf(value)
  return (typeof before === 'string' && typeof edited === 'string') || additions(before, edited) !== undefined
}

/** The texts that an edit added to an object; undefined where it did anything else. */
function additions(before: Json, edited: Json): string[] | undefined {
  if (!isObject(before) || !isObject(edited)) return undefined
  if (!Object.entries(before).every(([name, member]) => isDeepStrictEqual(member, edited[name])))
    return undefined
  const added = Object.entries(edited).flatMap(([name, member]) =>
    Object.hasOwn(before, name) ? [] : [member],
  )
  return added.every((text) => typeof text === 'string') ? added : undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function reported(result: unknown, emitted: ToolCall, { applied, executed }: RunResult): unknown {
  const interventions = applied.flatMap(({ arm, intervention: id, version, action }) =>
    arm === 'applied' ? [{ id, version, action }] : [],
  )
  if (interventions.length === 0 || !isObject(result)) return result
  const { name } = executed.tool
  const changed = name !== emitted.tool.name || executed.input !== emitted.input
  const report = { interventions, ...(changed ? { executed: { name, arguments: executed.input } } : {}) }
  return { ...result, _meta: { ...(result._meta as object | undefined), [REPORT]: report } }
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

/** The answer to a call that was not executed, or whose error the model is to see as a result. */
export function ownAnswer(emitted: ToolCall, outcome: RunResult): unknown {
  const view = outcome.edited ?? outcome.result.view()
  const text = typeof view === 'string' ? view : JSON.stringify(view)
  const content = textBlocks([text, ...outcome.notes])
  return reported({ content, ...(outcome.thrown ? { isError: true } : {}) }, emitted, outcome)
}

/** A list of tools as the model should see it; the same list when nothing was changed. */
export function listedTools(
  tools: readonly ListedTool[],
  before: readonly ToolContract[],
  after: readonly ToolContract[],
): readonly ListedTool[] {
  if (before === after) return tools
  const own = new Map(before.map((contract) => [contract.tool.name, contract]))
  const shown = new Map(after.map((contract) => [contract.tool.name, contract]))
  return tools.flatMap((listed) => {
    const contract = shown.get(listed.name)
    if (!contract) return []
    if (contract === own.get(listed.name)) return [listed]
    const { description, inputSchema } = contract
    const patched = { ...(description ? { description } : {}), ...(inputSchema ? { inputSchema } : {}) }
    const changed = Object.keys(patched).filter(
      (part) => !isDeepStrictEqual(listed[part as keyof ListedTool], patched[part as keyof typeof patched]),
    )
    return [{ ...listed, ...patched, _meta: { ...listed._meta, [REPORT]: { changed } } }]
  })
}
