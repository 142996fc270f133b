/** For error messages only: the known names that a mistyped one is closest to, at most three, nearest first. */
export function nearestNames(typed: string, known: readonly string[]): string[] {
  const wanted = typed.toLowerCase()
  return known
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, wanted.length * 0.5) || name.includes(wanted))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** People type the whole name, or its beginning. */
function distanceTo(typed: string, name: string): number {
  return Math.min(distance(typed, name), distance(typed, name.slice(0, typed.length)))
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (const [at, other] of [...b].entries())
      next.push(
        Math.min(
          (row[at + 1] as number) + 1,
          (next[at] as number) + 1,
          (row[at] as number) + (letter === other ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] as number
}
