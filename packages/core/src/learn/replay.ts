import type { Action } from '../action.ts'
import { anchorHolds } from '../anchor.ts'
import { factsOf } from '../config.ts'
import { type EpisodeMemory, episodeMemory } from '../episode-memory.ts'
import { guardPasses } from '../guard.ts'
import type { Draft, Kind, ResultContext } from '../intervention.ts'
import { type Json, jsonEqual } from '../json.ts'
import { type SchemaIssue, schemaCheck } from '../schema.ts'
import { addedIssues } from '../schema-parts.ts'
import { type ToolContract, toolKey } from '../tool.ts'
import type { ToolCall, ToolResult } from '../trajectory.ts'
import type { JudgedStep } from './judge.ts'

/** A draft that can be asked what it would have done at a recorded step. */
export type Replayable = {
  draft: Draft
  kind: Kind
  /** What it would have done, or undefined. Throws what the kind throws. */
  ask(at: Moment): Action | undefined
}

/** A recorded step as the intervention would have met it. */
export type Moment = Pick<JudgedStep, 'contract' | 'settings' | 'failure'> & {
  call: ToolCall
  result: ToolResult
  memory: EpisodeMemory
  /** All tools that the model was shown; by default the called one's contract alone. */
  contracts?: readonly ToolContract[]
}

/** An episode's memory in which nothing has happened. */
export function noMemory(): EpisodeMemory {
  return episodeMemory()
}

/** @throws what the kind throws when it is compiled, or an Error that says which options are not valid. */
export function replayable(draft: Draft, kind: Kind): Replayable {
  const [issue] = schemaCheck(kind.options)(draft.options)
  if (issue) throw new Error(`options: ${issue.path || 'the whole'}: ${issue.message}`)
  const propose = kind.compile(draft.options)
  return {
    draft,
    kind,
    ask(at) {
      if (!concerns(draft, at)) return undefined
      if (kind.phase !== 'call' && !answers(draft, at)) return undefined
      if (!guardPasses(draft.when, at.call.input)) return undefined
      const action = propose(contextAt(at))
      return action && kind.actions.includes(action.type) && !isIdle(action, at) ? action : undefined
    },
  }
}

/** Another schema is another tool: where the anchor does not hold, the runtime does not act. */
export function concerns(draft: Draft, { call, contract }: Pick<Moment, 'call' | 'contract'>): boolean {
  return toolKey(call.tool) === toolKey(draft.tool) && anchorHolds(draft, contract)
}

/** A result-phase intervention acts on its own signatures only, or on its category where it has none. */
function answers({ signatures, category }: Draft, { failure }: Moment): boolean {
  if (!failure) return false
  return signatures.length > 0 ? signatures.includes(failure.signature) : failure.category === category
}

function isIdle(action: Action, { call, memory }: Moment): boolean {
  // As in an episode: what was inserted before a call is not inserted again.
  if (action.type === 'insert-call') return action.place === 'before' && memory.wasInserted(action.call)
  return (
    action.type === 'replace-call' &&
    toolKey(action.call.tool) === toolKey(call.tool) &&
    action.call.input !== undefined &&
    jsonEqual(action.call.input, call.input)
  )
}

function contextAt({ call, contract, contracts, settings, failure, result, memory }: Moment): ResultContext {
  let issues: readonly SchemaIssue[] | undefined
  const issuesOf = (input: Json) => issuesUnder(contract, input)
  return {
    call,
    contract,
    contracts: contracts ?? (contract ? [contract] : []),
    facts: factsOf(settings, call),
    issues: () => (issues ??= call.input === undefined ? [] : issuesOf(call.input)),
    issuesOf,
    newIssues: (input) => (contract?.inputSchema ? addedIssues(contract.inputSchema, call.input, input) : []),
    history: memory.history,
    forgot: memory.forgot,
    steps: memory.steps,
    // A recording does not say when its calls were made.
    outage: () => undefined,
    hasSucceeded: memory.hasSucceeded,
    repeats: () => memory.repeats(call),
    // Each step is asked on its own: what a cap would have left out later must stand the test as well.
    // What comes after a hint is what can do harm.
    escalation: () => 1,
    recovering: false,
    result,
    failure,
  }
}

export function issuesUnder(contract: ToolContract | undefined, input: Json): readonly SchemaIssue[] {
  return contract?.inputSchema ? schemaCheck(contract.inputSchema)(input) : []
}
