import { type Draft, interventionId } from '../../intervention.ts'
import type { Json } from '../../json.ts'
import { type Covered, draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'
import { draftsFromContract } from '../from-contract.ts'

/** What the other inducers do not look for, because no pair is needed to see it. */
const KINDS = new Set(['unwrap-argument', 'wrap-argument', 'strip-unit'])

type Suggested = { draft: Draft; failed: FailedCall }

/**
 * Proposes what the contract alone suggests for dead calls: arguments wrapped into an object or out of one, a unit beside
 * a number. These kinds act on dead calls only.
 */
export const contractInducer: Inducer = defineInducer({
  name: 'contract',
  *propose(evidence) {
    const found = evidence.failures.flatMap((failed) =>
      failed.failure.dead
        ? suggestedFor(failed, evidence).map((draft): Suggested => ({ draft, failed }))
        : [],
    )
    if (found.length === 0) return
    // What the contract finds fault with and the tool took all the same is no fault.
    const accepted = evidence.successes
      .flatMap((success) => suggestedFor(success, evidence))
      .map(interventionId)
    for (const [id, same] of groupBy(found, ({ draft }) => interventionId(draft))) {
      if (accepted.includes(id)) continue
      const [{ draft }] = same as [Suggested]
      yield draftOf(evidence, {
        inducer: 'contract',
        kind: draft.kind,
        options: draft.options,
        ...(draft.anchor ? { path: draft.anchor.path } : {}),
        ...(draft.when ? { when: draft.when } : {}),
        covered: same.map(({ failed }): Covered => ({ failed, paired: false })),
      })
    }
  },
})

function suggestedFor({ input }: { input?: Json }, { tool, contract }: Evidence): Draft[] {
  if (!contract?.inputSchema || input === undefined) return []
  return draftsFromContract({ name: tool.name, input }, [contract]).filter(({ kind }) => KINDS.has(kind))
}
