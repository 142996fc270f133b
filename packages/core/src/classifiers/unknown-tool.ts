import { type Classifier, defineClassifier } from '../failure.ts'
import { toolKey } from '../tool.ts'
import { verdict } from '../verdict.ts'

/** A call of a tool that is not among the contracts of the episode; nothing is known where the host told none. */
export const unknownTool: Classifier = defineClassifier({
  name: 'unknown-tool',
  categories: ['resolve.unknown_tool'],
  on: 'call',
  classify({ executed: { tool } }, { contract, contracts }) {
    if (contract || contracts.length === 0) return undefined
    const key = toolKey(tool)
    if (contracts.some((known) => toolKey(known.tool) === key)) return undefined
    return verdict('resolve.unknown_tool', 'schema', `no tool ${key} among ${contracts.length}`)
  },
})
