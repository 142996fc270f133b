import type { Json } from './json.ts'
import type { ToolContract } from './tool.ts'
import type { ToolCall, ToolResult } from './trajectory.ts'

/**
 * What the host must now do. Closed: kinds are open, actions are not. An adapter declares which members its host can
 * do; an intervention that needs another is not matched, assigned or counted there.
 */
export type Action =
  /** Chosen at the first model call of an episode, then fixed. */
  | { type: 'replace-tools'; tools: ToolContract[] }
  /** Appended to the last user message or newest tool result; never saved in host state. */
  | { type: 'add-context'; text: string }
  /** Text rescued into calls. */
  | { type: 'emit-calls'; calls: ToolCall[] }
  | { type: 'replace-call'; call: ToolCall }
  /** No synthetic call ever enters the history; `note` puts its result as text into the model's own call's result. */
  | { type: 'insert-call'; call: ToolCall; place: 'before' | 'after'; note: boolean }
  /** Not executed: gate, duplicate, breaker. Of a result: an error that the host would throw past the model. */
  | { type: 'respond'; result: ToolResult }
  /** The same call again; with `call`, a correction of it, where both only read. */
  | { type: 'retry'; afterMs: number; call?: ToolCall }
  /** Refused where the value does not round-trip, unless it leaves out what it says that it leaves out (`bounds`). */
  | { type: 'replace-result'; edit: (view: Json) => Json; bounds?: boolean }
  | { type: 'stop'; reason: string }

/** What an intervention makes a host do. Closed: an adapter declares which of these its host can do. */
export type ActionType = Action['type']

export const ACTION_TYPES: readonly ActionType[] = [
  'replace-tools',
  'add-context',
  'emit-calls',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
  'stop',
]

/**
 * What became of an intervention at a call it matched. `applied`: it acted. `control`: the episode was drawn for the
 * control arm, so it was only computed. `shadow`: computed, its stage does not act yet.
 */
export type Arm = 'applied' | 'control' | 'shadow'

/** The record of one application (law 8). `before` and `after` are arguments, or results for result actions. */
export type Applied = {
  intervention: string
  version: number
  arm: Arm
  action: ActionType
  /** Probability with which the episode was drawn for treatment; absent in shadow, where nothing is drawn. */
  treatedShare?: number
  /** The call would have been refused unexecuted by the host. */
  dead: boolean
  before?: Json
  after?: Json
  /** One line for the developer, and for the model where the law says it is told. */
  note?: string
}

/** A call that the layer adds beside the model's own. */
export type InsertedCall = { call: ToolCall; note: boolean; intervention: string }

/** An edit of the result that was proposed before execution. */
export type PlannedEdit = { intervention: string; edit: (view: Json) => Json }

/** Kinds propose; the runtime folds the proposals in order into one plan, each edit seeing the last one's output. */
export type CallPlan = {
  before: readonly InsertedCall[]
  /** What to execute; or a result to answer with, in which case nothing is executed. */
  call: ToolCall
  respond?: ToolResult
  after: readonly InsertedCall[]
  edits?: readonly PlannedEdit[]
  applied: readonly Applied[]
}
