import { remembering } from './remember.ts'
import { requiredLiterals } from './required-literals.ts'

/** At most so many patterns in one filter: one bit each. */
const MAX_PATTERNS = 31

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
  return remembering((text) => {
    const possible = filter(text)
    if (possible === 0) return undefined
    for (let index = 0; index < patterns.length; index++) {
      if (!((possible >> index) & 1)) continue
      const [of, pattern] = patterns[index] as readonly [Of, RegExp]
      if (pattern.test(text)) return of
    }
    return undefined
  })
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

type Node = { index: number; next: Map<number, Node>; patterns: Int32Array | undefined; fallback?: Node }

function automatonOf(lists: readonly (readonly RegExp[])[]): Automaton {
  const classes = new Uint8Array(128)
  let width = 1
  const nodes: Node[] = [{ index: 0, next: new Map(), patterns: undefined }]
  const always = new Int32Array(lists.length)
  for (const [filter, patterns] of lists.entries())
    for (const [index, pattern] of patterns.entries()) {
      const literals = requiredLiterals(pattern)
      if (!literals) always[filter] = (always[filter] as number) | (1 << index)
      for (const literal of literals ?? []) {
        let node = nodes[0] as Node
        for (let at = 0; at < literal.length; at++) {
          const code = literal.charCodeAt(at)
          if (classes[code] === 0) classes[code] = width++
          const letter = classes[code] as number
          let child = node.next.get(letter)
          if (!child) {
            child = { index: nodes.length, next: new Map(), patterns: undefined }
            nodes.push(child)
            node.next.set(letter, child)
          }
          node = child
        }
        node.patterns ??= new Int32Array(lists.length)
        node.patterns[filter] = (node.patterns[filter] as number) | (1 << index)
      }
    }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] as number
  const found = Int32Array.from(always)
  return { classes, width, ...tablesOf(nodes, width), always, text: '', found }
}

/** Breadth first, so that the fallback of a state is complete before the state. */
function tablesOf(nodes: readonly Node[], width: number): Pick<Automaton, 'next' | 'ends' | 'sets'> {
  const next = new Uint16Array(nodes.length * width)
  const ends = new Uint16Array(nodes.length)
  const sets: Int32Array[] = [new Int32Array()]
  const queue = nodes.slice(0, 1)
  for (const node of queue) {
    const { index, fallback } = node
    if (fallback) next.copyWithin(index * width, fallback.index * width, (fallback.index + 1) * width)
    if (node.patterns && fallback?.patterns) add(node.patterns, fallback.patterns)
    node.patterns ??= fallback?.patterns
    if (node.patterns) ends[index] = sets.push(node.patterns) - 1
    for (const [letter, child] of node.next) {
      child.fallback = nodes[fallback ? (next[index * width + letter] as number) : 0] as Node
      next[index * width + letter] = child.index
      queue.push(child)
    }
  }
  return { next, ends, sets }
}
