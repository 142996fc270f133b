import type { ActionType, Applied } from './action.ts'
import type { Failure } from './failure.ts'
import type { Json } from './json.ts'
import type { ToolContract } from './tool.ts'
import type { ErrorFacts, Outcome, ToolCall, Usage } from './trajectory.ts'

/**
 * What the fast loop reports, redacted, in batches: plain JSON. `at` is milliseconds since the epoch; `id` is unique,
 * so a batch that is appended twice counts once.
 */
export type Event =
  | {
      type: 'episode'
      id: string
      at: number
      episode: string
      family: string
      agent?: string
      subject?: string
      scope?: string
      /** What the host can do, where that is not everything. */
      actions?: readonly ActionType[]
    }
  /** The tools an episode was shown; the contracts themselves are recorded once per hash. */
  | { type: 'contracts'; id: string; at: number; episode: string; hash: string; contracts?: ToolContract[] }
  | {
      type: 'model'
      id: string
      at: number
      episode: string
      finishReason?: string
      usage?: Usage
      text?: string
    }
  | {
      type: 'tool'
      id: string
      at: number
      episode: string
      call: ToolCall
      /** Absent when the call was executed as emitted. */
      executed?: ToolCall
      outcome: Outcome
      view: Json
      error?: ErrorFacts
      ms: number
      failure?: Failure
      applied: readonly Applied[]
      state?: Json
    }
  | { type: 'end'; id: string; at: number; episode: string; success?: boolean }
  /**
   * A fault inside the layer: where it happened and what was thrown, once for each distinct one of a process. `count`
   * where it stands for several.
   */
  | { type: 'fault'; id: string; at: number; where: string; message: string; count?: number }

/** Where the fault is that the queue was full: `count` events were refused and are lost. */
export const REFUSED_EVENTS = 'events refused'
