/**
 * The shape of a string: runs of one character class with their length, literals in between, e.g. `#W7239184` →
 * `#U1D7`, `2024-05-13` → `D4-D2-D2`. Classes: `D` digits, `U` upper-case letters, `L` lower-case letters, `A` letters
 * of mixed or unknown case, `S` white space (of any length). A literal backslash is doubled. Texts longer than 80
 * characters have the shape `*`: they are prose, and shapes of prose are noise.
 */
export function shapeOf(text: string): string {
  if (text.length > SHAPED_LENGTH) return '*'
  return text.replace(RUNS, (run) => {
    if (/^\p{Nd}/u.test(run)) return `D${[...run].length}`
    if (/^\s/.test(run)) return 'S'
    if (/^\p{L}/u.test(run)) return `${letterClass(run)}${[...run].length}`
    return run === '\\' ? '\\\\' : run
  })
}

/** The shape without lengths: `#U1D7` and `#U1D6` are both `#UD`. */
export function looseShape(text: string): string {
  if (text.length > SHAPED_LENGTH) return '*'
  let length = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code >= ASCII.length) return looseShapeOfAny(text)
    const kind = ASCII[code] as number
    let seen = kind
    const alike = kind & LETTER ? LETTER : kind
    // Letters outside ASCII have no kind here, and are met again at the beginning of the loop.
    for (at++; at < text.length; at++) {
      const next = (ASCII[text.charCodeAt(at)] ?? 0) & alike
      if (next === 0) break
      seen |= next
    }
    written[length++] = seen === 0 ? code : (NAMES[seen] as number)
    if (code === BACKSLASH) written[length++] = BACKSLASH
  }
  return knownShape(length)
}

/** The codes of the shape that is being told; a backslash has two. */
const written = new Uint8Array(160)
/** Shapes by their hashes. There are few, and one that is put together anew must be hashed anew to be looked up. */
const shapes = new Map<number, string>()
const MAX_SHAPES = 4_096

function knownShape(length: number): string {
  let hash = length
  for (let index = 0; index < length; index++) hash = (Math.imul(hash, 31) + (written[index] as number)) | 0
  const known = shapes.get(hash)
  if (known !== undefined && known.length === length && isWritten(known)) return known
  const made = String.fromCharCode(...written.subarray(0, length))
  if (shapes.size >= MAX_SHAPES) shapes.clear()
  shapes.set(hash, made)
  return made
}

function isWritten(shape: string): boolean {
  for (let index = 0; index < shape.length; index++)
    if (shape.charCodeAt(index) !== written[index]) return false
  return true
}

const DIGIT = 1
const SPACE = 2
const LOWER = 4
const UPPER = 8
const LETTER: number = LOWER | UPPER
/** Codes of D, S, L, U and A by what was seen. */
const NAMES: Readonly<Record<number, number>> = { 1: 68, 2: 83, 4: 76, 8: 85, 12: 65 }
const BACKSLASH = 92
const ASCII: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  if (/\d/.test(letter)) return DIGIT
  if (/\s/.test(letter)) return SPACE
  return /[a-z]/.test(letter) ? LOWER : /[A-Z]/.test(letter) ? UPPER : 0
})

function looseShapeOfAny(text: string): string {
  return shapeOf(text).replace(/([DULA])\d+/g, '$1')
}

export function matchesShape(text: string, shape: string): boolean {
  return shapeOf(text) === shape || looseShape(text) === shape
}

const SHAPED_LENGTH = 80
const RUNS = /\p{Nd}+|\p{L}+|\s+|[^\p{Nd}\p{L}\s]/gu

function letterClass(run: string): 'U' | 'L' | 'A' {
  if (run === run.toLowerCase() && run !== run.toUpperCase()) return 'L'
  if (run === run.toUpperCase() && run !== run.toLowerCase()) return 'U'
  return 'A'
}
