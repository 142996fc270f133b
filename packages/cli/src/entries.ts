import { CATEGORIES, type Category, type RegistryEntry, type RegistryState } from '@lifeharness/core'
import { CliError, usageError } from './cli-error.ts'
import { nearestNames } from './nearest.ts'

/** The interventions that a person means: one by its id, or by a beginning of it that no other shares. */
export function entryById(state: RegistryState, id: string): RegistryEntry {
  const [entry, ...others] = entriesWithId(state, id)
  if (entry && others.length === 0) return entry
  if (entry)
    throw usageError(
      `${id} is the beginning of ${others.length + 1} ids; name one of ${idsOf([entry, ...others])}`,
    )
  throw notRegistered(state, id)
}

/** Those of a category, or the one with that id. Empty where a category has none. */
export function entriesFor(state: RegistryState, categoryOrId: string): RegistryEntry[] {
  if (isCategory(categoryOrId))
    return state.entries.filter(({ intervention }) => intervention.category === categoryOrId)
  if (entriesWithId(state, categoryOrId).length > 0) return [entryById(state, categoryOrId)]
  if (/^[a-z]+(?:\.\w*)?$/.test(categoryOrId)) throw unknownCategory(categoryOrId)
  throw notRegistered(state, categoryOrId)
}

function entriesWithId({ entries }: RegistryState, id: string): RegistryEntry[] {
  const exact = entries.filter(({ intervention }) => intervention.id === id)
  return exact.length > 0 ? exact : entries.filter(({ intervention }) => intervention.id.startsWith(id))
}

function isCategory(text: string): text is Category {
  return (CATEGORIES as readonly string[]).includes(text)
}

function unknownCategory(typed: string): CliError {
  return usageError(
    `${typed} is no category, and no registered id begins so${didYouMean(nearestNames(typed, CATEGORIES))}\nThe categories are: ${CATEGORIES.join(', ')}`,
  )
}

function notRegistered({ entries }: RegistryState, id: string): CliError {
  if (entries.length === 0)
    return new CliError(`${id} is not registered: the registry is empty; fill it with \`lifeharness mine\``)
  const near = nearestNames(
    id,
    entries.map(({ intervention }) => intervention.id),
  )
  return new CliError(
    `${id} is not registered${didYouMean(near)}\nList what is registered with \`lifeharness report\``,
  )
}

function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`
}

function idsOf(entries: readonly RegistryEntry[]): string {
  return entries.map(({ intervention }) => intervention.id).join(', ')
}
