/** One step of a host, run in several ways that are timed in turn. */
export type AdapterRow = {
  /** What a step is, e.g. `ai-sdk generateText, one call`. */
  name: string
  open(): Promise<AdapterWays>
}

export type AdapterWays = {
  /** The host alone: what the others are compared with. */
  bare(): Promise<unknown>
  /** The same step through the layer, or through somebody else's, by name. */
  others: Readonly<Record<string, () => Promise<unknown>>>
  /** What is promised of a way over `bare`, in microseconds. */
  promised?: Readonly<Record<string, { p50: number; p99?: number }>>
  close?(): Promise<void>
}
