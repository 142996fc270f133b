import { argumentSchema } from '../../tool.ts'
import { draftOf } from '../draft.ts'
import { defineInducer, type Inducer } from '../evidence.ts'
import { lengthLimit, sharedPrefix } from '../learnt-advice.ts'

/**
 * Proposes `patch-description` for what the profile of the successes says of an argument and its contract does not: how
 * its values begin, how long they may be. The same advice as after the error, before the first one.
 */
export const descriptionPatchInducer: Inducer = defineInducer({
  name: 'description-patch',
  *propose(evidence) {
    for (const { advice, slots, path, covered, scope } of [
      ...sharedPrefix(evidence),
      ...lengthLimit(evidence),
    ]) {
      const schema = path === undefined ? undefined : argumentSchema(evidence.contract, path)
      if (path === undefined || !schema || saysAlready(schema.description, Object.values(slots))) continue
      yield draftOf(evidence, {
        inducer: 'description-patch',
        kind: 'patch-description',
        options: { path, advice, slots },
        path,
        covered,
        ...(scope === undefined ? {} : { scope }),
      })
    }
  },
})

/** The description holds the limit or the beginning; that it was not heeded then has other reasons. */
function saysAlready(description: unknown, said: readonly unknown[]): boolean {
  const [, literal] = said
  return typeof description === 'string' && description.includes(String(literal))
}
