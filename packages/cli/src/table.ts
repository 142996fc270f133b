import { stripVTControlCharacters } from 'node:util'
import CliTable from 'cli-table3'

export type Column = {
  head: string
  align?: 'left' | 'right'
  /** It gives way when the table is too wide; its text is wrapped. */
  flexible?: boolean
}

const GAP = 2
const MIN_FLEXIBLE = 12

/** Rows under a head, no wider than `width` unless the columns that do not give way already are. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const widths = columnWidths(columns, rows, width)
  const made = new CliTable({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: widths,
  })
  const cells = (row: readonly string[]) => row.map((cell, index) => wrap(cell, widths[index] as number))
  made.push(
    columns.map(({ head }) => head),
    widths.map((columnWidth) => '─'.repeat(columnWidth)),
    ...rows.map(cells),
  )
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const NO_LINES = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
  middle: ' '.repeat(GAP),
}

/** Flexible columns share what the others leave: none gets more than its text needs. */
function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const natural = columns.map(({ head }, index) =>
    Math.max(...[head, ...rows.map((row) => row[index] ?? '')].map(longestLine)),
  )
  const flexible = columns.map((_, index) => index).filter((index) => columns[index]?.flexible)
  const fixed = natural.reduce((sum, each, index) => sum + (flexible.includes(index) ? 0 : each), 0)
  let left = width - fixed - GAP * (columns.length - 1)
  const ascending = flexible.sort((a, b) => (natural[a] as number) - (natural[b] as number))
  for (const [position, index] of ascending.entries()) {
    const share = Math.max(MIN_FLEXIBLE, Math.floor(left / (ascending.length - position)))
    natural[index] = Math.min(natural[index] as number, share)
    left -= natural[index] as number
  }
  return natural
}

function longestLine(text: string): number {
  return Math.max(...text.split('\n').map(visibleLength))
}

/** East Asian characters and emoji take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

function visibleLength(text: string): number {
  let length = 0
  for (const character of stripVTControlCharacters(text)) length += WIDE.test(character) ? 2 : 1
  return length
}

/** Paints a cell so that its colour does not run into the cell beside it where the text is wrapped. */
export function eachWord(text: string, paint: (word: string) => string): string {
  return text.split(' ').map(paint).join(' ')
}

/** The text in lines of at most `width`: broken at spaces, and inside a word only where it has a line's length. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    // A percent sign stays with its number.
    for (const word of paragraph.split(/ (?!%)/).flatMap((long) => pieces(long, width))) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && visibleLength(longer) > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    lines.push(line)
  }
  return lines.join(`\n${indent}`)
}

/** A word that is longer than a line, in pieces, after a mark that people read as a joint where there is one. */
function pieces(word: string, width: number): string[] {
  if (visibleLength(word) <= width || word !== stripVTControlCharacters(word)) return [word]
  const found: string[] = []
  let piece = ''
  for (const character of word) {
    if (visibleLength(piece + character) > width) {
      const joint = JOINTS.exec(piece)?.index ?? -1
      const at = joint > piece.length / 2 ? joint + 1 : piece.length
      found.push(piece.slice(0, at))
      piece = piece.slice(at)
    }
    piece += character
  }
  return [...found, piece]
}

/** The last joint of a text. */
const JOINTS = /[/._,-](?=[^/._,-]*$)/
