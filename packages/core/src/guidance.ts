import type { Action, Applied, CallPlan } from './action.ts'
import { mayInsert } from './config.ts'
import type { EpisodeContext } from './episode.ts'
import type { ResultContext } from './intervention.ts'
import { jsonEqual } from './json.ts'
import type { Planner } from './plan.ts'
import { schemaCheck } from './schema.ts'
import type { CompiledIntervention } from './snapshot.ts'
import { type Tool, type ToolContract, toolKey } from './tool.ts'
import type { ToolCall, ToolResult } from './trajectory.ts'

/** What an episode shows and tells the model beside its calls: the contract and the skill layer. */
export type Guide = {
  /** The tools as the model should see them; the same array where nothing changes. */
  present(contracts: readonly ToolContract[]): readonly ToolContract[]
  /** The texts told so far, in the order in which they came; `request` is the newest text the model was asked with. */
  context(request: string | undefined): readonly string[]
  /** What the model must be told instead of ending with its answer. */
  holdAnswer(): string | undefined
  /** What was shown or told because of a tool and is not yet recorded, taken out. */
  unrecorded(tool: Tool): readonly Applied[]
}

export function guide(episode: EpisodeContext, plans: Planner): Guide {
  /** What was chosen for a tool when the model was first shown it: fixed, so that prompts stay the same. */
  const chosen = new Map<string, readonly CompiledIntervention[]>()
  const edits = new WeakMap<ToolContract, ToolContract>()
  const told = new Map<string, string>()
  const decided = new Set<string>()
  const pending = new Map<string, Applied[]>()
  let shown: readonly ToolContract[] = []

  /** Asks an intervention about its tool; what it proposes is recorded with the tool's next call. */
  function ask(
    compiled: CompiledIntervention,
    more: Partial<ResultContext>,
    before?: ToolContract,
  ): Action | undefined {
    const { intervention, stage } = compiled
    const { id, version, tool } = intervention
    const action = plans.propose(compiled, { ...plans.context(nothingCalled(tool)), ...more, asked: id })
    const arm = action && plans.arm(compiled, false)
    if (!action || !arm) return undefined
    const after = action.type === 'replace-tools' ? action.tools[0] : undefined
    const reason = before && illegalContract(before, after)
    if (reason) {
      episode.runtime.faults.report(`intervention ${id}`, new Error(reason))
      return undefined
    }
    const drawn = arm === 'shadow' || episode.runtime.mode === 'frozen'
    const record: Applied = {
      ...{ intervention: id, version, arm, action: action.type, dead: false },
      ...(drawn ? {} : { treatedShare: 1 - stage.controlShare }),
      ...(before && after ? { before: visible(before), after: visible(after) } : {}),
      ...(action.type === 'add-context' ? { after: action.text } : {}),
    }
    const key = toolKey(tool)
    pending.set(key, [...(pending.get(key) ?? []), record])
    if (arm !== 'applied') return undefined
    episode.restraint.acted(id, tool)
    return action
  }

  function edited(contract: ToolContract): ToolContract {
    const known = edits.get(contract)
    if (known) return known
    const key = toolKey(contract.tool)
    const before = chosen.get(key)
    const acting: CompiledIntervention[] = []
    let current = contract
    for (const compiled of before ?? plans.matching(contract).tools) {
      const context = { contract: current }
      const action = before
        ? plans.propose(compiled, { ...plans.context(nothingCalled(contract.tool)), ...context })
        : ask(compiled, context, current)
      if (action?.type !== 'replace-tools' || !action.tools[0]) continue
      if (before && illegalContract(current, action.tools[0])) continue
      acting.push(compiled)
      current = action.tools[0]
    }
    if (!before) chosen.set(key, acting)
    edits.set(contract, current)
    return current
  }

  const guarded = <T>(where: string, body: () => T, instead: T): T => {
    try {
      return body()
    } catch (error) {
      episode.runtime.faults.report(where, error)
      return instead
    }
  }

  return {
    present: (contracts) =>
      guarded(
        'presentTools',
        () => {
          shown = contracts
          const presented = contracts.map(edited)
          return presented.some((contract, at) => contract !== contracts[at]) ? presented : contracts
        },
        contracts,
      ),
    context: (request) =>
      guarded('context', () => {
        for (const contract of shown) {
          for (const compiled of plans.matching(contract).turn) {
            const { id } = compiled.intervention
            // What was told stays told, and what was computed for a control is not computed again.
            if (decided.has(id)) continue
            const count = pending.get(toolKey(contract.tool))?.length
            const action = ask(compiled, request === undefined ? {} : { request })
            if (pending.get(toolKey(contract.tool))?.length !== count) decided.add(id)
            if (action?.type === 'add-context') told.set(id, action.text)
          }
        }
        return [...told.values()]
      }, []),
    holdAnswer: () =>
      guarded(
        'holdAnswer',
        () => {
          for (const contract of shown) {
            for (const compiled of plans.matching(contract).answer) {
              const action = ask(compiled, {})
              if (action?.type === 'add-context') return action.text
            }
          }
          return undefined
        },
        undefined,
      ),
    unrecorded(tool) {
      if (pending.size === 0) return NOTHING_TOLD
      const records = pending.get(toolKey(tool)) ?? []
      pending.delete(toolKey(tool))
      return records
    },
  }
}

const NOTHING_TOLD: readonly Applied[] = []

/** What kinds that act before any call are asked with. */
function nothingCalled(tool: Tool): ToolCall {
  return { id: '', tool, turn: 0, index: 0, attempt: 1, approved: false }
}

/** What a contract kind may change is what the model reads of the arguments. */
function illegalContract(before: ToolContract, after: ToolContract | undefined): string | undefined {
  if (!after || toolKey(before.tool) !== toolKey(after.tool))
    return 'a contract may not become that of another tool'
  const names = (contract: ToolContract) => Object.keys(contract.inputSchema?.properties ?? {}).join('\n')
  return names(before) === names(after) ? undefined : 'a contract may not gain or lose arguments'
}

function visible({ description, inputSchema }: ToolContract) {
  return {
    ...(description === undefined ? {} : { description }),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  }
}

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
  const settings = episode.runtime.settings(tool, contract)
  if (!mayInsert(settings, inserted)) return `a call of ${toolKey(tool)} may not be added`
  if (input === undefined) return 'a call without arguments may not be added'
  const [issue] = contract.inputSchema ? schemaCheck(contract.inputSchema)(input) : []
  return issue && `the added call breaks the schema at ${issue.path || 'the root'}: ${issue.message}`
}

/** Whether the same is added to this call already, or was before an earlier one: two may have come to the same addition. */
export function isAdded(
  { call, place }: Extract<Action, { type: 'insert-call' }>,
  planned: Pick<CallPlan, 'before' | 'after'>,
  { memory }: EpisodeContext,
): boolean {
  // What was added does not stand in the history, where kinds look for what is done already.
  if (place === 'before' && memory.wasInserted(call)) return true
  return planned[place].some(
    (other) =>
      toolKey(other.call.tool) === toolKey(call.tool) &&
      jsonEqual(other.call.input ?? null, call.input ?? null),
  )
}

const NOTED_LENGTH = 2_000

/** The result stands in the note as JSON: data, whatever its text says. */
export function insertedNote({ tool, input }: ToolCall, when: string, result: ToolResult): string {
  const text = JSON.stringify(result.view())
  const shown =
    text.length > NOTED_LENGTH
      ? `${text.slice(0, NOTED_LENGTH).toWellFormed()}… (${text.length - NOTED_LENGTH} more characters)`
      : text
  const outcome = result.outcome === 'ok' ? 'returned' : 'failed with'
  return `Note: ${tool.name}(${JSON.stringify(input)}) was called ${when} this call and ${outcome}: ${shown}`
}
