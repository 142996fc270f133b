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
  /** By state: 0 where no literal ends, else where in `sets` the patterns stand that need one of those that do. */
  ends: Uint16Array
  sets: readonly Int32Array[]
  /** By filter: patterns of which nothing is needed. */
  always: Int32Array
  /** The text that was scanned last, and what was found: by filter, the patterns that could match. */
  text: string
  found: Int32Array
}

function scan(made: Automaton, text: string): Int32Array {
  if (text === made.text) return made.found
  const { classes, width, next, ends, sets, found } = made
  found.set(made.always)
  let state = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    state = next[state * width + (code < 128 ? (classes[code] as number) : 0)] as number
    const end = ends[state] as number
    if (end !== 0) add(found, sets[end] as Int32Array)
  }
  made.text = text
  return found
}

function add(found: Int32Array, more: Int32Array): void {
  for (let filter = 0; filter < more.length; filter++)
    found[filter] = (found[filter] as number) | (more[filter] as number)
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
  const { classes, width } = classesOf(needs)
  const found = Int32Array.from(always)
  return { classes, width, ...tablesOf(needs, lists.length, classes, width), always, text: '', found }
}

function classesOf(needs: readonly Need[]): Pick<Automaton, 'classes' | 'width'> {
  const classes = new Uint8Array(128)
  let width = 1
  for (const { literal } of needs)
    for (let at = 0; at < literal.length; at++) {
      const code = literal.charCodeAt(at)
      if (classes[code] === 0) classes[code] = width++
    }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] as number
  return { classes, width }
}

function tablesOf(
  needs: readonly Need[],
  filters: number,
  classes: Uint8Array,
  width: number,
): Pick<Automaton, 'next' | 'ends' | 'sets'> {
  const most = needs.reduce((sum, { literal }) => sum + literal.length, 1)
  const next = new Uint16Array(most * width)
  const ends = new Uint16Array(most)
  const sets: Int32Array[] = [new Int32Array()]
  let states = 1
  for (const { literal, filter, bit } of needs) {
    let state = 0
    for (let at = 0; at < literal.length; at++) {
      const step = state * width + (classes[literal.charCodeAt(at)] as number)
      if (next[step] === 0) next[step] = states++
      state = next[step] as number
    }
    if (ends[state] === 0) ends[state] = sets.push(new Int32Array(filters)) - 1
    const set = sets[ends[state] as number] as Int32Array
    set[filter] = (set[filter] as number) | bit
  }
  complete(next, ends, sets, width, states)
  return { next: next.slice(0, states * width), ends: ends.slice(0, states), sets }
}

/** Where no literal goes on, the state of the longest end that begins one; breadth first, so that it is complete. */
function complete(
  next: Uint16Array,
  ends: Uint16Array,
  sets: readonly Int32Array[],
  width: number,
  states: number,
): void {
  const fallback = new Uint16Array(states)
  const queue = [0]
  for (const state of queue)
    for (let letter = 1; letter < width; letter++) {
      const step = state * width + letter
      const child = next[step] as number
      const onward = state === 0 ? 0 : (next[(fallback[state] as number) * width + letter] as number)
      if (child === 0) {
        next[step] = onward
        continue
      }
      fallback[child] = onward
      const own = ends[child] as number
      const inherited = ends[onward] as number
      if (own === 0) ends[child] = inherited
      else if (inherited !== 0) add(sets[own] as Int32Array, sets[inherited] as Int32Array)
      queue.push(child)
    }
}
