import { hash } from 'node:crypto'

export type Key = string | number

/**
 * A number in [0, 1) that depends on its keys alone. Nothing is drawn in sequence, so what the layer changes at one call
 * never shifts the luck of the next: an episode has the same luck with the layer and without it.
 */
export function chance(...keys: readonly Key[]): number {
  return Number.parseInt(hash('sha1', keys.join('\u0000')).slice(0, 12), 16) / 2 ** 48
}
