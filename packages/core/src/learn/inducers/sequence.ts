import type { Tool } from '../../tool.ts'
import { draftOf, groupBy } from '../draft.ts'
import { type CalledTool, defineInducer, type Inducer, type Pair } from '../evidence.ts'
import { alwaysCalled, isMendedByStep } from '../missed-steps.ts'

const MIN_EPISODES = 2
/** Steps before the call itself. One step is the matter of `insert-step` and of the advice to call it first. */
const MIN_STEPS = 2
/** With the call itself as many as a `sequence-card` holds. */
const MAX_STEPS = 7

/**
 * Proposes `sequence-card`: before every success after a failure of one kind, the same tools had been called for the
 * first time, in one order. Replay refuses it where a recorded success of the tool did without one of them.
 */
export const sequenceInducer: Inducer = defineInducer({
  name: 'sequence',
  *propose(evidence) {
    const { tool } = evidence
    const found = evidence.pairs.filter(isMendedByStep)
    for (const recovered of groupBy(found, ({ failed }) => failed.failure.signature).values()) {
      if (new Set(recovered.map(({ failed }) => failed.episode)).size < MIN_EPISODES) continue
      const steps = sharedOrder(recovered, tool)
      if (!steps || steps.length < MIN_STEPS || steps.length > MAX_STEPS) continue
      yield draftOf(evidence, {
        inducer: 'sequence',
        kind: 'sequence-card',
        options: { tools: [...steps, tool.name] },
        covered: recovered.map(({ failed }) => ({ failed, paired: true })),
      })
    }
  },
})

/** The names of the tools of one origin that were newly called in each of them; undefined where the order differs. */
function sharedOrder(recovered: readonly Pair[], tool: Tool): string[] | undefined {
  const namesOf = (called: readonly CalledTool[]) =>
    called.filter((one) => one.tool.origin === tool.origin).map((one) => one.tool.name)
  const shared = namesOf(alwaysCalled(recovered, tool))
  const inOrder = recovered.every(({ newlyCalled }) => {
    const own = namesOf(newlyCalled).filter((name) => shared.includes(name))
    return own.every((name, at) => name === shared[at])
  })
  return inOrder ? shared : undefined
}
