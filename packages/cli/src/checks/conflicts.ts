import { type Tool, toolKey } from '@lifeharness/core'
import type { Check } from '../check.ts'
import { registeredConflicts } from '../registered-conflicts.ts'

/** Interventions that make different things of one argument: which of them wins is nobody's decision. */
export const conflicts: Check = {
  name: 'conflicts',
  find({ state, scan }) {
    const contractOf = (tool: Tool) => scan.contracts.get(toolKey(tool))
    return registeredConflicts(state, contractOf).map(({ one, other, argument, bothAct }) => ({
      level: bothAct ? 'broken' : 'look',
      what: `${one.intervention.id} and ${other.intervention.id} make different things of ${argument}${bothAct ? ', and both act' : ''}`,
      where: toolKey(one.intervention.tool),
      todo: `look at both with \`lifeharness show\`, and retire the one that is wrong: lifeharness retire ${other.intervention.id}`,
    }))
  },
}
