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
