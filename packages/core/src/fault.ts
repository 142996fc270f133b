/** An exception inside the layer. The original call went through unchanged. */
export type Fault = {
  /** Where it happened: `classifier malformed-json`, `intervention <id>`, `store append`, … */
  where: string
  error: unknown
}

/** Reports each distinct fault once and counts all of them. Never throws, whatever the callback does. */
export type FaultLog = { report(where: string, error: unknown): void; readonly count: number }

const REMEMBERED = 256

export function faultLog(onFault: ((fault: Fault) => void) | undefined): FaultLog {
  const seen = new Set<string>()
  let count = 0
  return {
    get count() {
      return count
    },
    report(where, error) {
      count++
      try {
        const key = `${where} ${error instanceof Error ? error.message : typeof error}`
        if (seen.has(key) || seen.size >= REMEMBERED) return
        seen.add(key)
        onFault?.({ where, error })
      } catch {
        // A callback, or an error that throws when it is looked at, must not reach the agent either.
      }
    },
  }
}
