import type {
  Intervention,
  Kind,
  RegistryEntry,
  RegistryState,
  ToolContract,
  Transition,
} from '@lifeharness/core'
import { toolKey } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf, openAccount, retireByPerson } from '@lifeharness/core/learn'
import { lt } from 'semver'
import type { BoundEntry } from './bind-pack.ts'
import type { Pack } from './pack.ts'

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
  /** The interventions of older versions whose place it takes. */
  replaces?: readonly string[]
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
 * something else, the new entry takes the place of the old one once it leaves proposed, from shadow on; until then the old
 * one stays as it was, and so it does where a person pinned it. A pack may be bound to several arguments of one tool: what is
 * about another argument is another entry. What the pack no longer has stays, and is told. Adding the
 * same twice changes nothing. Pure.
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
    const olds = earlier.filter(
      (other) =>
        other !== known &&
        other.intervention.origin.pack?.entry === entry.name &&
        toolKey(other.intervention.tool) === toolKey(intervention.tool) &&
        isAboutTheSame(other.intervention, intervention, options),
    )
    const others = [...state.entries, ...entered].filter((other) => !olds.includes(other) && other !== known)
    const ending = (ended: readonly RegistryEntry[]) =>
      ended.flatMap((old) =>
        retireByPerson(state, old.intervention.id, `${pack.name} ${pack.version} replaces it`, options),
      )
    if (known) {
      const step = ofKnown(one, known, { olds, others, ending }, options)
      steps.push(step.step)
      changes.push(...step.changes)
      continue
    }
    const { id } = intervention
    if (registered.has(id)) {
      const reason =
        'it was retired, by a person or for another version, and what is retired does not come back'
      steps.push({ entry: entry.name, id, does: 'retired before', reason })
      continue
    }
    const { does, reason } = verdictOn(one, pack, olds, others, options)
    // A draft makes way for a draft; what is more than one does not.
    const ended = does === 'proposed' ? olds.filter(isDraft) : olds
    const made = entryAt(one, 'proposed', reason, options.now)
    entered.push(made)
    changes.push(
      ...ending(ended),
      moveOf(made, undefined, 'proposed', reason, options.now),
      ...(does === 'proposed'
        ? []
        : [moveOf(entryAt(one, 'shadow', reason, options.now), 'proposed', 'shadow', reason, options.now)]),
    )
    steps.push({ entry: entry.name, id, does, reason, ...replacing(ended) })
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

const isDraft = ({ stages }: RegistryEntry): boolean =>
  Object.values(stages).every(({ stage }) => stage === 'proposed')

function replacing(ended: readonly RegistryEntry[]): Pick<PackStep, 'replaces'> {
  return ended.length > 0 ? { replaces: ended.map(({ intervention }) => intervention.id) } : {}
}

/** The entries of older versions that it would replace, all others, and what retires old ones. */
type Neighbours = {
  olds: readonly RegistryEntry[]
  others: readonly RegistryEntry[]
  ending: (ended: readonly RegistryEntry[]) => Transition[]
}

function verdictOn(
  { entry, intervention }: BoundEntry,
  pack: Pack,
  olds: readonly RegistryEntry[],
  others: readonly RegistryEntry[],
  options: PackChangeOptions,
): Pick<PackStep, 'does' | 'reason'> {
  const unproven = options.refused?.get(entry.name) ?? rivalOf(intervention, others, options)
  if (unproven !== undefined) return { does: 'proposed', reason: unproven }
  const { fixes, leaves } = entry.fixtures
  const proven = `${pack.name} ${pack.version}: mends ${fixes.length} and leaves alone ${leaves.length} calls of its fixtures`
  if (options.approve?.includes(entry.name))
    return { does: 'approved', reason: `approved by a person; ${proven}` }
  if (needsApproval({ entry, intervention }, options))
    return { does: 'proposed', reason: 'it adds, blocks or repeats something: a person must approve it' }
  const pinned = olds.find((old) => old.pinned)
  if (pinned)
    return {
      does: 'proposed',
      reason: `${pinned.intervention.id} of an older version is pinned: a person must approve that it is replaced`,
    }
  return { does: 'shadow', reason: proven }
}

/** Whether two that come from one entry of a pack are bound to the same argument, where they are about one at all. */
function isAboutTheSame(
  a: Intervention,
  b: Intervention,
  { kinds = builtinKinds }: PackChangeOptions,
): boolean {
  const [one, other] = [a, b].map(({ kind, options }) => {
    try {
      return kinds.find((known) => known.kind === kind)?.touches?.(options)
    } catch {
      // Options of another version of the library.
      return undefined
    }
  })
  return one === undefined || other === undefined || one === other
}

/** What of the registry makes something else of an argument. */
function rivalOf(
  intervention: Intervention,
  others: readonly RegistryEntry[],
  { kinds = builtinKinds, contractOf }: PackChangeOptions,
): string | undefined {
  const [conflict] = conflictsOf(
    intervention,
    others.map((other) => other.intervention),
    kinds,
    contractOf?.(intervention.tool),
  )
  return conflict && `${conflict.other} makes something else of ${conflict.argument}`
}

/** By what it does, whatever the pack states. */
function needsApproval(
  { entry, intervention }: BoundEntry,
  { kinds = builtinKinds }: PackChangeOptions,
): boolean {
  const kind = kinds.find((one) => one.kind === intervention.kind)
  return entry.approval === 'needed' || intervention.risk === 'effect' || kind?.inserts !== undefined
}

/** What is registered as it is: its version is noted, and a person may approve it now. */
function ofKnown(
  { entry, intervention }: BoundEntry,
  known: RegistryEntry,
  { olds, others, ending }: Neighbours,
  options: PackChangeOptions,
): { step: PackStep; changes: Transition[] } {
  const { approve = [], refused, now } = options
  const { id } = intervention
  const own = known.intervention.origin.pack
  const { pack } = intervention.origin
  // What acts is not given fixtures that do not hold.
  const isNewer =
    own !== undefined &&
    pack !== undefined &&
    own.name === pack.name &&
    own.version !== pack.version &&
    !refused?.has(entry.name)
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
  const record = known.stages.default
  const stage = record?.stage ?? 'proposed'
  const noted: Transition[] = isNewer ? [{ type: 'account', entry: renewed, at: now }] : []
  if (record && stage === 'proposed' && approve.includes(entry.name)) {
    const unproven = refused?.get(entry.name) ?? rivalOf(intervention, others, options)
    if (unproven !== undefined)
      return { step: { entry: entry.name, id, does: 'proposed', reason: unproven }, changes: noted }
    const reason = 'approved by a person'
    const moved: RegistryEntry = {
      ...renewed,
      stages: { ...renewed.stages, default: { ...record, stage: 'shadow', since: now, reason } },
    }
    return {
      step: { entry: entry.name, id, does: 'approved', reason, ...replacing(olds) },
      changes: [...ending(olds), moveOf(moved, 'proposed', 'shadow', reason, now)],
    }
  }
  const whose = own ? '' : `, from ${known.intervention.origin.inducer}`
  return {
    step: { entry: entry.name, id, does: 'kept', reason: `is registered already, ${stage}${whose}` },
    changes: noted,
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
