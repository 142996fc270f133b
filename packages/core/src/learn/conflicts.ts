import { toolSettings } from '../config.ts'
import type { Fixture, Intervention, Kind } from '../intervention.ts'
import { isJsonObject, type Json, jsonEqual } from '../json.ts'
import { type ToolContract, toolKey } from '../tool.ts'
import { toolResult } from '../trajectory.ts'
import { noMemory, type Replayable, replayable } from './replay.ts'

/** Two interventions that would make different things of the same argument, and an input on which they do. */
export type Conflict = { other: string; argument: string; input: Json }

/**
 * The conflicts of an intervention with others, found before either of them acts: both are asked about the inputs that
 * they were recorded with. Edits that follow each other are none (a unit is stripped, then the text is made a number):
 * there the second does not act without the first. Kinds that make no edit before execution have none.
 */
export function conflictsOf(
  one: Intervention,
  others: readonly Intervention[],
  kinds: readonly Kind[],
  contract?: ToolContract,
): Conflict[] {
  const own = asked(one, kinds)
  if (!own) return []
  return others.flatMap((other): Conflict[] => {
    if (!mayMeet(one, other)) return []
    const rival = asked(other, kinds)
    if (!rival) return []
    for (const { input } of [...inputsOf(one), ...inputsOf(other)]) {
      if (input === undefined) continue
      const argument = differing(
        input,
        editOf(own, one, input, contract),
        editOf(rival, other, input, contract),
      )
      if (argument !== undefined) return [{ other: other.id, argument, input }]
    }
    return []
  })
}

function asked({ kind, ...draft }: Intervention, kinds: readonly Kind[]): Replayable | undefined {
  const known = kinds.find((one) => one.kind === kind)
  if (known?.phase !== 'call' || !known.actions.includes('replace-call')) return undefined
  try {
    return replayable({ kind, ...draft }, known)
  } catch {
    // What does not compile acts nowhere.
    return undefined
  }
}

/** Of one tool, and of tenants that are not two. */
function mayMeet(a: Intervention, b: Intervention): boolean {
  if (a.id === b.id || toolKey(a.tool) !== toolKey(b.tool)) return false
  return a.scope === undefined || b.scope === undefined || a.scope === b.scope
}

function inputsOf({ origin }: Intervention): readonly Fixture[] {
  return [...origin.fixtures.fixes, ...origin.fixtures.leaves]
}

function editOf(
  replay: Replayable,
  { tool }: Intervention,
  input: Json,
  contract: ToolContract | undefined,
): Json | undefined {
  const call = { id: 'fixture', tool, turn: 0, index: 0, attempt: 1, approved: false, input }
  const moment = {
    ...{ call, contract, settings: toolSettings({}, tool, contract), failure: undefined },
    ...{ result: toolResult('ok', null), memory: noMemory() },
  }
  try {
    const action = replay.ask(moment)
    return action?.type === 'replace-call' ? action.call.input : undefined
  } catch {
    return undefined
  }
}

/** The first argument that both edits change, and not to the same. */
function differing(before: Json, a: Json | undefined, b: Json | undefined): string | undefined {
  if (!isJsonObject(before) || !isJsonObject(a) || !isJsonObject(b)) return undefined
  const names = new Set([...Object.keys(before), ...Object.keys(a), ...Object.keys(b)])
  const changed = (after: Json, name: string) => isJsonObject(after) && !jsonEqual(after[name], before[name])
  return [...names].find((name) => changed(a, name) && changed(b, name) && !jsonEqual(a[name], b[name]))
}
