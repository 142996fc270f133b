import type { Json, JsonObject, ToolContract, ToolResult, ToolStep, Trajectory } from '@lifeharness/core'
import { errorFacts, toolResult } from '@lifeharness/core'
import { type Measured, measure } from '../learn/measure.ts'
import { recordingOf } from '../learn/recordings.ts'
import { type Vary, vary } from './vary.ts'

/** A tool of one text argument, really there: `call` throws what it throws. */
export type RepairTool = { name: string; argument: string; call: (value: string) => Promise<unknown> }

/** A mistake that an agent makes again and again with other values, and the call that it then gets right. */
export type Mistake = { name: string; tool: string; wrong: (v: Vary) => string; right: (v: Vary) => string }

export type Workplace = {
  tools: readonly RepairTool[]
  mistakes: readonly Mistake[]
  close: () => Promise<void>
}

/** Episodes in which each mistake is made. */
const EPISODES = 12

/**
 * What is learnt from pairs in a language: episodes in which real tools refuse a call in that language and take the
 * repaired one, and what becomes of each failed call under what was induced from the other folds.
 * @throws Error where a call that should fail does not, or the other way round.
 */
export async function learntFromPairs(name: string, { tools, mistakes }: Workplace): Promise<Measured> {
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const trajectories: Trajectory[] = []
  for (let index = 0; index < EPISODES; index++) {
    for (const mistake of mistakes) {
      const tool = byName.get(mistake.tool) as RepairTool
      const seed = `${mistake.tool} ${mistake.name}`
      const steps = [
        await stepOf(tool, 0, mistake.right(vary(`${seed} before`, index)), 'ok'),
        await stepOf(tool, 1, mistake.wrong(vary(seed, index)), 'error'),
        await stepOf(tool, 2, mistake.right(vary(seed, index)), 'ok'),
      ]
      trajectories.push({
        id: `${mistake.tool}-${mistake.name}-${index}`,
        family: 'bench',
        source: name,
        contracts: tools.map(contractOf),
        steps,
      })
    }
  }
  return measure(recordingOf(name, trajectories, 0, 'function-calling'), false)
}

async function stepOf(
  { name, argument, call }: RepairTool,
  turn: number,
  value: string,
  outcome: 'ok' | 'error',
): Promise<ToolStep> {
  const input: JsonObject = { [argument]: value }
  const made = { id: `call-${turn}`, tool: { origin: 'local', name }, turn, index: 0, attempt: 1 }
  const executed = { ...made, approved: false, input }
  const result = await resultOf(() => call(value))
  if (result.outcome !== outcome)
    throw new Error(`${name}(${value}) was ${result.outcome}: ${result.error?.message ?? ''}`)
  return { type: 'tool', call: executed, executed, result, applied: [] }
}

async function resultOf(act: () => Promise<unknown>): Promise<ToolResult> {
  try {
    return toolResult('ok', (await act()) as Json)
  } catch (thrown) {
    return toolResult('error', thrown, { error: errorFacts(thrown) })
  }
}

function contractOf({ name, argument }: RepairTool): ToolContract {
  const properties = { [argument]: { type: 'string' } }
  return {
    tool: { origin: 'local', name },
    inputSchema: { type: 'object', properties, required: [argument] },
  }
}
