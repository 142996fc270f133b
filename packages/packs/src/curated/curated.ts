import type { JsonObject } from '@lifeharness/core'
import type { Pack } from '../pack.ts'
import { parsePack } from '../parse-pack.ts'

/** A part of a pack: some of its entries, so that each file can be read in one go. */
export type PackPart = { entries: readonly unknown[] }

/**
 * One pack of its head and its parts.
 * @throws PackFormatError where one of them is not what it should be.
 */
export function curated(head: object, parts: readonly PackPart[]): Pack {
  return parsePack({ ...head, entries: parts.flatMap(({ entries }) => entries) } as JsonObject)
}
