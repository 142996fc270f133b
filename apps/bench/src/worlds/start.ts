import {
  LOCAL_ORIGIN,
  modelFamily,
  type RegistryEntry,
  type RegistryState,
  type Store,
  type ToolContract,
  type Transition,
  toolKey,
} from '@lifeharness/core'
import { promoteByPerson } from '@lifeharness/core/learn'
import {
  type Binding,
  bindPack,
  loadPack,
  type Pack,
  packChanges,
  proposeBinding,
  verifyPack,
} from '@lifeharness/packs'
import type { EnvironmentTool } from '../../environments/environment.ts'
import type { Profile } from './habit.ts'
import type { AddedPack, World } from './world.ts'

/**
 * What is in the registry on the first day. `empty`: nothing. `packs`: those that the user adds, with what needs approval
 * approved; from there the layer's own stage machine decides. `active`: the same, and a person activates all of it for each
 * model family, which leaves a hold-out.
 */
export const STARTS = ['empty', 'packs', 'active'] as const
export type Start = (typeof STARTS)[number]

export const BY_PERSON = 'activated by the scripted person'

/** Puts into a store what `lifeharness pack add … --approve …` would, and `lifeharness activate`. */
export async function begin(
  store: Store,
  { packs = [] }: Pick<World, 'packs'>,
  {
    start,
    tools,
    profiles,
    now,
  }: { start: Start; tools: readonly EnvironmentTool[]; profiles: readonly Profile[]; now: number },
): Promise<void> {
  if (start === 'empty') return
  const contracts = tools.map(({ name, description, inputSchema }): ToolContract => {
    return { tool: { origin: LOCAL_ORIGIN, name }, description, inputSchema }
  })
  let state = await store.load()
  const changes: Transition[] = []
  for (const added of packs) {
    const found = await changesOf(state, added, contracts, now)
    changes.push(...found)
    state = { ...state, entries: entriesAfter(state.entries, found) }
  }
  if (changes.length > 0) await store.commit(state.version, changes)
  if (start === 'active') await activate(store, () => true, profiles, now)
}

/** What was learnt, is proven and adds, blocks or repeats something waits for a person, who approves it. */
export function approveEffects(store: Store, profiles: readonly Profile[], now: number): Promise<boolean> {
  const isLearnt = ({ intervention: { risk, origin } }: RegistryEntry) =>
    risk === 'effect' && origin.pack === undefined
  return activate(store, isLearnt, profiles, now)
}

async function changesOf(
  state: RegistryState,
  added: AddedPack,
  contracts: readonly ToolContract[],
  now: number,
): Promise<readonly Transition[]> {
  const pack = loadPack(added.pack)
  if (!pack) throw new Error(`there is no pack ${added.pack}`)
  const contractOf = (tool: ToolContract['tool']) =>
    contracts.find((one) => toolKey(one.tool) === toolKey(tool))
  const binding = added.binding === 'as proposed' ? proposed(pack, contracts) : added.binding
  const bound = bindPack(pack, binding, { contractOf })
  return packChanges(state, pack, bound, {
    approve: bound.map(({ entry }) => entry.name),
    refused: await refusedOf(pack),
    ...{ contractOf, now },
  }).changes
}

function entriesAfter(
  entries: readonly RegistryEntry[],
  changes: readonly Transition[],
): readonly RegistryEntry[] {
  const known = new Map(entries.map((entry) => [entry.intervention.id, entry]))
  for (const change of changes) if ('entry' in change) known.set(change.entry.intervention.id, change.entry)
  return [...known.values()]
}

/** @throws where a person would have to choose */
function proposed(pack: Pack, contracts: readonly ToolContract[]): Binding {
  return Object.fromEntries(
    proposeBinding(pack, contracts).map(({ slot, candidates }) => {
      const [only, ...others] = candidates
      if (!only || others.length > 0) throw new Error(`${pack.name}: several tools may fill the slot ${slot}`)
      return [slot, only]
    }),
  )
}

const verdicts = new Map<string, Promise<ReadonlyMap<string, string>>>()

/** Why an entry may not leave proposed, by its name: its fixtures do not hold. */
function refusedOf(pack: Pack): Promise<ReadonlyMap<string, string>> {
  const known = verdicts.get(pack.name)
  if (known) return known
  const found = verifyPack(pack).then(
    ({ problems }) => new Map(problems.map(({ entry, where, problem }) => [entry, `${where}: ${problem}`])),
  )
  verdicts.set(pack.name, found)
  return found
}

/** A person activates, for each model family, what is proven: what stands in the way of another is not. */
async function activate(
  store: Store,
  which: (entry: RegistryEntry) => boolean,
  profiles: readonly Profile[],
  now: number,
): Promise<boolean> {
  const state = await store.load()
  const changes: Transition[] = []
  for (const proven of state.entries) {
    if (proven.stages.default?.stage !== 'shadow' || !which(proven)) continue
    let entry: RegistryEntry = proven
    for (const { modelId } of profiles) {
      const family = modelFamily('scripted', modelId)
      // What was tried for a family and taken back, the person leaves alone.
      const { stage } = entry.stages[family] ?? { stage: 'shadow' }
      if (stage !== 'shadow' && stage !== 'canary') continue
      const { id } = entry.intervention
      const moves = promoteByPerson({ ...state, entries: [entry] }, id, 'active', BY_PERSON, { family, now })
      for (const move of moves) if (move.type === 'stage') entry = move.entry
      changes.push(...moves)
    }
  }
  if (changes.length > 0) await store.commit(state.version, changes)
  return changes.length > 0
}
