/** Characters of JSON that are turned before the event loop gets its turn: about a millisecond. */
const SLICE_CHARACTERS = 131_072

/** Maps a list and lets the event loop run in between, so that a large one makes no gap in the host's own work. */
export async function mapInSlices<T, R>(
  items: readonly T[],
  map: (item: T) => R,
  charactersOf: (item: T, result: R) => number,
): Promise<R[]> {
  const results: R[] = []
  let characters = 0
  for (const item of items) {
    const result = map(item)
    results.push(result)
    characters += charactersOf(item, result)
    if (characters < SLICE_CHARACTERS) continue
    characters = 0
    await new Promise((resolve) => setImmediate(resolve))
  }
  return results
}
