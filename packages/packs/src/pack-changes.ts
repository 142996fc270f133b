import type {
  Kind,
  RegistryEntry,
  RegistryState,
  StageRecord,
  ToolContract,
  Transition,
} from '@lifeharness/core'
import { toolKey } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf, openAccount, retireByPerson } from '@lifeharness/core/learn'
import { lt } from 'semver'
import type { BoundEntry } from './bind-pack.ts'
import type { Pack, PackEntry } from './pack.ts'

/** A version of the pack that is newer than the one to be added is registered for the same tools. */
export class PackVersionError extends Error {
  override readonly name: string = 'PackVersionError'
  readonly code = 'LIFEHARNESS_PACK_VERSION'
}

/** What adding does with one entry, and why. `dropped`: registered by an older version and no longer in the pack. */
export type PackStep = {
  entry: string
  id: string
  does: 'shadow' | 'proposed' | 'approved' | 'kept' | 'retired before' | 'dropped'
  reason: string
  /** The intervention whose place it takes. */
  replaces?: string
}

export type PackChangeOptions = {
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  /** Ids that were registered once: what a person retired does not come back. */
  registered?: ReadonlySet<string>
  /** Entries that a person approves, by name. */
  approve?: readonly string[]
  /** Why an entry may not leave proposed, by its name: fixtures that do not hold, say. */
  refused?: ReadonlyMap<string, string>
  contractOf?(tool: { origin: string; name: string }): ToolContract | undefined
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The transitions that enter a bound pack into a registry: into shadow what its fixtures prove, as proposed what a person
 * must approve or what would make something else of an argument than what is registered. Where an older version said
 * something else, the new entry takes the place of the old one, from shadow on; what the pack no longer has stays, and is
 * told. Adding the same twice changes nothing. Pure.
 * @throws PackVersionError where a newer version is registered.
 */
export function packChanges(
  state: RegistryState,
  pack: Pack,
  bound: readonly BoundEntry[],
  options: PackChangeOptions,
): { changes: Transition[]; steps: PackStep[] } {
  const { registered = new Set() } = options
  const tools = new Set(bound.map(({ intervention }) => toolKey(intervention.tool)))
  const earlier = state.entries.filter(
    ({ intervention: { origin, tool } }) => origin.pack?.name === pack.name && tools.has(toolKey(tool)),
  )
  for (const { intervention } of earlier)
    if (lt(pack.version, intervention.origin.pack?.version ?? pack.version))
      throw new PackVersionError(
        `${pack.name} ${intervention.origin.pack?.version} is registered for ${toolKey(intervention.tool)}, ` +
          `which is newer than ${pack.version}; take a version from there on`,
      )
  const changes: Transition[] = []
  const steps: PackStep[] = []
  const entered: RegistryEntry[] = []
  for (const one of bound) {
    const { entry, intervention } = one
    const known = state.entries.find(({ intervention: { id } }) => id === intervention.id)
    if (known) {
      const step = ofKnown(one, known, options)
      steps.push(step.step)
      changes.push(...step.changes)
      continue
    }
    const { id } = intervention
    if (registered.has(id)) {
      const reason = 'a person retired it, and what is retired does not come back'
      steps.push({ entry: entry.name, id, does: 'retired before', reason })
      continue
    }
    const old = earlier.find(
      (other) =>
        other.intervention.origin.pack?.entry === entry.name &&
        toolKey(other.intervention.tool) === toolKey(intervention.tool),
    )
    const others = [...state.entries, ...entered].filter((other) => other !== old)
    const { does, reason } = verdictOn(one, pack, others, options)
    const made = entryAt(one, 'proposed', reason, options.now)
    entered.push(made)
    changes.push(
      ...(old
        ? retireByPerson(state, old.intervention.id, `${pack.name} ${pack.version} replaces it`, options)
        : []),
      moveOf(made, undefined, 'proposed', reason, options.now),
      ...(does === 'proposed'
        ? []
        : [moveOf(entryAt(one, 'shadow', reason, options.now), 'proposed', 'shadow', reason, options.now)]),
    )
    steps.push({ entry: entry.name, id, does, reason, ...(old ? { replaces: old.intervention.id } : {}) })
  }
  const names = new Set(pack.entries.map(({ name }) => name))
  for (const { intervention } of earlier) {
    const name = intervention.origin.pack?.entry ?? ''
    if (names.has(name)) continue
    const reason = `${pack.version} no longer has it; it stays until a person retires it`
    steps.push({ entry: name, id: intervention.id, does: 'dropped', reason })
  }
  return { changes, steps }
}

function verdictOn(
  { entry, intervention }: BoundEntry,
  pack: Pack,
  others: readonly RegistryEntry[],
  { kinds = builtinKinds, approve = [], refused, contractOf }: PackChangeOptions,
): Pick<PackStep, 'does' | 'reason'> {
  const unproven = refused?.get(entry.name)
  if (unproven !== undefined) return { does: 'proposed', reason: unproven }
  const [conflict] = conflictsOf(
    intervention,
    others.map((other) => other.intervention),
    kinds,
    contractOf?.(intervention.tool),
  )
  if (conflict)
    return { does: 'proposed', reason: `${conflict.other} makes something else of ${conflict.argument}` }
  const { fixes, leaves } = entry.fixtures
  const proven = `${pack.name} ${pack.version}: mends ${fixes.length} and leaves alone ${leaves.length} calls of its fixtures`
  if (!needsApproval(entry)) return { does: 'shadow', reason: proven }
  return approve.includes(entry.name)
    ? { does: 'approved', reason: `approved by a person; ${proven}` }
    : { does: 'proposed', reason: 'it adds, blocks or repeats something: a person must approve it' }
}

const needsApproval = ({ approval }: PackEntry): boolean => approval === 'needed'

/** What is registered as it is: its version is noted, and a person may approve it now. */
function ofKnown(
  { entry, intervention }: BoundEntry,
  known: RegistryEntry,
  { approve = [], refused, now }: PackChangeOptions,
): { step: PackStep; changes: Transition[] } {
  const { id } = intervention
  const own = known.intervention.origin.pack
  const { pack } = intervention.origin
  const isNewer =
    own !== undefined && pack !== undefined && own.name === pack.name && own.version !== pack.version
  const renewed: RegistryEntry = isNewer
    ? {
        ...known,
        intervention: {
          ...known.intervention,
          origin: intervention.origin,
          version: known.intervention.version + 1,
        },
      }
    : known
  const stage = known.stages.default?.stage ?? 'proposed'
  if (stage === 'proposed' && approve.includes(entry.name) && !refused?.has(entry.name)) {
    const reason = 'approved by a person'
    const record = { ...(known.stages.default as StageRecord), stage: 'shadow' as const, since: now, reason }
    const moved = { ...renewed, stages: { ...renewed.stages, default: record } }
    return {
      step: { entry: entry.name, id, does: 'approved', reason },
      changes: [moveOf(moved, 'proposed', 'shadow', reason, now)],
    }
  }
  const whose = own ? '' : `, from ${known.intervention.origin.inducer}`
  return {
    step: { entry: entry.name, id, does: 'kept', reason: `is registered already, ${stage}${whose}` },
    changes: isNewer ? [{ type: 'account', entry: renewed, at: now }] : [],
  }
}

function entryAt(
  { intervention }: BoundEntry,
  stage: 'proposed' | 'shadow',
  reason: string,
  now: number,
): RegistryEntry {
  return {
    intervention,
    stages: { default: { stage, since: now, reason, controlShare: 0, account: openAccount() } },
  }
}

function moveOf(
  entry: RegistryEntry,
  from: 'proposed' | undefined,
  to: 'proposed' | 'shadow',
  reason: string,
  now: number,
): Transition {
  const move = {
    type: 'stage' as const,
    entry,
    family: 'default',
    to,
    reason,
    by: 'person' as const,
    at: now,
  }
  return from === undefined ? move : { ...move, from }
}
