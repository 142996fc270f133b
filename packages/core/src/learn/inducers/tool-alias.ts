import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Inducer } from '../evidence.ts'

/**
 * Proposes `rename-tool` where calls of a tool that does not exist were followed by calls of one that does, with exactly
 * the same arguments: a proven alias (law 2). Where the models went on with different tools there is none.
 */
export const toolAliasInducer: Inducer = defineInducer({
  name: 'tool-alias',
  *propose(evidence) {
    const { tool, contract, pairs, profile } = evidence
    if (contract || profile.calls > 0) return
    const switched = pairs.filter(({ relation }) => relation === 'switched')
    const targets = groupBy(switched, (pair) => pair.tool?.name ?? '')
    const [target] = switched
    if (!target?.tool || targets.size > 1 || target.tool.origin !== tool.origin) return
    yield draftOf(evidence, {
      inducer: 'tool-alias',
      kind: 'rename-tool',
      options: { from: tool.name, to: target.tool.name },
      covered: switched.map(({ failed }) => ({
        failed,
        paired: true,
        ...(failed.input === undefined ? {} : { expect: failed.input }),
      })),
    })
  },
})
