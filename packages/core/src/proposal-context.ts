import { factsOf } from './config.ts'
import type { EpisodeContext } from './episode.ts'
import type { Failure } from './failure.ts'
import type { ResultContext } from './intervention.ts'
import type { Json } from './json.ts'
import { type SchemaIssue, schemaCheck } from './schema.ts'
import { addedIssues, breaksSchema } from './schema-parts.ts'
import type { ToolCall, ToolResult } from './trajectory.ts'

/** What kinds see, with the id of the intervention that is being asked. */
export type ProposalContext = ResultContext & {
  asked: string
  /** All tools that the model may call are known, and this is none of them. */
  unknownTool: boolean
  /** Would the host refuse the call unexecuted? The argument `first` is looked at first. */
  dead(first?: string): boolean
}

/** What the host's own check says of a call, where it has one: `accepted` calls are live, `refused` ones dead. */
export type HostVerdict = 'accepted' | 'refused'

export function proposalContext(
  episode: EpisodeContext,
  call: ToolCall,
  {
    result,
    failure,
    verdict,
  }: { result?: ToolResult; failure?: Failure | undefined; verdict?: HostVerdict | undefined } = {},
): ProposalContext {
  const contract = episode.contract(call.tool)
  let issues: readonly SchemaIssue[] | undefined
  const schema = contract?.inputSchema
  const issuesOf = (input: Json): readonly SchemaIssue[] => (schema ? schemaCheck(schema)(input) : [])
  // The same edited arguments are asked about by the kind and again by the runtime.
  let edited: { input: Json; issues: readonly SchemaIssue[] } | undefined
  const accepted = verdict === 'accepted'
  const ownIssues = () => (issues ??= call.input === undefined || accepted ? [] : issuesOf(call.input))
  const unknownTool = !contract && episode.knownTools().length > 0
  const context: ProposalContext = {
    asked: '',
    unknownTool,
    call,
    contract,
    facts: factsOf(episode.runtime.settings(call.tool, contract), call),
    contracts: episode.contracts(),
    accepted,
    issues: ownIssues,
    issuesOf,
    newIssues(input) {
      if (!schema) return []
      if (edited?.input !== input) edited = { input, issues: addedIssues(schema, call.input, input) }
      return edited.issues
    },
    history: episode.memory.history,
    forgot: episode.memory.forgot,
    steps: episode.memory.steps,
    outage: (tool) => episode.memory.outage(tool, episode.runtime.clock.monotonic()),
    hasSucceeded: episode.memory.hasSucceeded,
    repeats: () => episode.memory.repeats(call),
    escalation: () => episode.restraint.escalation(context.asked),
    recovering: episode.restraint.recovering(),
    dead: (first) => (verdict ? verdict === 'refused' : isDead(episode, call, context, first)),
    // Call-phase kinds never read these two; result-phase kinds always find them.
    result: result as ToolResult,
    failure,
  }
  return context
}

/** Would the host refuse this call unexecuted? Unparsable, of a tool it was never shown, or against the schema. */
function isDead(
  episode: EpisodeContext,
  call: ToolCall,
  { contract, unknownTool }: Pick<ProposalContext, 'contract' | 'unknownTool'>,
  first: string | undefined,
): boolean {
  if (call.input === undefined) return call.rawInput !== undefined
  if (unknownTool) return true
  if (!contract?.inputSchema) return false
  // JSON Schema leaves it to each host whether it checks formats, and many leave out what they do not know.
  const refused = ({ keyword, kind }: Pick<SchemaIssue, 'keyword' | 'kind'>) =>
    keyword !== 'format' && !(episode.strips && kind === 'unexpected')
  return breaksSchema(contract.inputSchema, call.input, first, refused)
}
