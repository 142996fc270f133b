import type { JsonObject } from '../json.ts'
import type { Trajectory } from '../trajectory.ts'
import { episode, failed, ok, type Written } from './recording.test.support.ts'

/** Milliseconds from one call to the next. */
export const CALL_MS = 1_000
export const EPISODE_MS = 60_000

export const REFUSAL = "unknown argument 'customer'. Did you mean 'account'?"

/** An episode whose calls say when they were over. */
export function timed(index: number, calls: readonly Written[], more: Partial<Trajectory> = {}): Trajectory {
  const made = episode(`run-${index}`, calls, more)
  const steps = made.steps.map((step, turn) => ({ ...step, at: index * EPISODE_MS + turn * CALL_MS }))
  return { ...made, steps } as Trajectory
}

export function parcel(name: 'customer' | 'account', index: number): JsonObject {
  return { [name]: `C-${10_000 + index}`, weight: 100 + index }
}

/** The old name is accepted. */
export const before = (index: number): Written[] => [ok(parcel('customer', index))]
/** The old name is refused, and the call is corrected. */
export const after = (index: number): Written[] => [
  failed(parcel('customer', index), REFUSAL),
  ok(parcel('account', index)),
]

type Play = (index: number) => readonly Written[]

/** Episodes one after the other: so many of each sort. */
export function story(
  parts: readonly (readonly [number, Play])[],
  more: (index: number) => Partial<Trajectory> = () => ({}),
): Trajectory[] {
  const plays = parts.flatMap(([count, play]) => Array.from({ length: count }, () => play))
  return plays.map((play, index) => timed(index, play(index), more(index)))
}
