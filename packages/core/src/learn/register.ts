import type { LifeHarnessConfig } from '../config.ts'
import type { Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { RegistryState, Transition } from '../registry.ts'
import type { Store } from '../store.ts'
import { changesFrom } from './changes.ts'
import { STAGE_LIMITS, type StageLimits } from './decide.ts'
import { byImpact } from './induce.ts'
import type { Learnt } from './learn.ts'

export type RegisterOptions = {
  /** Default: those that come with the library. */
  kinds?: readonly Kind[]
  config?: LifeHarnessConfig
  /** Milliseconds since the epoch. */
  now: number
}

/** Times a commit is tried when others commit in between. */
const TRIES = 8

/**
 * A recording shows what an intervention would have done, never what it did: it leads to shadow and no further, and
 * that nothing in it was touched is no sign of age.
 */
const RECORDED: StageLimits = {
  ...STAGE_LIMITS,
  canaries: 0,
  direct: { ...STAGE_LIMITS.direct, fixes: Number.POSITIVE_INFINITY },
  expiryMs: Number.POSITIVE_INFINITY,
}

/**
 * Enters what was learnt from recordings into a registry: drafts as proposed, what replay validated as shadow, new
 * evidence at what is known. Entering the same twice changes nothing. Gives back the registry and what was committed.
 * @throws what the store throws, and Error when others commit all the time.
 */
export async function registerLearnt(
  store: Store,
  { mined, candidates, validated }: Learnt,
  { kinds = builtinKinds, config = {}, now }: RegisterOptions,
): Promise<{ state: RegistryState; changes: readonly Transition[] }> {
  const rank = new Map(byImpact(candidates).map((candidate, index) => [candidate, index]))
  const contracts = [...mined.tools].flatMap(([key, { contract }]) =>
    contract ? [[key, contract] as const] : [],
  )
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const state = await store.load()
    const changes = changesFrom({
      state,
      validated: [...validated].sort((a, b) => (rank.get(a.candidate) ?? 0) - (rank.get(b.candidate) ?? 0)),
      outcomes: new Map(),
      touched: new Map(),
      contracts: new Map(contracts),
      registered: await everRegistered(store),
      templates: Object.fromEntries(
        [...mined.signatures.values()].map(({ signature, template }) => [signature, template]),
      ),
      ledger: { canaries: 0, spent: 0, discoveries: 0 },
      kinds,
      config,
      limits: RECORDED,
      now,
    })
    if (changes.length === 0) return { state, changes }
    if ((await store.commit(state.version, changes)) !== 'stale')
      return { state: await store.load(), changes }
  }
  throw new Error('the registry is being changed by others all the time; nothing was entered')
}

/** Ids of all that was ever registered, retired or not. Throws what the store throws. */
export async function everRegistered(store: Pick<Store, 'history'>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const change of store.history()) if ('entry' in change) ids.add(change.entry.intervention.id)
  return ids
}
