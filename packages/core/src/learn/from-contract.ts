import { guardPasses } from '../guard.ts'
import type { CallContext, Draft, Kind, ResultContext } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { addedIssues } from '../schema-parts.ts'
import { readTextCalls } from '../text-calls/read-text-calls.ts'
import { anchorOf, LOCAL_ORIGIN, type Tool, type ToolContract, toolKey, UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { findTool } from '../tool-name.ts'
import type { ToolCall } from '../trajectory.ts'
import { dateProposals, type Proposal, proposalsFor } from './cold/propose.ts'

/** What a model emitted: a call with its arguments (a value, or text that is no JSON), or text instead of a call. */
export type Emitted = { name: string; input?: Json; rawInput?: string } | { text: string }

export type ContractRepair =
  /** `valid`: nothing was wrong with it. `drafts`: what was done, in order. */
  | {
      type: 'valid' | 'repaired'
      calls: readonly { tool: Tool; input: JsonObject }[]
      drafts: readonly Draft[]
    }
  | { type: 'abstain'; reason: string }

/**
 * What the contracts alone say about a dead call, without any history: the calls that it means, where there is one
 * reading and it fits the contract; else nothing is touched. Valid calls come back as they are, but for dates that are
 * written in another format than the one their argument's description states. `learnt`: interventions to be tried
 * before the contract's own suggestions, under their guards. Several edits stand or fall together: a name may be put
 * right whose value is not yet, as long as the call fits the contract in the end.
 */
export function repairFromContract(
  emitted: Emitted,
  contracts: readonly ToolContract[],
  learnt: readonly Draft[] = [],
): ContractRepair {
  if ('text' in emitted) return fromText(emitted.text, contracts, learnt)
  const exact = contracts.filter(({ tool }) => tool.name === emitted.name)
  const contract = exact.length === 1 ? exact[0] : findTool(emitted.name, contracts)
  if (!contract) return { type: 'abstain', reason: 'no advertised tool has this name, in any spelling' }
  const healed = heal(contract, emitted, learnt)
  if ('reason' in healed) return { type: 'abstain', reason: healed.reason }
  const { tool } = contract
  const renamed = tool.name === emitted.name ? [] : [renaming(emitted.name, contract, emitted)]
  const drafts = [...renamed, ...healed.drafts]
  return { type: drafts.length === 0 ? 'valid' : 'repaired', calls: [{ tool, input: healed.input }], drafts }
}

/** The interventions that the contract alone suggests for a dead call, in the order in which they act. */
export function draftsFromContract(emitted: Emitted, contracts: readonly ToolContract[]): readonly Draft[] {
  const repair = repairFromContract(emitted, contracts)
  return repair.type === 'repaired' ? repair.drafts : []
}

function fromText(
  text: string,
  contracts: readonly ToolContract[],
  learnt: readonly Draft[],
): ContractRepair {
  const found = readTextCalls(text, contracts)
  if (found === undefined) return { type: 'abstain', reason: 'the text holds no call' }
  if (found === 'broken')
    return { type: 'abstain', reason: 'a call was begun in the text, but it cannot be read whole' }
  const calls: { tool: Tool; input: JsonObject }[] = []
  const drafts: Draft[] = []
  for (const { contract, ...call } of found) {
    const healed = heal(contract, call, learnt)
    if ('reason' in healed) return { type: 'abstain', reason: healed.reason }
    drafts.push(
      draftOf(
        { kind: 'rescue-text-call', options: {}, path: '' },
        contract,
        { rawInput: text },
        healed.input,
      ),
    )
    drafts.push(...healed.drafts)
    calls.push({ tool: contract.tool, input: healed.input })
  }
  return { type: 'repaired', calls, drafts }
}

type Written = { input?: Json; rawInput?: string }
type Healed = { input: JsonObject; drafts: Draft[] } | { reason: string }

/** Edits that one call may need; more than that is not a slip but another call. */
const MAX_EDITS = 24

function heal(contract: ToolContract, written: Written, learnt: readonly Draft[]): Healed {
  const drafts: Draft[] = []
  const own = learnt.filter(({ tool }) => toolKey(tool) === toolKey(contract.tool))
  const schema = contract.inputSchema
  const { origin, name } = contract.tool
  let call = callOf({ origin, name }, written)
  for (let edits = 0; edits <= MAX_EDITS; edits++) {
    const next = learntStep(contract, call, own) ?? step(contract, call)
    if (!next) break
    drafts.push('draft' in next ? next.draft : draftOf(next.proposal, contract, call, next.call.input))
    call = next.call
  }
  const { input } = call
  if (input === undefined) return { reason: 'the arguments cannot be read without guessing' }
  const [issue] = schema ? schemaCheck(schema)(input) : []
  if (issue) return { reason: `${issue.kind} ${issue.path || '(arguments)'}: ${issue.message}` }
  return isJsonObject(input) ? { input, drafts } : { reason: 'the arguments are no object' }
}

/** The first learnt edit that changes the call; a retry, a block or a hint is no edit. */
function learntStep(
  contract: ToolContract,
  call: ToolCall,
  learnt: readonly Draft[],
): { draft: Draft; call: ToolCall } | undefined {
  for (const draft of learnt) {
    const kind = kinds.get(draft.kind)
    if (kind?.validation !== 'edit' || kind.phase !== 'call' || !guardPasses(draft.when, call.input)) continue
    const edited = attempt(kind, draft.options, contract, call)
    if (edited) return { draft, call: edited }
  }
  return undefined
}

/** The first proposal that changes the call as its kind allows. */
function step(contract: ToolContract, call: ToolCall): { proposal: Proposal; call: ToolCall } | undefined {
  for (const proposal of questionsOf(contract, call)) {
    const kind = kinds.get(proposal.kind)
    const edited = kind && attempt(kind, proposal.options, contract, call)
    if (edited) return { proposal, call: edited }
  }
  return undefined
}

/** They bring values to their place; what is wrong with the values themselves is the next edit's business. */
const PLACING = new Set(['repair-json', 'unwrap-argument', 'wrap-argument', 'rename-argument'])

function attempt(
  kind: Kind,
  options: JsonObject,
  contract: ToolContract,
  call: ToolCall,
): ToolCall | undefined {
  const action = kind.compile(options)(contextOf(contract, call, PLACING.has(kind.kind)))
  if (action?.type !== 'replace-call' || jsonEqual(action.call.input, call.input)) return undefined
  return action.call
}

function* questionsOf(contract: ToolContract, { input, rawInput }: ToolCall): Iterable<Proposal> {
  const schema = contract.inputSchema
  if (input === undefined) {
    if (rawInput !== undefined) yield { kind: 'repair-json', options: {}, path: '' }
    if (rawInput !== undefined) yield { kind: 'repair-json', options: { around: true }, path: '' }
    return
  }
  if (!schema) return
  const issues = schemaCheck(schema)(input)
  if (issues.length > 0) yield* proposalsFor({ contract, schema, input, issues })
  yield* dateProposals(contract, input)
}

const kinds: ReadonlyMap<string, Kind> = new Map(builtinKinds.map((kind) => [kind.kind, kind]))

function callOf(tool: Tool, { input, rawInput }: Written): ToolCall {
  const place = { id: '', tool, turn: 0, index: 0, attempt: 1, approved: false }
  if (input !== undefined) return { ...place, input }
  return { ...place, ...(rawInput === undefined ? { input: {} } : parsed(rawInput)) }
}

/** Valid JSON is what the host reads it as. */
function parsed(rawInput: string): Written {
  try {
    return { input: JSON.parse(rawInput) as Json }
  } catch {
    return { rawInput }
  }
}

function contextOf(contract: ToolContract, call: ToolCall, placing: boolean): ResultContext {
  const schema = contract.inputSchema
  const issuesOf = (input: Json) => (schema ? schemaCheck(schema)(input) : [])
  const context: CallContext = {
    call,
    contract,
    contracts: [contract],
    facts: UNKNOWN_TOOL_FACTS,
    issues: () => (call.input === undefined ? [] : issuesOf(call.input)),
    issuesOf: placing ? () => [] : issuesOf,
    newIssues: (input) => (schema && !placing ? addedIssues(schema, call.input, input) : []),
    history: [],
    forgot: false,
    steps: 0,
    outage: () => undefined,
    hasSucceeded: () => false,
    repeats: () => 0,
    escalation: () => 0,
    recovering: false,
  }
  // Kinds of the call phase read neither.
  return context as ResultContext
}

const CATEGORIES: Readonly<Record<string, Draft['category']>> = {
  'rescue-text-call': 'emit.text_call',
  'repair-json': 'parse.malformed_json',
  'unwrap-argument': 'parse.wrong_container',
  'wrap-argument': 'parse.wrong_container',
  'rename-tool': 'resolve.unknown_tool',
  'rename-argument': 'contract.misnamed_param',
  'drop-argument': 'contract.misnamed_param',
  'coerce-argument': 'contract.type',
  'strip-unit': 'contract.type',
}

function draftOf(
  { kind, options, path }: Proposal,
  contract: ToolContract,
  call: Written,
  expect?: Json,
): Draft {
  const { input, rawInput } = call
  const fixture = {
    ...(input === undefined ? {} : { input }),
    ...(rawInput === undefined ? {} : { rawInput }),
    ...(expect === undefined ? {} : { expect }),
  }
  return {
    kind,
    options,
    tool: contract.tool,
    category: CATEGORIES[kind] ?? 'contract.value',
    signatures: [],
    anchor: { path, hash: anchorOf(contract, path) },
    origin: {
      inducer: 'contract',
      trust: 'observed',
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 1 },
      prediction: { removes: 0 },
      fixtures: { fixes: [fixture], leaves: [] },
    },
  }
}

function renaming(from: string, contract: ToolContract, call: Written): Draft {
  const { origin, name: to } = contract.tool
  const draft = draftOf({ kind: 'rename-tool', options: { from, to }, path: '' }, contract, call)
  return { ...draft, tool: { origin: origin || LOCAL_ORIGIN, name: from } }
}
