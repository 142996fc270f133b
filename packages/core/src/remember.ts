/** Entries kept of each generation. */
const ENTRIES = 1_024
/** Longest text that is kept. */
export const REMEMBERED_LENGTH = 1_000

/**
 * A pure function of a text that remembers its latest results: the same failures come again and again, most of them in
 * the same words. Bounded: what was not asked for while `ENTRIES` others were is forgotten.
 */
export function remembering<Result>(compute: (text: string) => Result): (text: string) => Result {
  let young = new Map<string, Result>()
  let old = new Map<string, Result>()
  return (text) => {
    const known = young.get(text)
    // A result may be undefined.
    if (known !== undefined || young.has(text)) return known as Result
    if (text.length > REMEMBERED_LENGTH) return compute(text)
    const result = old.has(text) ? (old.get(text) as Result) : compute(text)
    if (young.size >= ENTRIES) {
      old = young
      young = new Map()
    }
    young.set(text, result)
    return result
  }
}
