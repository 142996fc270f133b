/**
 * How far two groupings of the same items agree, corrected for chance (Hubert and Arabie, 1985): 1 for the same groups
 * whatever their names, about 0 for groups that have nothing to do with each other. An item that only one of them knows
 * is in a group of its own in the other.
 */
export function adjustedRand(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): number {
  const both = new Map<string, number>()
  const inA = new Map<string, number>()
  const inB = new Map<string, number>()
  const items = new Set([...a.keys(), ...b.keys()])
  for (const item of items) {
    const x = a.has(item) ? `group ${a.get(item)}` : `alone ${item}`
    const y = b.has(item) ? `group ${b.get(item)}` : `alone ${item}`
    for (const [counts, key] of [
      [both, JSON.stringify([x, y])],
      [inA, x],
      [inB, y],
    ] as const)
      counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const together = pairsIn(both)
  const [ofA, ofB, all] = [pairsIn(inA), pairsIn(inB), (items.size * (items.size - 1)) / 2]
  const byChance = all === 0 ? 0 : (ofA * ofB) / all
  const most = (ofA + ofB) / 2
  return most === byChance ? 1 : (together - byChance) / (most - byChance)
}

/** Pairs of items that are in one group. */
function pairsIn(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}
