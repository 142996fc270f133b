/**
 * The word of a list that a mistyped one is closest to; undefined where none is near. A `ranked` list, which a program
 * printed, has the likelier word first; in any other one, two that are equally near say nothing, and a word of the list
 * itself is not mistyped.
 */
export function nearestWord(
  typed: string,
  words: Iterable<string>,
  { ranked = false, share = 0.34 }: { ranked?: boolean; share?: number } = {},
): string | undefined {
  const wanted = typed.toLowerCase()
  // The dashes of an option are no letters that anyone could have meant.
  const letters = wanted.replace(/^--?(?=.)/, '').length
  const limit = Math.max(1, Math.floor(letters * share))
  let best: { word: string; distance: number } | undefined
  let tied = false
  for (const word of words) {
    if (word === typed && !ranked) return undefined
    if (word === typed) continue
    const isBegun = letters >= LEAST_BEGUN && word.startsWith(typed)
    if (!isBegun && Math.abs(word.length - wanted.length) > limit) continue
    const slips = spellingDistance(wanted, word.toLowerCase())
    const distance = isBegun ? (slips > 1 ? BEGUN : BEGUN_BUT_ONE) : slips
    if (distance > limit || (best && distance > best.distance)) continue
    if (best && distance === best.distance) tied ||= best.word !== word
    else {
      best = { word, distance }
      tied = false
    }
  }
  return tied && !ranked ? undefined : best?.word
}

/** A word that was begun and not ended is likelier than any slip. */
const BEGUN = 0.8
const BEGUN_BUT_ONE = 0.7
const LEAST_BEGUN = 3

/** A slip of the fingers: two letters exchanged weigh a little less than one that is wrong, missing or too many. */
const EXCHANGED = 0.9
/** One of two equal letters too many or missing is the likeliest of those. */
const DOUBLED = 0.95
const MAX_LENGTH = 64

/** The distance of Damerau and Levenshtein in which no letter moves twice (optimal string alignment). */
export function spellingDistance(a: string, b: string): number {
  if (a.length > MAX_LENGTH || b.length > MAX_LENGTH) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const missing = a[i - 1] === a[i - 2] ? DOUBLED : 1
      const added = b[j - 1] === b[j - 2] ? DOUBLED : 1
      let least = Math.min(
        (row[j] as number) + missing,
        (next[j - 1] as number) + added,
        (row[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && !same && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + EXCHANGED)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
