import type { ProposalContext } from './proposal-context.ts'
import { toolKey } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

/** Why an edit is refused, or undefined when it may stand: it keeps the tool and breaks nothing that was whole. */
export function illegalEdit(before: ToolCall, after: ToolCall, view: ProposalContext): string | undefined {
  if (toolKey(before.tool) !== toolKey(after.tool))
    return `an edit may not lead from ${toolKey(before.tool)} to ${toolKey(after.tool)}`
  if (after.input === undefined) return 'an edit left no arguments'
  const [added] = view.newIssues(after.input)
  return added
    ? `the edit would break the schema at ${added.path || 'the root'}: ${added.message}`
    : undefined
}

/** Law 2: within one origin, away from a name that no tool has, onto a tool that the model was shown. */
export function illegalRename(before: ToolCall, after: ToolCall, view: ProposalContext): string | undefined {
  const wanted = toolKey(after.tool)
  if (!view.unknownTool || before.tool.origin !== after.tool.origin || before.input !== after.input)
    return `a renaming may not lead from ${toolKey(before.tool)} to ${wanted}`
  if (!view.contracts?.some(({ tool }) => toolKey(tool) === wanted))
    return `a renaming may not lead to ${wanted}, which the model was not shown`
  return undefined
}
