/**
 * Texts of which at least one stands in every text that a pattern matches, in lower case: what can be looked for, much
 * more quickly, before the pattern is tried. Undefined where none can be told. Looking for them without regard to case
 * is safe whatever the pattern's flags.
 */
export function requiredLiterals(pattern: RegExp): readonly string[] | undefined {
  // Unicode case folding knows letters outside ASCII that equal some inside.
  if (pattern.flags.includes('v') || (pattern.unicode && pattern.ignoreCase)) return undefined
  const reader = { source: pattern.source, at: 0 }
  const found = bestOf(readAlternatives(reader))
  return reader.at === reader.source.length ? found : undefined
}

/**
 * What is known of the texts that a part of a pattern matches: all of them (`exact`, few), or some of which one must
 * stand inside (`inside`).
 */
type Part = { exact?: readonly string[]; inside?: readonly string[] }
type Reader = { readonly source: string; at: number }

const MAX_EXACT = 64
const MIN_LENGTH = 2
const ANYTHING: Part = {}
const NOTHING: Part = { exact: [''] }

function bestOf({ exact, inside }: Part): readonly string[] | undefined {
  const whole = exact && shortest(exact) >= MIN_LENGTH ? exact : undefined
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
  const needed = branches.map(bestOf)
  const inside = needed.every((texts) => texts !== undefined) ? needed.flat() : undefined
  return { ...(allExact ? { exact } : {}), ...(inside ? { inside } : {}) }
}

/** Parts one after the other: exact ones grow together until there are too many, then the best run so far is kept. */
function readSequence(reader: Reader): Part {
  let run: readonly string[] = ['']
  let whole = true
  let inside: readonly string[] | undefined
  const keep = (texts: readonly string[] | undefined) => {
    if (!texts || shortest(texts) < MIN_LENGTH) return
    if (!inside || shortest(texts) > shortest(inside)) inside = texts
  }
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] as string)) {
    const part = readRepeated(reader)
    if (part.exact && run.length * part.exact.length <= MAX_EXACT) {
      run = run.flatMap((before) => (part.exact as string[]).map((text) => before + text))
      continue
    }
    whole = false
    keep(run)
    keep(part.inside)
    run = part.exact ?? ['']
  }
  if (whole) return { exact: run }
  keep(run)
  return inside ? { inside } : ANYTHING
}

const REPEAT = /[?*+]\??|\{(\d+)(?:,\d*)?\}\??/y

function readRepeated(reader: Reader): Part {
  const part = readOne(reader)
  REPEAT.lastIndex = reader.at
  const repeat = REPEAT.exec(reader.source)
  if (!repeat) return part
  reader.at += repeat[0].length
  if (repeat[0][0] === '?') return part.exact ? { exact: ['', ...part.exact] } : ANYTHING
  const times = repeat[0][0] === '+' ? 1 : Number(repeat[1] ?? 0)
  const needed = times > 0 ? bestOf(part) : undefined
  return needed ? { inside: needed } : ANYTHING
}

function readOne(reader: Reader): Part {
  const { source } = reader
  const letter = source[reader.at++] as string
  if (letter === '(') return readGroup(reader)
  if (letter === '[') return readClass(reader)
  if (letter === '^' || letter === '$') return NOTHING
  if (letter === '.') return ANYTHING
  return letter === '\\' ? readEscape(reader) : literal(letter)
}

function readGroup(reader: Reader): Part {
  const opening = /(?:\?(?:[:=!]|<[=!]|<\w+>))?/y
  opening.lastIndex = reader.at
  const kind = opening.exec(reader.source)?.[0] ?? ''
  reader.at += kind.length
  if (reader.source[reader.at] === '?') {
    // A group of an unknown kind: whoever reads on would misread.
    reader.at = Number.POSITIVE_INFINITY
    return ANYTHING
  }
  const part = readAlternatives(reader)
  reader.at++
  // What is only looked at is no part of the match, and may be what must not be there.
  return /[=!]$/.test(kind) ? NOTHING : part
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function readEscape(reader: Reader): Part {
  const letter = reader.source[reader.at++] as string
  if (letter === 'b' || letter === 'B') return NOTHING
  const control = CONTROLS[letter]
  if (control) return literal(control)
  if (!/\w/.test(letter)) return literal(letter)
  // Classes, code points, references: skipped as far as they go.
  const rest = /(?<=[pPuk])(?:\{[^}]*\}|<[^>]*>)|(?<=u)[\dA-Fa-f]{4}|(?<=x)[\dA-Fa-f]{2}|(?<=\d)\d+/y
  rest.lastIndex = reader.at
  reader.at += rest.exec(reader.source)?.[0].length ?? 0
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
  const exact = [...letters].flatMap((letter) => literal(letter).exact ?? [])
  return exact.length === letters.length ? { exact } : ANYTHING
}

function literal(letter: string): Part {
  return letter < '\u0080' ? { exact: [letter.toLowerCase()] } : ANYTHING
}
