import type { EpisodeContext } from './episode.ts'
import { schemaCheck } from './schema.ts'
import { toolKey } from './tool.ts'
import type { ToolCall, ToolResult } from './trajectory.ts'

/**
 * Laws 5 and 11: a call may be added of a tool that the model was shown, of the same origin, that changes nothing or
 * that the user lets the layer call, with arguments that its contract takes.
 */
export function illegalInsertion(
  own: ToolCall,
  inserted: ToolCall,
  episode: EpisodeContext,
): string | undefined {
  const { tool, input } = inserted
  const contract = episode.contract(tool)
  if (tool.origin !== own.tool.origin)
    return `a call of ${toolKey(own.tool)} may not add one of ${toolKey(tool)}`
  if (!contract) return `a call may not be added of ${toolKey(tool)}, which the model was not shown`
  const { facts, never, insertable } = episode.runtime.settings(tool, contract)
  if (never || !(facts.readOnly || insertable)) return `a call of ${toolKey(tool)} may not be added`
  if (input === undefined) return 'a call without arguments may not be added'
  const [issue] = contract.inputSchema ? schemaCheck(contract.inputSchema)(input) : []
  return issue && `the added call breaks the schema at ${issue.path || 'the root'}: ${issue.message}`
}

const NOTED_LENGTH = 2_000

/** The result stands in the note as JSON: data, whatever its text says. */
export function insertedNote({ tool, input }: ToolCall, when: string, result: ToolResult): string {
  const text = JSON.stringify(result.view())
  const shown =
    text.length > NOTED_LENGTH
      ? `${text.slice(0, NOTED_LENGTH)}… (${text.length - NOTED_LENGTH} more characters)`
      : text
  const outcome = result.outcome === 'ok' ? 'returned' : 'failed with'
  return `Note: ${tool.name}(${JSON.stringify(input)}) was called ${when} this call and ${outcome}: ${shown}`
}
