import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Where a command prints: results on standard output, everything said about them on standard error. */
export type Terminal = {
  /** Columns that a line may fill. */
  width: number
  out(text?: string): void
  err(text?: string): void
  /** Coloured where standard output is a terminal and NO_COLOR does not forbid it. */
  paint(format: Format, text: string): string
  /** The same for standard error. */
  paintErr(format: Format, text: string): string
}

/** Longer lines are hard to read, and a pipe has no width of its own. */
const MAX_WIDTH = 110
const MIN_WIDTH = 60

export function openTerminal(): Terminal {
  const columns = process.stdout.columns || Number(process.env.COLUMNS) || MAX_WIDTH
  return {
    width: Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns)),
    out: (text = '') => void process.stdout.write(`${text}\n`),
    err: (text = '') => void process.stderr.write(`${text}\n`),
    paint: (format, text) => styleText(format, text, { stream: process.stdout }),
    paintErr: (format, text) => styleText(format, text, { stream: process.stderr }),
  }
}
