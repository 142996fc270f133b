import type { Pack } from '../pack.ts'
import { apiPack } from './api/index.ts'
import { terminalPack } from './terminal/index.ts'

const packs: Readonly<Record<string, () => Pack>> = { api: apiPack, terminal: terminalPack }

/** The names of the packs that come with the library. */
export const packNames: readonly string[] = Object.keys(packs)

/** A pack that comes with the library; undefined where none has that name. */
export function loadPack(name: string): Pack | undefined {
  return Object.hasOwn(packs, name) ? packs[name]?.() : undefined
}
