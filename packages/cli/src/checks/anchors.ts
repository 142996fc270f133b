import { type ToolContract, toolKey } from '@lifeharness/core'
import { anchorHolds } from '@lifeharness/core/learn'
import type { Check, Finding } from '../check.ts'

const STANDING = new Set(['shadow', 'canary', 'active'])

/** The part of a contract that an intervention touches is not the one it was validated under (law 9). */
export const anchors: Check = {
  name: 'anchors',
  find({ state, scan, mined }) {
    return state.entries.flatMap(({ intervention, stages }): Finding[] => {
      const standing = Object.values(stages).find(({ stage }) => STANDING.has(stage))
      const contracts = contractsOf(toolKey(intervention.tool))
      if (!standing || contracts.length === 0) return []
      if (contracts.some((contract) => anchorHolds(intervention, contract))) return []
      return [
        {
          level: 'look',
          what: `its part of the contract changed (${intervention.anchor?.path || 'the names of all arguments'}): it is only computed`,
          where: `${intervention.id}, for ${toolKey(intervention.tool)}`,
          todo: 'the next run of the learner asks its fixtures under the new contract: `lifeharness learn`',
        },
      ]
    })

    /** What agents showed last; recordings have no last, so there any of their forms will do. */
    function contractsOf(key: string): ToolContract[] {
      const last = scan.contracts.get(key)
      if (last) return [last]
      return [...(mined.tools.get(key)?.variants.values() ?? [])].flatMap(({ contract }) => contract ?? [])
    }
  },
}
