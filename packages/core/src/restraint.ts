import { type Tool, toolKey } from './tool.ts'

/**
 * What holds an episode's interventions back: caps, one recovery a turn, escalation and grace. A recovery is what tells
 * the model how to go on: a hint or an answer instead of an execution.
 */
export type Restraint = {
  /** How often an intervention has acted in this episode. */
  applications(intervention: string): number
  /** How often it has acted since a call of its tool last succeeded: after a success it begins softly again. */
  escalation(intervention: string): number
  /** Counts an application. */
  acted(intervention: string, tool: Tool): void
  /** What was counted took no effect after all. */
  uncount(intervention: string): void
  /** Whether this turn is still without the recovery of another intervention. */
  mayRecover(intervention: string, turn: number): boolean
  /** A recovery was told at this turn; it lasts until a call succeeds. */
  recovers(intervention: string, turn: number): void
  recovering(): boolean
  succeeded(tool: Tool): void
}

export function restraint(): Restraint {
  const counts = new Map<string, { all: number; lately: number; tool: string }>()
  let recovery: { turn: number; intervention: string; active: boolean } | undefined

  return {
    applications: (intervention) => counts.get(intervention)?.all ?? 0,
    escalation: (intervention) => counts.get(intervention)?.lately ?? 0,
    acted(intervention, tool) {
      const { all = 0, lately = 0 } = counts.get(intervention) ?? {}
      counts.set(intervention, { all: all + 1, lately: lately + 1, tool: toolKey(tool) })
    },
    uncount(intervention) {
      const count = counts.get(intervention)
      if (count)
        counts.set(intervention, { ...count, all: count.all - 1, lately: Math.max(0, count.lately - 1) })
    },
    mayRecover: (intervention, turn) =>
      recovery === undefined || recovery.turn !== turn || recovery.intervention === intervention,
    recovers(intervention, turn) {
      if (recovery?.turn !== turn) recovery = { turn, intervention, active: true }
    },
    recovering: () => recovery?.active === true,
    succeeded(tool) {
      if (counts.size === 0) return
      if (recovery) recovery.active = false
      const key = toolKey(tool)
      for (const count of counts.values()) if (count.tool === key) count.lately = 0
    },
  }
}
