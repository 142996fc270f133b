/**
 * Texts of which at least one stands in every text that a pattern matches, in lower case: what can be looked for, much
 * more quickly, before the pattern is tried. Undefined where none can be told. Looking for them without regard to case
 * is safe whatever the pattern's flags.
 */
export function requiredLiterals(pattern: RegExp): readonly string[] | undefined {
  return required(pattern, MIN_LENGTH)
}

/** Stands for any letter outside ASCII. */
export const NOT_ASCII = '\u0080'

/**
 * The same down to single letters: sets of letters of which all stand in a text, for at least one set, if the pattern
 * matches it.
 */
export function requiredLetters(pattern: RegExp): readonly ReadonlySet<string>[] | undefined {
  const sets = required(pattern, 1)?.map((literal) => new Set(literal))
  // Where all of a smaller set are needed for another one too, the smaller one says it.
  return sets?.filter((set, at) =>
    sets.every(
      (other, index) => index === at || !other.isSubsetOf(set) || (other.size === set.size && at < index),
    ),
  )
}

function required(pattern: RegExp, shortest: number): readonly string[] | undefined {
  // Unicode case folding knows letters outside ASCII that equal some inside.
  if (pattern.flags.includes('v') || (pattern.unicode && pattern.ignoreCase)) return undefined
  const reader = { source: pattern.source, shortest, at: 0 }
  const found = bestOf(reader, readAlternatives(reader))
  return reader.at === reader.source.length ? found : undefined
}

/**
 * What is known of the texts that a part of a pattern matches: all of them (`exact`, few), or some of which one must
 * stand inside (`inside`).
 */
type Part = { exact?: readonly string[]; inside?: readonly string[] }
type Reader = { readonly source: string; readonly shortest: number; at: number }

const MAX_EXACT = 16
const MIN_LENGTH = 2
const ANYTHING: Part = {}
const NOTHING: Part = { exact: [''] }
const DIGIT: Part = { exact: [...'0123456789'] }

function bestOf(reader: Reader, { exact, inside }: Part): readonly string[] | undefined {
  const whole = exact && shortest(exact) >= reader.shortest ? exact : undefined
  if (!whole || !inside) return whole ?? inside
  return shortest(inside) > shortest(whole) ? inside : whole
}

function shortest(texts: readonly string[]): number {
  return texts.length === 0 ? 0 : Math.min(...texts.map(({ length }) => length))
}

function readAlternatives(reader: Reader): Part {
  const branches = [readSequence(reader)]
  while (reader.source[reader.at] === '|') {
    reader.at++
    branches.push(readSequence(reader))
  }
  if (branches.length === 1) return branches[0] as Part
  const exact = branches.flatMap((branch) => branch.exact ?? [])
  const allExact = branches.every((branch) => branch.exact) && exact.length <= MAX_EXACT
  const needed = branches.map((branch) => bestOf(reader, branch))
  const inside = needed.every((texts) => texts !== undefined) ? needed.flat() : undefined
  return { ...(allExact ? { exact } : {}), ...(inside ? { inside } : {}) }
}

/** Letters that stand for themselves; not the last of them, which may be repeated. */
const PLAIN = /[\w ]+(?=[\w ])/y

/** Parts one after the other: exact ones grow together until there are too many, then the best run so far is kept. */
function readSequence(reader: Reader): Part {
  let run: readonly string[] = ['']
  /** Letters that all of the run end with: most parts are one letter, and no run is made anew for it. */
  let tail = ''
  let whole = true
  let inside: readonly string[] | undefined
  const keep = (texts: readonly string[] | undefined) => {
    if (!texts || shortest(texts) < reader.shortest) return
    if (!inside || shortest(texts) > shortest(inside)) inside = texts
  }
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] as string)) {
    PLAIN.lastIndex = reader.at
    const plain = PLAIN.exec(reader.source)?.[0]
    if (plain) {
      reader.at += plain.length
      tail += plain.toLowerCase()
      continue
    }
    const { exact, inside: within } = readRepeated(reader)
    if (exact?.length === 1) {
      tail += exact[0]
      continue
    }
    run = withTail(run, tail)
    tail = ''
    if (exact && run.length * exact.length <= MAX_EXACT) {
      run = run.flatMap((before) => exact.map((text) => before + text))
      continue
    }
    whole = false
    keep(run)
    keep(within)
    run = exact ?? ['']
  }
  run = withTail(run, tail)
  if (whole) return { exact: run }
  keep(run)
  return inside ? { inside } : ANYTHING
}

function withTail(run: readonly string[], tail: string): readonly string[] {
  return tail === '' ? run : run.map((text) => text + tail)
}

const REPEAT = /[?*+]\??|\{(\d+)(?:,\d*)?\}\??/y

function readRepeated(reader: Reader): Part {
  const part = readOne(reader)
  if (!'?*+{'.includes(reader.source[reader.at] ?? ' ')) return part
  REPEAT.lastIndex = reader.at
  const repeat = REPEAT.exec(reader.source)
  if (!repeat) return part
  reader.at += repeat[0].length
  if (repeat[0][0] === '?') return part.exact ? { exact: ['', ...part.exact] } : ANYTHING
  const times = repeat[0][0] === '+' ? 1 : Number(repeat[1] ?? 0)
  const needed = times > 0 ? bestOf(reader, part) : undefined
  return needed ? { inside: needed } : ANYTHING
}

function readOne(reader: Reader): Part {
  const { source } = reader
  const letter = source[reader.at++] as string
  if (letter === '(') return readGroup(reader)
  if (letter === '[') return readClass(reader)
  if (letter === '^' || letter === '$') return NOTHING
  if (letter === '.') return ANYTHING
  return letter === '\\' ? readEscape(reader) : literal(reader, letter)
}

const OPENING = /(?:\?(?:[:=!]|<[=!]|<\w+>))?/y

function readGroup(reader: Reader): Part {
  OPENING.lastIndex = reader.at
  const kind = OPENING.exec(reader.source)?.[0] ?? ''
  reader.at += kind.length
  if (reader.source[reader.at] === '?') {
    // A group of an unknown kind: whoever reads on would misread.
    reader.at = Number.POSITIVE_INFINITY
    return ANYTHING
  }
  const part = readAlternatives(reader)
  reader.at++
  if (kind.endsWith('!')) return NOTHING
  // What is only looked at is no part of the match, but stands in the text.
  const seen = kind.endsWith('=') ? bestOf(reader, part) : undefined
  if (kind.endsWith('=')) return seen ? { inside: seen } : NOTHING
  return part
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Of classes, code points and references: skipped as far as they go. */
const REST = /(?<=[pPuk])(?:\{[^}]*\}|<[^>]*>)|(?<=u)[\dA-Fa-f]{4}|(?<=x)[\dA-Fa-f]{2}|(?<=\d)\d+/y

function readEscape(reader: Reader): Part {
  const letter = reader.source[reader.at++] as string
  if (letter === 'b' || letter === 'B') return NOTHING
  const control = CONTROLS[letter]
  if (control) return literal(reader, control)
  if (letter === 'd') return DIGIT
  if (!/\w/.test(letter)) return literal(reader, letter)
  REST.lastIndex = reader.at
  reader.at += REST.exec(reader.source)?.[0].length ?? 0
  return ANYTHING
}

/** Few letters that stand for themselves are so many texts; all else is anything. */
function readClass(reader: Reader): Part {
  const { source } = reader
  const start = reader.at
  while (source[reader.at] !== ']') reader.at += source[reader.at] === '\\' ? 2 : 1
  const inside = source.slice(start, reader.at++)
  const letters = inside.replace(/\\([^\w])/g, '$1')
  if (inside.startsWith('^') || /\\\w|.-./.test(inside) || letters.length > 4) return ANYTHING
  const exact = [...letters].flatMap((letter) => literal(reader, letter).exact ?? [])
  return exact.length === letters.length ? { exact } : ANYTHING
}

function literal({ shortest }: Reader, letter: string): Part {
  if (letter < NOT_ASCII) return { exact: [letter.toLowerCase()] }
  return shortest === 1 ? { exact: [NOT_ASCII] } : ANYTHING
}
