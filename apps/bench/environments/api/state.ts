import type { JsonObject } from '@lifeharness/core'
import { type VirtualClock, virtualClock } from '../virtual-clock.ts'
import { OPENING, openVenue, type Venue } from './venue.ts'

/** Trouble that the server has in a task, in milliseconds from its start or for so many requests. */
export type Fault = {
  method: string
  path: string
  /** `unavailable`: 503 before anything is done. `lost`: 503 after all of it was done. */
  kind: 'unavailable' | 'lost'
  untilMs?: number
  times?: number
  /** How it says when to come back. Default: in seconds. */
  says?: 'seconds' | 'date' | 'nothing'
}

export type WorldOptions = {
  faults?: readonly Fault[]
  /** Requests that a window takes. */
  limit?: number
  limitSays?: 'seconds' | 'date'
}

export type Reply = { status: number; body: JsonObject; headers?: Record<string, string> }
export type Hold = { room: string; start: string; end: string; until: number }

/** All that the server knows: a task begins with a new one. */
export type World = {
  /** The access key that the tools send; a model never sees it. What is left of an earlier task has another one. */
  readonly key: string
  readonly clock: VirtualClock
  /** When the task began, by that clock. */
  readonly began: number
  readonly venue: Venue
  readonly options: WorldOptions
  sessionUntil: number
  readonly holds: Hold[]
  readonly window: { began: number; requests: number }
  /** What was answered under an idempotency key, and to which request. */
  readonly replies: Map<string, { request: string; reply: Reply | 'running' }>
  readonly faulted: Map<Fault, number>
}

export const WINDOW_MS = 10_000
export const SESSION_MS = 1_800_000
export const HOLD_MS = 300_000
export const VERSION = '2026-05-01'

export function newWorld(
  key: string,
  options: WorldOptions = {},
  clock: VirtualClock = virtualClock(OPENING),
): World {
  return {
    ...{ key, clock, began: clock.now() },
    venue: openVenue(),
    options,
    sessionUntil: 0,
    holds: [],
    window: { began: 0, requests: 0 },
    replies: new Map(),
    faulted: new Map(),
  }
}

/** Where a tool sends its requests, and with which key. */
export type Access = { url: string; key: string }
