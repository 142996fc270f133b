import type { Step } from '../trajectory.ts'

/** What failures cost: from the failing call until the same intent succeeds, or the episode ends. */
export type Impact = {
  /** Time spent in tools, in milliseconds. */
  ms: number
  /** Tokens of the model turns. */
  tokens: number
  /** Tool calls, the failing one included. */
  steps: number
}

export function noImpact(): Impact {
  return { ms: 0, tokens: 0, steps: 0 }
}

export function addImpact(total: Impact, more: Impact): void {
  total.ms += more.ms
  total.tokens += more.tokens
  total.steps += more.steps
}

/** Steps `from` (the failing call) up to, not including, `to` (the success); `to` absent: to the end. */
export type WastedSpan = { from: number; to?: number }

/**
 * What the failures of one signature cost in one episode. Where their spans overlap, each step counts once: ten
 * attempts at one thing waste the time until it works, not ten times that.
 */
export function wastedBy(spans: readonly WastedSpan[], steps: readonly Step[]): Impact {
  const impact = noImpact()
  let counted = 0
  for (const { from, to = steps.length } of [...spans].sort((a, b) => a.from - b.from)) {
    for (let index = Math.max(from, counted); index < to; index++) {
      const step = steps[index] as Step
      if (step.type === 'tool') {
        impact.ms += step.result.ms
        impact.steps++
      } else impact.tokens += (step.usage?.inputTokens ?? 0) + (step.usage?.outputTokens ?? 0)
    }
    counted = Math.max(counted, to)
  }
  return impact
}
