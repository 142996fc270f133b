import { requiredLiterals } from './required-literals.ts'

/** At most so many patterns in one filter: one bit each. */
const MAX_PATTERNS = 31
/**
 * Letters of a literal that are looked for: what begins as it does passes as well, and the pattern decides. More of them
 * rule out next to nothing more, and make a first failure wait for twice the automaton.
 */
const LOOKED_FOR = 12

/** By filter. One pass over a text serves all of them: most look at the same message, one after the other. */
const filters: (readonly RegExp[])[] = []
let automaton: Automaton | undefined

/**
 * Tells which of some patterns could match a text: bit `i` is set for the i-th unless it cannot. One pass over the text
 * looks for the literal texts that the patterns need (Aho and Corasick, 1975), which costs a few nanoseconds a letter,
 * where each pattern on its own may cost a microsecond. To be called once per list of patterns, when a module loads.
 */
export function patternFilter(patterns: readonly RegExp[]): (text: string) => number {
  if (patterns.length > MAX_PATTERNS) throw new Error(`more than ${MAX_PATTERNS} patterns`)
  const index = filters.push(patterns) - 1
  automaton = undefined
  return (text) => {
    automaton ??= automatonOf(filters)
    return scan(automaton, text)[index] as number
  }
}

/** The first of some patterns that matches a text, tried in order; patterns that cannot match are passed over. */
export function firstMatch<Of>(
  patterns: readonly (readonly [Of, RegExp])[],
): (text: string) => Of | undefined {
  if (patterns.length > MAX_PATTERNS) {
    const first = firstMatch(patterns.slice(0, MAX_PATTERNS))
    const others = firstMatch(patterns.slice(MAX_PATTERNS))
    return (text) => first(text) ?? others(text)
  }
  const filter = patternFilter(patterns.map(([, pattern]) => pattern))
  return (text) => {
    const possible = filter(text)
    if (possible === 0) return undefined
    for (let index = 0; index < patterns.length; index++) {
      if (!((possible >> index) & 1)) continue
      const [of, pattern] = patterns[index] as readonly [Of, RegExp]
      if (pattern.test(text)) return of
    }
    return undefined
  }
}

/** Whether one of some patterns matches a text. */
export function anyMatch(...patterns: readonly RegExp[]): (text: string) => boolean {
  const first = firstMatch(patterns.map((pattern) => [true, pattern] as const))
  return (text) => first(text) ?? false
}

type Automaton = {
  /** Class of each ASCII letter, 0 for those in no literal. */
  classes: Uint8Array
  width: number
  /** By state and class: the next state. */
  next: Uint16Array
  /** By state: 0 where no literal ends, else where in `sets` the patterns begin that need one of those that do. */
  ends: Uint32Array
  /** One set after the other: by filter, its patterns. */
  sets: Int32Array
  /** By state: the scan that met it last, since a text meets most of its literals more than once. */
  met: Uint32Array
  scans: number
  /** By filter: patterns of which nothing is needed. */
  always: Int32Array
  /** The text that was scanned last, and what was found: by filter, the patterns that could match. */
  text: string
  found: Int32Array
}

function scan(made: Automaton, text: string): Int32Array {
  if (text === made.text) return made.found
  const { classes, width, next, ends, sets, met, found } = made
  made.scans++
  found.set(made.always)
  let state = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    state = next[state * width + (code < 128 ? (classes[code] as number) : 0)] as number
    const end = ends[state] as number
    if (end === 0 || met[state] === made.scans) continue
    met[state] = made.scans
    for (let filter = 0; filter < found.length; filter++)
      found[filter] = (found[filter] as number) | (sets[end + filter] as number)
  }
  made.text = text
  return found
}

/** A literal that a pattern needs; the pattern is bit `bit` of a filter. */
type Need = { literal: string; filter: number; bit: number }

function automatonOf(lists: readonly (readonly RegExp[])[]): Automaton {
  const always = new Int32Array(lists.length)
  const needs: Need[] = []
  for (const [filter, patterns] of lists.entries())
    for (const [index, pattern] of patterns.entries()) {
      const bit = 1 << index
      const literals = requiredLiterals(pattern)
      if (!literals) always[filter] = (always[filter] as number) | bit
      for (const literal of literals ?? []) needs.push({ literal: literal.slice(0, LOOKED_FOR), filter, bit })
    }
  const made = completed(trieOf(needs, lists.length))
  const met = new Uint32Array(made.ends.length)
  return { ...made, met, scans: 0, always, text: '', found: Int32Array.from(always) }
}

/** Each state but the first is a child of one before it, by a class of letters; 0 ends a list of children. */
type Trie = Pick<Automaton, 'classes' | 'width' | 'ends' | 'sets'> & {
  states: number
  filters: number
  letters: Uint8Array
  firstChild: Uint16Array
  sibling: Uint16Array
}

function trieOf(needs: readonly Need[], filters: number): Trie {
  const most = needs.reduce((sum, { literal }) => sum + literal.length, 1)
  const [firstChild, sibling] = [new Uint16Array(most), new Uint16Array(most)]
  const letters = new Uint8Array(most)
  const classes = new Uint8Array(128)
  const ends = new Uint32Array(most)
  const sets = new Int32Array((needs.length + 1) * filters)
  let [states, width, room] = [1, 1, filters]
  for (const { literal, filter, bit } of needs) {
    let state = 0
    for (let at = 0; at < literal.length; at++) {
      const code = literal.charCodeAt(at)
      if (classes[code] === 0) classes[code] = width++
      const letter = classes[code] as number
      let child = firstChild[state] as number
      while (child !== 0 && letters[child] !== letter) child = sibling[child] as number
      if (child === 0) {
        child = states++
        letters[child] = letter
        sibling[child] = firstChild[state] as number
        firstChild[state] = child
      }
      state = child
    }
    if (ends[state] === 0) {
      ends[state] = room
      room += filters
    }
    const place = (ends[state] as number) + filter
    sets[place] = (sets[place] as number) | bit
  }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] as number
  return { classes, width, ends, sets, states, filters, letters, firstChild, sibling }
}

/** Where no literal goes on, the state of the longest end that begins one; breadth first, so that it is complete. */
function completed({
  classes,
  width,
  ends,
  sets,
  states,
  filters,
  ...trie
}: Trie): Pick<Automaton, 'classes' | 'width' | 'next' | 'ends' | 'sets'> {
  const { letters, firstChild, sibling } = trie
  const next = new Uint16Array(states * width)
  const fallback = new Uint16Array(states)
  const queue = new Uint16Array(states)
  let queued = 1
  for (let at = 0; at < queued; at++) {
    const state = queue[at] as number
    const own = state * width
    const other = (fallback[state] as number) * width
    if (state !== 0) next.copyWithin(own, other, other + width)
    for (let child = firstChild[state] as number; child !== 0; child = sibling[child] as number) {
      const letter = letters[child] as number
      const onward = next[own + letter] as number
      next[own + letter] = child
      fallback[child] = onward
      const end = ends[child] as number
      const inherited = ends[onward] as number
      if (end === 0) ends[child] = inherited
      else if (inherited !== 0)
        for (let filter = 0; filter < filters; filter++)
          sets[end + filter] = (sets[end + filter] as number) | (sets[inherited + filter] as number)
      queue[queued++] = child
    }
  }
  return { classes, width, next, ends, sets }
}
