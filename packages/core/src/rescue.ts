import type { Applied } from './action.ts'
import type { EpisodeContext } from './episode.ts'
import type { PlannedCall, Planner } from './plan.ts'
import { settle } from './run.ts'
import { TEXT_CALL_CODE } from './text-call-code.ts'
import { readTextCalls } from './text-calls/read-text-calls.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

/** `found`: the text holds a call, whatever becomes of it. */
export type Rescued = { found: boolean; calls: readonly ToolCall[]; applied: readonly Applied[] }

const NOTHING_FOUND: Rescued = { found: false, calls: [], applied: [] }

/** See `Episode.rescueText`. */
export function rescueText(
  context: EpisodeContext,
  plans: Planner,
  text: string,
  place: Pick<ToolCall, 'id' | 'turn' | 'index'>,
): Rescued {
  const found = readTextCalls(text, context.knownTools())
  const first = Array.isArray(found) ? found[0] : undefined
  if (!first) return NOTHING_FOUND
  const { tool } = first.contract
  const written: ToolCall = { ...place, tool, attempt: 1, approved: false, rawInput: text }
  const applied: Applied[] = []
  let calls: readonly ToolCall[] = []
  const view = plans.context(written)
  for (const compiled of plans.matching(written).call.always) {
    const { intervention, kind, stage } = compiled
    if (!kind.actions.includes('emit-calls')) continue
    const action = plans.propose(compiled, view)
    const made =
      action?.type === 'emit-calls' ? action.calls : action?.type === 'replace-call' ? [action.call] : []
    const arm = plans.arm(compiled, true)
    if (!arm || made.length === 0 || !made.every((call) => isExecutable(context, plans, call))) continue
    applied.push({
      ...{ intervention: intervention.id, version: intervention.version, arm, action: 'emit-calls' },
      ...(arm === 'shadow' || context.runtime.mode === 'frozen'
        ? {}
        : { treatedShare: 1 - stage.controlShare }),
      ...{ dead: true, before: text, after: made.map(({ tool: { name }, input = {} }) => ({ name, input })) },
    })
    if (arm !== 'applied') continue
    context.restraint.acted(intervention.id, tool)
    calls = made
    break
  }
  for (const [position, call] of calls.entries()) plans.keep(planOf(written, call, position, applied))
  if (calls.length === 0) {
    const message = 'not executed: the call was written as text'
    const result = toolResult('error', message, { error: { message, code: TEXT_CALL_CODE } })
    settle(context, { call: written, applied }, written, result)
  }
  return { found: true, calls, applied }
}

/** Of a tool that the model was shown and the user lets the layer touch, with arguments that its contract takes. */
function isExecutable({ contract, runtime }: EpisodeContext, plans: Planner, call: ToolCall): boolean {
  const own = contract(call.tool)
  return own !== undefined && !runtime.settings(call.tool, own).never && !plans.context(call).dead()
}

/** What was done is told with the first call only: it was done once. */
function planOf(
  written: ToolCall,
  call: ToolCall,
  position: number,
  applied: readonly Applied[],
): PlannedCall {
  const { input: _, ...place } = call
  const original: ToolCall = { ...place, rawInput: written.rawInput ?? '' }
  return { before: [], call, after: [], applied: position === 0 ? applied : [], original, notes: [] }
}
