import { LOCAL_ORIGIN, modelFamily, type Store, type ToolContract, toolKey } from '@lifeharness/core'
import { everRegistered, promoteByPerson } from '@lifeharness/core/learn'
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
  for (const added of packs) await add(store, added, contracts, now)
  if (start === 'active') await activateAll(store, profiles, now)
}

async function add(
  store: Store,
  added: AddedPack,
  contracts: readonly ToolContract[],
  now: number,
): Promise<void> {
  const pack = loadPack(added.pack)
  if (!pack) throw new Error(`there is no pack ${added.pack}`)
  const contractOf = (tool: ToolContract['tool']) =>
    contracts.find((one) => toolKey(one.tool) === toolKey(tool))
  const bound = bindPack(pack, added.binding === 'as proposed' ? proposed(pack, contracts) : added.binding, {
    contractOf,
  })
  const state = await store.load()
  const { changes } = packChanges(state, pack, bound, {
    approve: bound.map(({ entry }) => entry.name),
    refused: await refusedOf(pack),
    registered: await everRegistered(store),
    ...{ contractOf, now },
  })
  if (changes.length > 0) await store.commit(state.version, changes)
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

async function activateAll(store: Store, profiles: readonly Profile[], now: number): Promise<void> {
  const { entries } = await store.load()
  for (const { intervention, stages } of entries) {
    // What stands in each other's way, or is not proven, a person does not activate.
    if (stages.default?.stage !== 'shadow') continue
    for (const { modelId } of profiles) {
      const state = await store.load()
      const family = modelFamily('scripted', modelId)
      await store.commit(
        state.version,
        promoteByPerson(state, intervention.id, 'active', BY_PERSON, {
          family,
          now,
        }),
      )
    }
  }
}
