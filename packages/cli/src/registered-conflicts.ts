import type { RegistryEntry, RegistryState, Tool, ToolContract } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf } from '@lifeharness/core/learn'

/** Two entries of a registry that make different things of one argument. */
export type RegisteredConflict = {
  one: RegistryEntry
  other: RegistryEntry
  argument: string
  /** Both change calls, and are not only computed. */
  bothAct: boolean
}

const ACTS = new Set(['canary', 'active'])

/** What is wrong, and what to do about it. */
export function saidOfConflict({ one, other, argument, bothAct }: RegisteredConflict): {
  what: string
  todo: string
} {
  const [id, rival] = [one.intervention.id, other.intervention.id]
  return {
    what: `${id} and ${rival} make different things of ${argument}${bothAct ? ', and both act' : ''}`,
    todo: `look at both with \`lifeharness show\`, and retire the one that is wrong: lifeharness retire ${rival}`,
  }
}

/** The conflicts among the entries that are no drafts and not at their end. */
export function registeredConflicts(
  { entries }: RegistryState,
  contractOf: (tool: Tool) => ToolContract | undefined = () => undefined,
): RegisteredConflict[] {
  const living = entries.filter(({ stages }) =>
    Object.values(stages).some(({ stage }) => stage === 'shadow' || ACTS.has(stage)),
  )
  return living.flatMap((one, index) =>
    conflictsOf(
      one.intervention,
      living.slice(index + 1).map(({ intervention }) => intervention),
      builtinKinds,
      contractOf(one.intervention.tool),
    ).flatMap(({ other: id, argument }) => {
      const other = living.find(({ intervention }) => intervention.id === id)
      return other ? [{ one, other, argument, bothAct: acts(one) && acts(other) }] : []
    }),
  )
}

function acts({ stages }: RegistryEntry): boolean {
  return Object.values(stages).some(({ stage }) => ACTS.has(stage))
}
