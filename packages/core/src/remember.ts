/** Entries kept of each generation. */
let entries = 1_024
const MANY = 2_048

/** For whoever reads the failures of a whole fleet; an agent meets fewer, and has less room. Holds for the process. */
export function rememberMany(): void {
  entries = MANY
}

/** For what is asked again only while one message is classified: after that its verdict is remembered. */
export const FEW = 16

/** Longest text that is kept. */
export const REMEMBERED_LENGTH = 1_000

/**
 * A pure function of a text that remembers its latest results: the same failures come again and again, most of them in
 * the same words. Bounded: what was not asked for while `most` others were (by default, `entries`) is forgotten.
 */
export function remembering<Result>(
  compute: (text: string) => Result,
  most?: typeof FEW,
): (text: string) => Result {
  let young = new Map<string, Entry<Result>>()
  let old = new Map<string, Entry<Result>>()
  return (text) => {
    const known = young.get(text)
    if (known) return known.result
    if (text.length > REMEMBERED_LENGTH) return compute(text)
    const entry = old.get(text) ?? { result: compute(text) }
    if (young.size >= (most ?? entries)) {
      old = young
      young = new Map()
    }
    young.set(text, entry)
    return entry.result
  }
}

/** A result may be undefined; in an entry of its own it is found by one look all the same. */
type Entry<Result> = { readonly result: Result }
