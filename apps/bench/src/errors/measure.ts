/** Of one message: the group it belongs to, and the group it was put into. */
export type Grouped = { truth: string; found: string }

/**
 * Grouping accuracy as Loghub measures it: a message counts where the messages put into its group are exactly the
 * messages of its true group. NaN where there are none.
 */
export function groupingAccuracy(messages: readonly Grouped[]): number {
  const found = Map.groupBy(messages, (one) => one.found)
  const truth = Map.groupBy(messages, (one) => one.truth)
  const right = messages.filter((one) => {
    const [mine, whole] = [found.get(one.found) ?? [], truth.get(one.truth) ?? []]
    return mine.length === whole.length && mine.every((other) => other.truth === one.truth)
  })
  return right.length / messages.length
}

/** F1 over templates: a found group is right where it is exactly a true one. */
export function groupingF1(messages: readonly Grouped[]): number {
  const found = Map.groupBy(messages, (one) => one.found)
  const truth = Map.groupBy(messages, (one) => one.truth)
  const right = [...found.values()].filter((group) => {
    const first = group[0] as Grouped
    return group.every((one) => one.truth === first.truth) && truth.get(first.truth)?.length === group.length
  }).length
  return (2 * right) / (found.size + truth.size)
}

export type Judged = { truth: string; found: string }

export function accuracy(messages: readonly Judged[]): number {
  return messages.filter(({ truth, found }) => truth === found).length / messages.length
}

export type CategoryRow = { category: string; labelled: number; found: number; right: number }

/** By category, those that are labelled or found: `right / found` is its precision, `right / labelled` its recall. */
export function byCategory(messages: readonly Judged[]): CategoryRow[] {
  const names = new Set(messages.flatMap(({ truth, found }) => [truth, found]))
  const count = (test: (one: Judged) => boolean) => messages.filter(test).length
  return [...names].sort().map((category) => ({
    category,
    labelled: count(({ truth }) => truth === category),
    found: count(({ found }) => found === category),
    right: count(({ truth, found }) => truth === category && found === category),
  }))
}
