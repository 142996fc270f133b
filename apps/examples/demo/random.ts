import { hash } from 'node:crypto'

export type Key = string | number

/**
 * A number in [0, 1) that depends on its keys alone. Nothing here is drawn in sequence, so what one step does never
 * shifts the luck of the next: the same task has the same luck with the layer and without it.
 */
export function chance(...keys: readonly Key[]): number {
  return Number.parseInt(hash('sha1', keys.join('\u0000')).slice(0, 12), 16) / 2 ** 48
}

export function pick<Item>(items: readonly Item[], ...keys: readonly Key[]): Item {
  return items[Math.floor(chance(...keys) * items.length)] as Item
}

/** A whole number from `low` to `high`, both included. */
export function between(low: number, high: number, ...keys: readonly Key[]): number {
  return low + Math.floor(chance(...keys) * (high - low + 1))
}
