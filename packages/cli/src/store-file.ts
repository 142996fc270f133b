import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RegistryState, Store, Transition } from '@lifeharness/core'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { CliError } from './cli-error.ts'

export const DEFAULT_STORE = '.lifeharness/registry.db'
export const STORE_OPTION = '--store <path>'
export const STORE_HELP: string = `the registry's SQLite file (default: ${DEFAULT_STORE})`

/** Whether a new file may be made; a mistyped path must not answer "nothing is registered". */
export type Presence = 'must-exist' | 'may-be-new'

/**
 * Hands the store over and closes it afterwards, whatever happens.
 * @throws CliError where there is no such store; what the store throws otherwise.
 */
export async function withStore<Result>(
  named: string | undefined,
  presence: Presence,
  use: (store: Store, path: string) => Promise<Result>,
): Promise<Result> {
  const path = named ?? DEFAULT_STORE
  if (presence === 'must-exist' && !existsSync(path))
    throw new CliError(
      `there is no registry at ${path} (looked for ${resolve(path)}); ` +
        'make one with `lifeharness mine <files…> --store <path>`, or name another with --store',
    )
  const store = sqliteStore(path)
  try {
    return await use(store, path)
  } finally {
    await store.close()
  }
}

const ATTEMPTS = 8

/**
 * Commits what follows from the registry as it stands; where another writer was quicker, from how it stands then.
 * Gives back what was committed.
 */
export async function commitChanges(
  store: Store,
  changesFor: (state: RegistryState) => readonly Transition[],
): Promise<readonly Transition[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const state = await store.load()
    const changes = changesFor(state)
    if (changes.length === 0) return changes
    if ((await store.commit(state.version, changes)) !== 'stale') return changes
  }
  throw new CliError('the registry is being changed by others all the time; nothing was changed. Try again')
}
