import { isCommonWord } from './common-words.ts'
import { ECHO, endOfWord, MAX_READ } from './echo.ts'

/**
 * Pieces of the arguments that a message repeats: the statement from the place of the error on, a line of the program, a
 * text in quotes. Known by their length, and by signs that no sentence has, by the quotes around them, or by words that
 * messages are not made of: what both say in plain words may be the tool's own.
 */
export function maskPieces(message: string, texts: readonly string[]): string {
  if (texts[0] === undefined || texts[0].length < MIN_PIECE || !mayRepeat(message)) return message
  noteTriples(message)
  let masked = message
  let read = 0
  let tries = 0
  for (const text of texts) {
    if (read >= MAX_READ || text.length < MIN_PIECE) break
    const part = text.length > MAX_READ - read ? text.slice(0, MAX_READ - read) : text
    read += part.length
    let from = 0
    // The last letters of a window first: where they do not stand in the message, nothing begins in front of them.
    for (let at = MIN_PIECE - 3; at + 2 < part.length && tries < MAX_TRIES; at = from + MIN_PIECE - 3) {
      while (at >= from && holdsThree(part, at)) at--
      if (at >= from) {
        from = at + 1
        continue
      }
      // One word is looked for elsewhere: on to where the next one begins.
      const word = endOfWord(part, from)
      if (word - from >= MIN_PIECE) {
        from = word - MIN_PIECE + 1
        continue
      }
      tries++
      const { place, start, end } = longestPiece(masked, part, from)
      if (place >= 0) masked = withoutPiece(masked, place, part, start, end)
      from = place < 0 ? from + 1 : end
    }
  }
  return masked
}

/** Letters that a message has to repeat in a row, how often that is tried, and in how many places each time. */
const MIN_PIECE = 8
const MAX_TRIES = 100
const MAX_PLACES = 20

/** Where a message repeats most of what stands around a place of a text. */
function longestPiece(
  message: string,
  text: string,
  at: number,
): { place: number; start: number; end: number } {
  const first = text.slice(at, at + MIN_PIECE)
  let best = { place: -1, start: at, end: at }
  let found = message.indexOf(first)
  for (
    let places = 0;
    found >= 0 && places < MAX_PLACES;
    places++, found = message.indexOf(first, found + 1)
  ) {
    let start = at
    let place = found
    while (start > 0 && place > 0 && text[start - 1] === message[place - 1]) {
      start--
      place--
    }
    let end = at + MIN_PIECE
    while (end < text.length && text[end] === message[found + end - at]) end++
    if (end - start > best.end - best.start) best = { place, start, end }
  }
  return best
}

function withoutPiece(message: string, place: number, text: string, start: number, end: number): string {
  const shift = place - start
  let from = start
  let to = end
  const cutAhead = ELLIPSIS.test(message.slice(Math.max(0, place - 3), place))
  const cutBehind = ELLIPSIS.test(message.slice(shift + end, shift + end + 3))
  // Only whole words: the rest of one that differs is the tool's.
  if (!cutAhead && (IN_WORD.test(message[place - 1] ?? '') || IN_WORD.test(text[start - 1] ?? '')))
    while (from < to && IN_WORD.test(text[from] as string)) from++
  if (!cutBehind && (IN_WORD.test(message[shift + end] ?? '') || IN_WORD.test(text[end] ?? '')))
    while (to > from && IN_WORD.test(text[to - 1] as string)) to--
  while (from < to && /\s/.test(text[from] as string)) from++
  while (to > from && /\s/.test(text[to - 1] as string)) to--
  const piece = text.slice(from, to)
  if (piece.length < MIN_PIECE || HAS_MASK.test(piece)) return message
  // Half of what is in quotes would leave the other half without a mask.
  const before = /["'`]/.test(message[shift + from - 1] ?? '')
  const behind = /["'`]/.test(message[shift + to] ?? '')
  if (before !== behind && !/["'`]/.test(piece) && !cutAhead && !cutBehind) return message
  const quoted = (whole: string, left: number, right: number) =>
    QUOTE.test(whole[left - 1] ?? '\n') && QUOTE.test(whole[right] ?? '\n')
  const isEcho =
    cutAhead ||
    cutBehind ||
    SIGNS.test(piece) ||
    quoted(message, shift + from, shift + to) ||
    quoted(text, from, to) ||
    isOfValues(piece)
  return isEcho ? message.replaceAll(piece, ECHO) : message
}

/** Quotes of their own and tags have masks. */
const HAS_MASK = /^(["'`])[^"'`]*\1$|<\/?[a-z]/i
/** Most messages have nothing but names of their arguments, and need not be searched. */
function mayRepeat(message: string): boolean {
  return SIGN.test(message) || message.includes('...')
}

const SIGN = /[=;(){}$*\\[\]|&^"`@#…]|<(?!id>)|(?<!<id)>/
const ELLIPSIS = /\.\.\.|…/
const IN_WORD = /[\p{L}\p{N}_-]/u
const QUOTE = /["'`«»‘’“”„\n]/
/** Two of them make a program and no sentence. */
const SIGNS = /[=;(){}<>$*\\[\]|&^"`@#][^\n]*[=;(){}<>$*\\[\]|&^"`@#]/

/** Several words, most of which messages are not made of. */
function isOfValues(piece: string): boolean {
  const words = piece.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '')
  return words.length > 1 && 2 * words.filter((word) => !isCommonWord(word)).length > words.length
}

/** Notes which three letters a message has in a row in `triples`, by a number that some share: one list for all messages, which nobody keeps. */
function noteTriples(message: string): void {
  latest = (latest + 1) & 0x7fffffff || 1
  let before = message.charCodeAt(0)
  let last = message.charCodeAt(1)
  for (let at = 2; at < message.length; at++) {
    const code = message.charCodeAt(at)
    triples[((before << 9) ^ (last << 5) ^ code) & (TRIPLES - 1)] = latest
    before = last
    last = code
  }
}

/** By triple, the message that held it last: so that nothing need be wiped between two. */
const TRIPLES = 8_192
const triples = new Int32Array(TRIPLES)
let latest = 0

function holdsThree(text: string, at: number): boolean {
  const bit = (text.charCodeAt(at) << 9) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2)
  return triples[bit & (TRIPLES - 1)] === latest
}
