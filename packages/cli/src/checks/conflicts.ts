import { type Tool, toolKey } from '@lifeharness/core'
import type { Check } from '../check.ts'
import { registeredConflicts, saidOfConflict } from '../registered-conflicts.ts'

/** Interventions that make different things of one argument: which of them wins is nobody's decision. */
export const conflicts: Check = {
  name: 'conflicts',
  find({ state, scan }) {
    const contractOf = (tool: Tool) => scan.contracts.get(toolKey(tool))
    return registeredConflicts(state, contractOf).map((conflict) => ({
      level: conflict.bothAct ? 'broken' : 'look',
      where: toolKey(conflict.one.intervention.tool),
      ...saidOfConflict(conflict),
    }))
  },
}
