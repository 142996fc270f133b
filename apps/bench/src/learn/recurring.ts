import { isDeepStrictEqual } from 'node:util'
import type { Json } from '@lifeharness/core'
import { type Change, changesBetween } from '@lifeharness/core/learn'
import { replacedWords, textChanges, words } from './text-changes.ts'

/** A failed call and its correction, as the ceiling sees them. */
export type EditedPair = { episode: string; tool: string; before: Json; after: Json }

/**
 * The pairs whose edit is the same program as one of another episode: for each place at which failed call and
 * correction differ, some pair of the same tool in another episode shows the same change. "The same" is meant widely,
 * so that this is a ceiling: the same literals, or the same affix, lower or upper case, digits in another order, JSON
 * type, list around or joined, member gone. `arguments`: each change as a whole is such a one; `texts`: only when the
 * replacements of words inside a longer text (a statement, a command) count one by one, and made wherever the words
 * stand they make the correction. What was only inserted somewhere is no program: nothing tells where.
 */
export function recurringPairs<Pair extends EditedPair>(
  pairs: readonly Pair[],
): { arguments: ReadonlySet<Pair>; texts: ReadonlySet<Pair> } {
  const described = pairs.map((pair) => ({ pair, changes: merged(changesBetween(pair.before, pair.after)) }))
  const whole = recurring(described, wholeDescriptions)
  const inside = recurring(described, descriptions)
  return { arguments: whole, texts: new Set([...inside].filter((pair) => !whole.has(pair))) }
}

function recurring<Pair extends EditedPair>(
  pairs: readonly { pair: Pair; changes: readonly (Change | Renamed)[] }[],
  describe: (change: Change | Renamed) => string[][],
): ReadonlySet<Pair> {
  const described = pairs.map(({ pair, changes }) => ({ pair, changes: changes.flatMap(describe) }))
  const episodes = new Map<string, Set<string>>()
  for (const { pair, changes } of described)
    for (const description of changes.flat()) {
      const key = `${pair.tool}\n${description}`
      episodes.set(key, (episodes.get(key) ?? new Set()).add(pair.episode))
    }
  const recurs = ({ tool, episode }: EditedPair, description: string) => {
    const seen = episodes.get(`${tool}\n${description}`)
    return seen !== undefined && (seen.size > 1 || !seen.has(episode))
  }
  return new Set(
    described
      .filter(({ pair, changes }) => {
        return changes.length > 0 && changes.every((ways) => ways.some((way) => recurs(pair, way)))
      })
      .map(({ pair }) => pair),
  )
}

type Renamed = { type: 'renamed'; path: string; to: string }

/** A value that left one name and came to another is one change. */
function merged(changes: readonly Change[]): (Change | Renamed)[] {
  const added = changes.filter(({ type }) => type === 'added')
  const taken = new Set<Change>()
  const rest = changes.flatMap((change): (Change | Renamed)[] => {
    if (change.type !== 'removed') return [change]
    const target = added.find((one) => !taken.has(one) && isDeepStrictEqual(one.after, change.before))
    if (!target) return [change]
    taken.add(target)
    return [{ type: 'renamed', path: change.path, to: target.path }]
  })
  return rest.filter((change) => change.type === 'renamed' || !taken.has(change))
}

/** The ways to say one change. */
function wholeDescriptions(change: Change | Renamed): string[][] {
  const { path } = change
  if (change.type === 'renamed') return [[`rename ${path} ${change.to}`]]
  if (change.type === 'removed') return [[`remove ${path}`]]
  if (change.type === 'added') return [[`add ${path} ${JSON.stringify(change.after)}`]]
  const before = change.before as Json
  const after = change.after as Json
  const ways = rewritings(before, after).map((way) => `${path} ${way}`)
  return [[`${path} ${JSON.stringify(before)} → ${JSON.stringify(after)}`, ...ways]]
}

/** The same, and a text that was edited in several places is several changes. */
function descriptions(change: Change | Renamed): string[][] {
  const ways = wholeDescriptions(change)
  if (change.type !== 'changed') return ways
  const { path, before, after } = change
  if (typeof before !== 'string' || typeof after !== 'string' || !/\s/.test(before.trim())) return ways
  const parts = textChanges(before, after)
  if (!parts || parts.length > 12 || replacedWords(before, parts) !== words(after)) return ways
  return parts.map((part) => [`${path} token ${part.before} → ${part.after}`, ...(ways[0] ?? [])])
}

function rewritings(before: Json, after: Json): string[] {
  if (typeof before === 'string' && typeof after === 'string') return textRewritings(before, after)
  const ways: string[] = []
  if (typeof before !== typeof after && String(before).toLowerCase() === String(after).toLowerCase())
    ways.push(`as ${typeof after}`)
  if (Array.isArray(before) && before.length === 1 && isDeepStrictEqual(before[0], after)) ways.push('unwrap')
  if (Array.isArray(after) && after.length === 1 && isDeepStrictEqual(after[0], before)) ways.push('wrap')
  for (const mark of [',', ', ', '|', ';', ' ', '\n'])
    if (Array.isArray(before) && before.join(mark) === after) ways.push(`join ${mark}`)
  if (typeof before === 'string' && typeof after === 'object' && sameParsed(before, after)) ways.push('parse')
  return ways
}

function sameParsed(text: string, value: Json): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), value)
  } catch {
    return false
  }
}

function textRewritings(before: string, after: string): string[] {
  const ways: string[] = []
  if (after.endsWith(before)) ways.push(`prefix ${after.slice(0, after.length - before.length)}`)
  if (before.endsWith(after)) ways.push(`no prefix ${before.slice(0, before.length - after.length)}`)
  if (after.startsWith(before)) ways.push(`suffix ${after.slice(before.length)}`)
  if (before.startsWith(after)) ways.push(`no suffix ${before.slice(after.length)}`)
  const cased = caseOf(after)
  if (letters(before) === letters(after) && before !== after && cased) ways.push(`case ${cased}`)
  const order = digitOrder(before, after)
  if (order !== undefined) ways.push(`digits ${order}`)
  return ways
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[\s_.:/-]+/g, '')
}

/** Capitals here and there are no rule. */
function caseOf(text: string): string | undefined {
  const marks = [...new Set(text.match(/[\s_.:/-]/g) ?? [])].sort().join('')
  if (text === text.toLowerCase()) return `lower ${marks}`
  return text === text.toUpperCase() ? `upper ${marks}` : undefined
}

/** Groups of digits in another order or layout: `01/02/2000` → `2000-01-02` is `2-0-1`. */
function digitOrder(before: string, after: string): string | undefined {
  const from = before.match(/\d+/g) ?? []
  const to = after.match(/\d+/g) ?? []
  if (from.length < 2 || from.length !== to.length || before.length > 40) return undefined
  const left = from.map(Number)
  const order = to.map((group) => left.indexOf(Number(group)))
  return order.includes(-1) ? undefined : after.replace(/\d+/g, () => `${order.shift()}`)
}
